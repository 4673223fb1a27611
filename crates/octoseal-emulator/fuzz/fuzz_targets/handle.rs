//! Any sequence of requests is answered without a panic, a 5xx or a secret value.
//!
//! An input is requests separated by lines `---`. Each has a line `METHOD TARGET`, a line for each header, an
//! empty line and the body. In the body, `KEY` is replaced by the id of the store's key and `BOX` by a value
//! sealed to it.
#![no_main]

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Response, Uri};
use libfuzzer_sys::fuzz_target;
use octoseal_crypto::PublicKey;
use octoseal_emulator::World;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const VALUE: &str = "correct horse battery staple";

fuzz_target!(|text: &str| {
    let mut world = World::new();
    for (number, part) in text.split("\n---\n").enumerate().take(16) {
        let Some(request) = request(&mut world, part) else { continue };
        check(&request, &world.handle(at(number), &request));
    }
});

fn at(number: usize) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_800_000_000 + 60 * number as u64)
}

fn check(request: &Request<Bytes>, answer: &Response<Bytes>) {
    let status = answer.status();
    assert!(!status.is_server_error() && !status.is_informational(), "{status} to {request:?}");
    let body = std::str::from_utf8(answer.body()).expect("bodies are text");
    assert!(!body.contains(VALUE), "the answer has the value: {body}");
    if status.as_u16() == 204 {
        assert!(body.is_empty(), "{body}");
        return;
    }
    let json: serde_json::Value = serde_json::from_str(body).expect("bodies are JSON");
    if status.is_client_error() {
        assert!(json["message"].is_string() && json["documentation_url"].is_string(), "{json}");
        assert_eq!(json["status"], status.as_str());
    }
}

fn request(world: &mut World, text: &str) -> Option<Request<Bytes>> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let (method, target) = lines.next()?.split_once(' ')?;
    let uri: Uri = target.parse().ok()?;
    let body = sealed(world, uri.path(), body);
    let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).ok()?).uri(uri);
    for line in lines {
        let (name, value) = line.split_once(':')?;
        let name: HeaderName = name.parse().ok()?;
        request = request.header(name, HeaderValue::from_bytes(value.trim().as_bytes()).ok()?);
    }
    request.body(body.into()).ok()
}

/// Replaces `KEY` and `BOX` in the body, if the path lies in a store.
fn sealed(world: &mut World, path: &str, body: &str) -> String {
    let asked = body.contains("KEY") || body.contains("BOX");
    let store = path.split_once("/secrets/").map(|(store, _)| format!("{store}/secrets/public-key"));
    let Some(store) = store.filter(|_| asked) else { return body.to_owned() };
    let request = Request::get(store).header("user-agent", "fuzz").header("authorization", "Bearer ghp_any");
    let request = request.body(Bytes::new()).expect("the path is valid");
    let answer = world.handle(at(0), &request);
    let Ok(key) = serde_json::from_slice::<serde_json::Value>(answer.body()) else { return body.to_owned() };
    let (Some(id), Some(public)) = (key["key_id"].as_str(), key["key"].as_str()) else { return body.to_owned() };
    let public: PublicKey = public.parse().expect("the emulator makes good keys");
    let sealed = public.seal_base64(VALUE.as_bytes()).expect("a key seals");
    body.replace("KEY", id).replace("BOX", &sealed)
}

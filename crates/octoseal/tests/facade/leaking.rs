//! Canaries: no span, event, error or `Debug` has a value or a token.

use super::*;
use octoseal::User;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

const VALUE: &str = "canary-value-0123456789abcdef";
const TOKEN: &str = "ghp_canarytoken0123456789abcdef";

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Captured {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Creates a client of a server that sends a key, and answers a write with all of its headers and its body.
fn echoing(status: u16) -> GitHub {
    let echo = move |request: http::Request<bytes::Bytes>| async move {
        let key = r#"{"key_id":"568250167242549743","key":"2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="}"#;
        if request.method() == "GET" {
            return Ok(http::Response::new(key.into()));
        }
        let headers: Vec<&str> = request.headers().values().filter_map(|value| value.to_str().ok()).collect();
        let sealed = String::from_utf8_lossy(request.body()).into_owned();
        let message = serde_json::json!({ "message": format!("{headers:?} {sealed}"), "errors": [{ "message": sealed }] });
        let answer = http::Response::builder()
            .status(status)
            .header("location", format!("https://api.github.com/{}", headers.join("/").replace(' ', "")))
            .header("x-github-request-id", headers.join(" "))
            .header("x-oauth-scopes", headers.join(" "));
        Ok(answer.body(message.to_string().into()).unwrap())
    };
    let mut retry = octoseal::RetryPolicy::default();
    retry.first_delay = std::time::Duration::ZERO;
    GitHub::builder().token(TOKEN).retry(retry).transport(echo).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn no_output_has_a_value_or_a_token() {
    let captured = Captured::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(captured.clone())
        .finish();
    // With only one subscriber, tracing lets the first thread that meets a span decide its interest for all
    // threads, and other tests' threads have none. With a second subscriber, every subscriber is asked.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(subscriber);

    let emulator = recording::start().await;
    let github = client(&emulator, TOKEN);
    let secrets = github.secrets(User.store());
    let value = SecretValue::from(VALUE);
    secrets.put(&name(), &value, []).await.unwrap();
    // A gateway that repeats everything it received, with every status.
    for status in [200, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503] {
        let error = echoing(status).secrets(User.store()).put(&name(), &value, []).await.unwrap_err();
        writeln!(captured.clone(), "{error} {error:?} {:?}", std::error::Error::source(&error)).unwrap();
    }
    for fault in [Fault::Reset, Fault::Close] {
        emulator.script(Script::new(fault).method(http::Method::PUT).times(5));
        let error = secrets.put(&name(), &value, []).await.unwrap_err();
        writeln!(captured.clone(), "{error} {error:?}").unwrap();
    }
    writeln!(captured.clone(), "{github:?} {secrets:?} {value:?} {:?}", GitHub::builder().build()).unwrap();

    let text = String::from_utf8_lossy(&captured.0.lock().unwrap()).into_owned();
    assert!(
        text.contains("/user/codespaces/secrets/{secret_name}"),
        "the transport's spans are in it: {text}"
    );
    let sealed = emulator
        .requests()
        .iter()
        .find_map(|request| Some(request.body.as_ref()?["encrypted_value"].as_str()?.to_owned()));
    for canary in [VALUE, TOKEN, "canary", &sealed.unwrap()] {
        assert!(!text.contains(canary), "{canary}");
    }
}

/// Escapes the text as gateways do: in JSON, in a URL, in HTML.
fn spelled(text: &str) -> [String; 4] {
    let unicode = text.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let slashes = text.replace('/', "\\/").replace('_', "\\u005f").replace('+', "\\u002b");
    let percent = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let html = text.bytes().map(|byte| format!("&#{byte};")).collect();
    [unicode, slashes, percent, html]
}

#[tokio::test(start_paused = true)]
async fn no_spelling_of_a_token_or_a_sealed_value_reaches_an_error_or_an_answer() {
    for way in 0..4 {
        for status in [200, 403, 422] {
            let sealed = Arc::new(Mutex::new(String::new()));
            let seen = Arc::clone(&sealed);
            let echo = move |request: http::Request<bytes::Bytes>| {
                let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap_or_default();
                let value = body["encrypted_value"].as_str().unwrap_or(TOKEN).to_owned();
                let answer = match request.uri().path() {
                    path if path.ends_with("/public-key") => {
                        r#"{"key_id":"568250167242549743","key":"2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="}"#.to_owned()
                    }
                    "/user" => format!(r#"{{"login":"a {} b"}}"#, spelled(TOKEN)[way]),
                    _ => {
                        let (token, value) = (&spelled(TOKEN)[way], &spelled(&value)[way]);
                        format!(r#"{{"message":"{token} {value}","key_id":"{token}","name":"{value}"}}"#)
                    }
                };
                let is_ok = status == 200 || request.method() == "GET" && !answer.contains("message");
                seen.lock().unwrap().push_str(body["encrypted_value"].as_str().unwrap_or_default());
                let answer =
                    http::Response::builder().status(if is_ok { 200 } else { status }).body(answer.into());
                async move { Ok(answer.unwrap()) }
            };
            let github =
                GitHub::builder().token(TOKEN).transport(echo).pacing(Profile::Unlimited).build().unwrap();
            let secrets = github.secrets(User.store());
            let put = secrets.put(&name(), &value(), []).await;
            let login = github.send(octoseal::support::authenticated_user()).await;
            let output = format!(
                "{put:?} {login:?} {:?} {:?}",
                secrets.get(&name()).await,
                secrets.delete(&name()).await
            );
            let sealed = sealed.lock().unwrap().clone();
            assert!(sealed.len() > 48 && !output.contains(TOKEN) && !output.contains(&sealed), "{output}");
            for spelling in [spelled(TOKEN), spelled(&sealed)].concat() {
                assert!(!output.contains(&spelling[4..spelling.len() - 4]), "{spelling} in {output}");
            }
            assert!(status != 403 || output.contains("(the token) (redacted)"), "{output}");
        }
    }
}

//! Exchanges as log lines without secrets.

use crate::api::answer::NOT_EMULATED;
use crate::api::route::Route;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};

/// Writes one exchange as a line of JSON without values, tokens or queries, which could have a secret.
/// `not_emulated` is the number of requests that are not emulated. Only their lines have it.
pub(crate) fn line(
    number: u64,
    request: &Request<Bytes>,
    route: Option<&Route>,
    answer: Option<&Response<Bytes>>,
    not_emulated: u64,
) -> String {
    let is_emulated = answer.is_none_or(|answer| !answer.headers().contains_key(NOT_EMULATED));
    let (store, name) = match route {
        Some(Route::Store(store, _, operation)) => (Some(store.to_string()), operation.item_name()),
        _ => (None, None),
    };
    let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let sealed = body["encrypted_value"].as_str().and_then(|text| STANDARD.decode(text).ok());
    let id = answer.and_then(|answer| answer.headers().get("x-github-request-id"));
    let line = json!({
        "number": number,
        "method": request.method().as_str(),
        "path": request.uri().path(),
        "status": answer.map(|answer| answer.status().as_u16()),
        "request_id": id.and_then(|id| id.to_str().ok()),
        "store": store,
        "name": name.map(str::to_ascii_uppercase),
        "key_id": body["key_id"].as_str().filter(|id| looks_like_key_id(id)),
        "not_emulated": (!is_emulated).then_some(not_emulated),
        "sealed_bytes": sealed.map(|bytes| bytes.len()),
    });
    line.to_string()
}

/// A client with a bug could send any text as `key_id`.
fn looks_like_key_id(text: &str) -> bool {
    text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit())
}

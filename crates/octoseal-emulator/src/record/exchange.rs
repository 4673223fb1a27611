//! Exchanges as lines of JSON, with every header and body, for checkers.

use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderMap};
use http::{Request, Response};
use serde_json::{Value, json};

/// Writes one exchange. The values of `Authorization`, and tokens of Apps, are redacted. Bodies are texts, or
/// `null` if empty.
pub(crate) fn line(request: &Request<Bytes>, answer: Option<&Response<Bytes>>, scripted: bool) -> String {
    let line = json!({
        "method": request.method().as_str(),
        "target": request.uri().to_string(),
        "request_headers": headers(request.headers()),
        "request_body": body(request.body()),
        "status": answer.map(|answer| answer.status().as_u16()),
        "answer_headers": answer.map(|answer| headers(answer.headers())),
        "answer_body": answer.and_then(|answer| body(&without_token(answer.body()))),
        "scripted": scripted,
    });
    line.to_string()
}

fn headers(headers: &HeaderMap) -> Value {
    let pair = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let value = if name == AUTHORIZATION { "redacted".to_owned() } else { value };
        json!([name.as_str(), value])
    };
    headers.iter().map(pair).collect()
}

/// Redacts a created token in the body.
fn without_token(body: &Bytes) -> Bytes {
    match serde_json::from_slice(body) {
        Ok(Value::Object(mut fields)) if fields.contains_key("token") => {
            fields.insert("token".to_owned(), "redacted".into());
            Value::Object(fields).to_string().into()
        }
        _ => body.clone(),
    }
}

fn body(bytes: &Bytes) -> Option<String> {
    (!bytes.is_empty()).then(|| String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_in_a_line() {
        let request = Request::builder().uri("/app/installations/1/access_tokens?page=1");
        let request =
            request.header("authorization", "Bearer secret").header("Authorization", "token secret");
        let answer = Response::new(Bytes::from_static(br#"{"expires_at":"x","token":"secret"}"#));
        let text = line(&request.body(Bytes::from_static(b"{}")).unwrap(), Some(&answer), false);
        assert!(!text.contains("secret") && text.contains("access_tokens?page=1"), "{text}");
    }
}

//! The control interface: HTTP requests by which a test in any language controls a running emulator.

use crate::api::answer::{json, no_content};
use crate::record::journal::{Kept, RecordedRequest};
use crate::server::desk::Desk;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use octoseal_crypto::SecretKey;
use serde_json::{Value, json};

/// The control interface with its token: 256 random bits.
pub(crate) struct Control {
    token: String,
}

impl Control {
    pub(crate) fn new() -> Self {
        let random = SecretKey::generate().expect("the crypto library makes keys");
        Self { token: format!("octoseal_control_{}", URL_SAFE_NO_PAD.encode(random.expose())) }
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Compares all bytes, so that the time does not depend on them.
    fn permits(&self, request: &Request<Bytes>) -> bool {
        let given = request.headers().get(AUTHORIZATION).map_or(&b""[..], HeaderValue::as_bytes);
        let expected = format!("Bearer {}", self.token);
        let differences = given.iter().zip(expected.as_bytes()).map(|(a, b)| a ^ b);
        given.len() == expected.len() && differences.fold(0, |all, one| all | one) == 0
    }
}

impl Desk {
    /// Answers a request to the interface. Returns `None` for a request to GitHub, or if the interface is
    /// off.
    pub(crate) fn control_answer(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        let control = self.control.as_ref()?;
        let operation = request.uri().path().strip_prefix(PREFIX)?.strip_prefix('/')?;
        if !control.permits(request) {
            return Some(refusal(
                StatusCode::UNAUTHORIZED,
                "send the control token: `Authorization: Bearer …`",
            ));
        }
        let answer = match (request.method(), operation) {
            (&Method::POST, "declare") => self.declare(request.body()),
            (&Method::POST, "reset") => {
                self.reset();
                no_content()
            }
            (&Method::POST, "rotate") => self.rotate(request.body()),
            (&Method::GET, "opened") => self.opened(),
            (&Method::GET, "requests") => self.requests(),
            _ => refusal(StatusCode::NOT_FOUND, OPERATIONS),
        };
        self.report();
        Some(answer)
    }

    /// Adds the declarations of a TOML text, all or nothing.
    fn declare(&self, body: &Bytes) -> Response<Bytes> {
        let Ok(text) = std::str::from_utf8(body) else {
            return refusal(StatusCode::UNPROCESSABLE_ENTITY, "the declarations are not UTF-8");
        };
        let mut state = self.state();
        if let Err(error) = state.world.declare_toml(text) {
            let body =
                json!({ "message": error.to_string(), "line": error.line(), "column": error.column() });
            return json(StatusCode::UNPROCESSABLE_ENTITY, &body);
        }
        let scripts = std::mem::take(&mut state.world.scripts);
        state.scripts.extend(scripts);
        no_content()
    }

    /// Replaces the key of a store: `{"store": "orgs/acme/actions", "keep_id": false}`.
    fn rotate(&self, body: &Bytes) -> Response<Bytes> {
        let asked: Value = serde_json::from_slice(body).unwrap_or_default();
        let store = asked["store"].as_str().unwrap_or_default();
        let world = &mut self.state().world;
        let rotated = match asked["keep_id"].as_bool() {
            Some(true) => world.rotate_key_keeping_id(store),
            _ => world.rotate_key(store),
        };
        match rotated {
            Ok(key_id) => json(StatusCode::OK, &json!({ "key_id": key_id })),
            Err(error) => refusal(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
        }
    }

    fn opened(&self) -> Response<Bytes> {
        let values = self.state().world.opened_values_json();
        let mut answer = Response::new(Bytes::copy_from_slice(values.expose()));
        answer
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        answer
    }

    fn requests(&self) -> Response<Bytes> {
        let kept = self.state().journal.kept();
        let requests: Vec<Value> =
            kept.into_iter().map(Kept::parse).map(|request| recorded(&request)).collect();
        json(StatusCode::OK, &requests.into())
    }
}

fn recorded(request: &RecordedRequest) -> Value {
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())])
    };
    json!({
        "number": request.number,
        "method": request.method.as_str(),
        "target": request.target,
        "headers": request.headers.iter().map(header).collect::<Vec<_>>(),
        "body": request.body,
        "status": request.status.map(|status| status.as_u16()),
    })
}

fn refusal(status: StatusCode, message: &str) -> Response<Bytes> {
    json(status, &json!({ "message": message }))
}

/// The path of the interface. GitHub has no such path.
pub(crate) const PREFIX: &str = "/_octoseal";

const OPERATIONS: &str =
    "the control interface has POST declare, POST reset, POST rotate, GET opened and GET requests";

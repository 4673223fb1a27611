//! Scripted faults of a world file.

use crate::api::answer::put;
use crate::world::fault_script::{self, Script};
use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use http::{HeaderName, HeaderValue, Method, Response, StatusCode};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// The filters of requests, and the fault: an answer, a delay, or the end of the connection.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fault {
    method: Option<String>,
    path: Option<String>,
    nth: Option<u64>,
    times: Option<u64>,
    /// Whether the request is handled before it seems to fail.
    #[serde(default)]
    handled: bool,
    play: Option<Play>,
    status: Option<u16>,
    headers: Option<BTreeMap<String, String>>,
    body: Option<String>,
    delay_ms: Option<u64>,
    #[serde(default)]
    reset: bool,
    #[serde(default)]
    close: bool,
    truncate: Option<usize>,
    busier_than: Option<u64>,
}

/// Answers that GitHub sent during incidents.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Play {
    BadGateway,
    SecretsServiceUnavailable,
    ServerError,
    Unicorn,
}

impl Play {
    fn fault(self) -> fault_script::Fault {
        match self {
            Self::BadGateway => fault_script::Fault::bad_gateway(),
            Self::SecretsServiceUnavailable => fault_script::Fault::secrets_service_unavailable(),
            Self::ServerError => fault_script::Fault::server_error(),
            Self::Unicorn => fault_script::Fault::unicorn(),
        }
    }
}

impl Fault {
    /// Returns the script, or a message about the mistake.
    pub(super) fn script(self) -> Result<Script, String> {
        let mut script = Script::new(self.fault()?).times(self.times.unwrap_or(1));
        if let Some(method) = &self.method {
            let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes());
            script = script.method(method.map_err(|_| "`method` is a method such as \"PUT\"")?);
        }
        if let Some(path) = &self.path {
            script = script.path(path);
        }
        if let Some(requests) = self.busier_than {
            script = script.busier_than(requests);
        }
        match self.nth.unwrap_or(1).checked_sub(1) {
            Some(before) => Ok(script.after(before)),
            None => Err("`nth` counts from 1".to_owned()),
        }
    }

    fn fault(&self) -> Result<fault_script::Fault, String> {
        let chosen = [
            self.play.is_some(),
            self.status.is_some(),
            self.delay_ms.is_some(),
            self.reset,
            self.close,
            self.truncate.is_some(),
        ];
        if self.status.is_none() && (self.headers.is_some() || self.body.is_some()) {
            return Err("`headers` and `body` belong to a `status`".to_owned());
        }
        if chosen.iter().filter(|chosen| **chosen).count() != 1 {
            return Err(
                "a fault has exactly one of `play`, `status`, `delay_ms`, `reset`, `close` and `truncate`"
                    .to_owned(),
            );
        }
        if let Some(play) = self.play {
            return match self.handled {
                false => Ok(play.fault()),
                true => Err("`play` never handles the request; write `status` and `body` instead of `play`"
                    .to_owned()),
            };
        }
        match (self.delay_ms, self.truncate) {
            (None, None) => self.instead(),
            _ if self.handled => Err("this fault always handles the request; omit `handled`".to_owned()),
            (Some(delay), _) => Ok(fault_script::Fault::Delay(Duration::from_millis(delay))),
            (None, Some(bytes)) => Ok(fault_script::Fault::HandleThenTruncate(bytes)),
        }
    }

    /// Returns the fault that replaces the answer.
    fn instead(&self) -> Result<fault_script::Fault, String> {
        Ok(match (self.reset, self.close, self.handled) {
            (true, _, false) => fault_script::Fault::Reset,
            (true, _, true) => fault_script::Fault::HandleThenReset,
            (_, true, false) => fault_script::Fault::Close,
            (_, true, true) => fault_script::Fault::HandleThenClose,
            (_, _, false) => fault_script::Fault::Answer(self.answer()?),
            (_, _, true) => fault_script::Fault::HandleThenAnswer(self.answer()?),
        })
    }

    fn answer(&self) -> Result<Response<Bytes>, String> {
        let mut answer = Response::new(Bytes::from(self.body.clone().unwrap_or_default()));
        let status = StatusCode::from_u16(self.status.unwrap_or_default());
        *answer.status_mut() = status
            .ok()
            .filter(|status| (200..=599).contains(&status.as_u16()))
            .ok_or("`status` is a number from 200 to 599")?;
        if self.body.is_some() {
            put(answer.headers_mut(), CONTENT_TYPE, "application/json; charset=utf-8");
        }
        for (name, value) in self.headers.iter().flatten() {
            let wrong = || format!("the header `{name}` has a name or a value that HTTP does not allow");
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
            if [CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION].contains(&name) {
                return Err(format!(
                    "the server writes the header `{name}` itself; `truncate` cuts an answer"
                ));
            }
            let value = HeaderValue::from_str(value).map_err(|_| wrong())?;
            answer.headers_mut().insert(name, value);
        }
        Ok(answer)
    }
}

//! The facade end to end over a socket, against an emulator that opens the boxes.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

mod any;
mod bounds;
mod cancelling;
mod credentials;
mod explaining;
mod garbage;
mod keeping;
mod key_renewal;
mod leaking;
mod listing;
mod look_ups;
mod many;
mod metrics;
mod prepared;
mod putting;
#[path = "../../../octoseal-emulator/tests/recording/mod.rs"]
mod recording;
mod replacing;
mod results;
mod sharing;
mod spans;
mod stopping;
mod variables;

use octoseal::{GitHub, Profile, SecretName, SecretValue};
use octoseal_emulator::{Emulator, Fault, Script};

const CODESPACES: &str = "user/codespaces";

/// Starts an emulator and a client for it.
async fn start() -> (Emulator, GitHub) {
    let emulator = recording::start().await;
    let github = client(&emulator, "ghp_test");
    (emulator, github)
}

fn client(emulator: &Emulator, token: &str) -> GitHub {
    let builder = GitHub::builder().token(token).api_url(&emulator.url());
    builder.pacing(Profile::Unlimited).build().unwrap()
}

fn name() -> SecretName {
    SecretName::new("npm_token").unwrap()
}

fn value() -> SecretValue {
    SecretValue::from("plain-text-secret")
}

/// Lists the requests as `METHOD path?query status`.
fn sent(emulator: &Emulator) -> Vec<String> {
    let line = |request: &octoseal_emulator::RecordedRequest| {
        let status = request.status.map_or("-".to_owned(), |status| status.as_u16().to_string());
        format!("{} {} {status}", request.method, request.target)
    };
    emulator.requests().iter().map(line).collect()
}

/// Answers the next request to a path that contains `path` with this answer, without handling it.
fn answer_once(emulator: &Emulator, method: http::Method, path: &str, status: u16, body: &str) {
    let response = http::Response::builder().status(status).body(body.to_owned().into()).unwrap();
    emulator.script(Script::new(Fault::Answer(response)).method(method).path(path));
}

//! The demo detects broken key renewal, sealing and storage.

use super::*;
use octoseal::PublicKey;
use octoseal::Transport;
use octoseal::{Client, Config};
use std::sync::{Arc, Mutex};

type HttpRequest = http::Request<bytes::Bytes>;
type HttpResponse = http::Response<bytes::Bytes>;

/// Plays the demo with a client whose requests and answers are changed.
async fn perform_with(
    before: impl Fn(&Emulator, &mut HttpRequest) -> Option<HttpResponse> + Send + Sync + Clone + 'static,
    after: impl Fn(&HttpRequest, HttpResponse) -> HttpResponse + Send + Sync + Clone + 'static,
) -> Result<(), Failure> {
    let emulator = Arc::new(Emulator::start().await.unwrap());
    let client = Client::new(Config::default()).unwrap();
    let url = emulator.url();
    let connect = |token: &str| {
        let (client, emulator) = (client.clone(), Arc::clone(&emulator));
        let (before, after) = (before.clone(), after.clone());
        let tampered = move |mut request: HttpRequest| {
            let (client, emulator) = (client.clone(), Arc::clone(&emulator));
            let (before, after) = (before.clone(), after.clone());
            async move {
                if let Some(answer) = before(&emulator, &mut request) {
                    return Ok(answer);
                }
                let response = client.send(request.clone()).await?;
                Ok(after(&request, response))
            }
        };
        GitHub::builder().token(token).api_url(&url).transport(tampered).build()
    };
    perform(&emulator, connect, |_, _| Ok(())).await.and_then(|scenes| verdict(&scenes))
}

#[tokio::test]
async fn the_demo_succeeds_when_nothing_is_broken() {
    perform_with(|_, _| None, |_, response| response).await.unwrap();
}

#[tokio::test]
async fn broken_healing_makes_the_demo_fail() {
    // The first answer for each key is repeated, so that a renewed key is the old one.
    let first = Arc::new(Mutex::new(std::collections::HashMap::<String, bytes::Bytes>::new()));
    let stale = move |request: &HttpRequest, response: HttpResponse| {
        if !request.uri().path().ends_with("/public-key") {
            return response;
        }
        let mut first = first.lock().unwrap();
        let body = first.entry(request.uri().to_string()).or_insert_with(|| response.body().clone());
        response.clone().map(|_| body.clone())
    };
    assert_failed(perform_with(|_, _| None, stale).await);
}

#[tokio::test]
async fn broken_sealing_makes_the_demo_fail() {
    // Every box is replaced by one with another, correctly sealed value.
    let reseal = |emulator: &Emulator, request: &mut HttpRequest| {
        let mut body: Value = serde_json::from_slice(request.body()).ok()?;
        body.get("encrypted_value")?;
        let keys: Value = serde_json::from_slice(emulator.secret_keys_json().expose()).unwrap();
        let path = request.uri().path().trim_start_matches('/').to_lowercase();
        let (_, key) =
            keys.as_object().unwrap().iter().find(|(store, _)| path.starts_with(&store.to_lowercase()))?;
        let key: PublicKey = key["public_key"].as_str().unwrap().parse().unwrap();
        body["encrypted_value"] = key.seal_base64(b"another value").unwrap().into();
        *request.body_mut() = body.to_string().into();
        None
    };
    assert_failed(perform_with(reseal, |_, response| response).await);
}

#[tokio::test]
async fn broken_storage_makes_the_demo_fail() {
    // A server that answers 201 and stores nothing.
    let forget = |_: &Emulator, request: &mut HttpRequest| {
        let created = http::Response::builder().status(201).body(bytes::Bytes::new()).unwrap();
        (request.method() == "PUT").then_some(created)
    };
    assert_failed(perform_with(forget, |_, response| response).await);
}

fn assert_failed(result: Result<(), Failure>) {
    assert_eq!(result.unwrap_err().code, ExitCode::Failed);
}

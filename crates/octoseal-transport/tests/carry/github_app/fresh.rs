//! A new token that GitHub does not know everywhere yet is retried. A wrong name costs no seconds.

use super::{Rig, app, installed};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use octoseal_transport::{Account, ApiUrl, AppTokens, Authorize, Retry, RetryPolicy, Transport};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

/// Lists secrets while new tokens are refused for this time. Returns the status, the duration, and the number
/// of tokens.
async fn lagging(milliseconds: u64, status: u16) -> (u16, Duration, usize) {
    let rig = Rig::start(app()).await;
    let lag = Duration::from_millis(milliseconds);
    rig.emulator.with_world(|world| {
        world.app(installed([7, 8]).token_lag(lag, StatusCode::from_u16(status).unwrap()));
    });
    let request = rig.listing(Some("acme"), "acme");
    let started = Instant::now();
    let response = Retry::new(rig.transport, RetryPolicy::default()).send(request).await.unwrap();
    let mut tokens = rig.sent.lock().unwrap().clone();
    tokens.retain(|credential| credential.starts_with("Bearer ghs_"));
    tokens.sort();
    tokens.dedup();
    (response.status().as_u16(), started.elapsed(), tokens.len())
}

#[tokio::test(start_paused = true)]
async fn a_new_token_is_retried_after_1_2_and_4_seconds() {
    for status in [401, 403, 404] {
        for (lag, seconds) in [(500, 1), (2_500, 3), (6_500, 7)] {
            let (answer, took, tokens) = lagging(lag, status).await;
            assert_eq!((answer, took.as_secs(), tokens), (200, seconds, 1), "{status} after {lag} ms");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_stays_refused_is_renewed_or_explained() {
    // Renewed once. The second token is refused, too.
    assert_eq!(lagging(3_600_000, 401).await, (401, Duration::from_secs(7), 2));
    assert_eq!(lagging(3_600_000, 403).await, (403, Duration::from_secs(7), 1));
    assert_eq!(lagging(3_600_000, 404).await, (404, Duration::from_secs(7), 1));
}

/// Answers requests with an installation's token with these statuses in turn, and records the requests.
fn scripted(statuses: &'static [u16]) -> (Retry<impl Transport>, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&asked);
    let server = move |request: Request<Bytes>| {
        let path = request.uri().path_and_query().unwrap().to_string();
        let mut asked = noted.lock().unwrap();
        let (status, body) = match path.as_str() {
            path if path.ends_with("/installation") => (200, r#"{"id":7}"#),
            path if path.ends_with("/access_tokens") => (201, r#"{"token":"ghs_0123456789abcdef"}"#),
            _ => {
                asked.push(path.clone());
                (statuses[asked.len() - 1], r#"{"message":"Resource not accessible by integration"}"#)
            }
        };
        async move { Ok(Response::builder().status(status).body(Bytes::from_static(body.as_bytes())).unwrap()) }
    };
    let tokens = AppTokens::new(server.clone(), ApiUrl::github(), app());
    (Retry::new(Authorize::new(server, ApiUrl::github(), tokens), RetryPolicy::default()), asked)
}

async fn send(transport: &impl Transport, path: &str) -> u16 {
    let uri = format!("https://api.github.com{path}");
    let mut request = Request::builder().uri(uri).body(Bytes::new()).unwrap();
    request.extensions_mut().insert(Account("acme".to_owned()));
    transport.send(request).await.unwrap().status().as_u16()
}

const PROBE: &str = "/installation/repositories?per_page=1";

#[tokio::test(start_paused = true)]
async fn a_wrong_name_costs_one_request_and_no_time() {
    let started = Instant::now();
    let (transport, asked) = scripted(&[404, 200, 404]);
    assert_eq!(send(&transport, "/repos/acme/wrong").await, 404);
    assert_eq!(send(&transport, "/repos/acme/wrong").await, 404);
    assert_eq!(*asked.lock().unwrap(), ["/repos/acme/wrong", PROBE, "/repos/acme/wrong"]);
    assert!(started.elapsed().is_zero());
}

#[tokio::test(start_paused = true)]
async fn a_token_that_has_worked_or_is_old_is_refused_at_once() {
    let (transport, asked) = scripted(&[200, 403, 404]);
    for status in [200, 403, 404] {
        assert_eq!(send(&transport, "/repos/acme/api").await, status);
    }
    assert_eq!(asked.lock().unwrap().len(), 3);
    // 422 does not concern the token.
    let (transport, asked) = scripted(&[422, 403]);
    assert_eq!(send(&transport, "/repos/acme/api").await, 422);
    tokio::time::sleep(Duration::from_secs(11)).await;
    assert_eq!(send(&transport, "/repos/acme/api").await, 403);
    assert_eq!(asked.lock().unwrap().len(), 2);
}

//! Faults and limits on real sockets, with paused time where time matters.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

mod recording;

use octoseal_emulator::{Emulator, Fault, Limits, Script};
use std::io;
use std::time::{Duration, UNIX_EPOCH};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time;

const SECRET: &str = "/user/codespaces/secrets/NAME";
const MINUTE: Duration = Duration::from_secs(60);

/// Sends one request on its own connection and returns the whole answer.
async fn exchange(url: &str, method: &str, target: &str) -> io::Result<String> {
    let address = url.trim_start_matches("http://");
    let request = format!(
        "{method} {target} HTTP/1.1\r\nHost: {address}\r\nUser-Agent: test\r\nAuthorization: Bearer x\r\n\
         Connection: close\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

async fn status(url: &str, method: &str, target: &str) -> u16 {
    let answer = exchange(url, method, target).await.unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// Returns the statuses of `count` concurrent requests, in order.
async fn crowd(emulator: &Emulator, count: usize) -> Vec<u16> {
    let mut requests = JoinSet::new();
    for _ in 0..count {
        let url = emulator.url();
        requests.spawn(async move { status(&url, "DELETE", SECRET).await });
    }
    let mut statuses = requests.join_all().await;
    statuses.sort_unstable();
    statuses
}

#[tokio::test]
async fn a_truncated_answer_announces_more_than_it_sends() {
    let emulator = recording::start().await;
    let whole = exchange(&emulator.url(), "GET", "/user").await.unwrap();
    let (_, body) = whole.split_once("\r\n\r\n").unwrap();
    for sent in [0, 10, body.len() - 1] {
        emulator.script(Script::new(Fault::HandleThenTruncate(sent)));
        let cut = exchange(&emulator.url(), "GET", "/user").await.unwrap();
        let (head, part) = cut.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("content-length: {}", body.len())), "{head}");
        assert_eq!(part, &body[..sent]);
    }
    emulator.script(Script::new(Fault::HandleThenTruncate(body.len())));
    assert!(exchange(&emulator.url(), "GET", "/user").await.unwrap().ends_with(body), "nothing is missing");
}

#[tokio::test]
async fn a_truncated_answer_is_recorded_and_ends_its_connection() {
    let emulator = recording::start().await;
    emulator.script(Script::new(Fault::HandleThenTruncate(1)));
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    let request = b"GET /rate_limit HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("\r\n\r\n{"), "{answer}");
    assert_eq!(emulator.requests()[0].status.unwrap(), 403);
}

#[tokio::test]
async fn the_secrets_service_can_be_unavailable() {
    let emulator = recording::start().await;
    emulator.script(Script::new(Fault::secrets_service_unavailable()).path("/secrets/"));
    let answer = exchange(&emulator.url(), "DELETE", SECRET).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.contains("\"message\":\"Secrets service unavailable\""), "{answer}");
    assert_eq!(status(&emulator.url(), "DELETE", SECRET).await, 404);
}

#[tokio::test(start_paused = true)]
async fn a_server_error_can_apply_only_while_many_requests_are_in_flight() {
    let emulator = Emulator::builder().latency(Duration::from_millis(200)).start().await.unwrap();
    emulator.script(Script::new(Fault::server_error()).busier_than(16).times(u64::MAX));
    assert_eq!(crowd(&emulator, 16).await, [404; 16]);
    let statuses = crowd(&emulator, 20).await;
    assert_eq!(statuses.iter().filter(|status| **status == 500).count(), 4, "{statuses:?}");
    assert_eq!(crowd(&emulator, 1).await, [404]);
}

#[tokio::test(start_paused = true)]
async fn more_than_100_requests_in_flight_are_refused_and_block_the_token() {
    let emulator = Emulator::builder().latency(Duration::from_millis(200)).start().await.unwrap();
    emulator.with_world(|world| {
        world.limits(Limits::github());
    });
    assert_eq!(crowd(&emulator, 100).await, [404; 100]);
    let statuses = crowd(&emulator, 120).await;
    assert!(statuses.iter().filter(|status| **status == 403).count() >= 20, "{statuses:?}");
    assert_eq!(status(&emulator.url(), "GET", "/user").await, 403);
    time::sleep(MINUTE).await;
    assert_eq!(status(&emulator.url(), "GET", "/user").await, 200);
}

#[tokio::test(start_paused = true)]
async fn a_minute_and_an_hour_of_limits_pass_in_paused_time() {
    let emulator = recording::start().await;
    emulator.with_world(|world| {
        world.limits(Limits::github().points(5).primary(2));
    });
    let url = emulator.url();
    let deletes = async || status(&url, "DELETE", SECRET).await;
    assert_eq!((deletes().await, deletes().await), (404, 403));
    time::sleep(MINUTE).await;
    assert_eq!(deletes().await, 404);
    time::sleep(MINUTE).await;
    assert_eq!(deletes().await, 403, "the hour is spent");
    time::sleep(60 * MINUTE).await;
    assert_eq!(deletes().await, 404);
    assert_eq!(emulator.rejected(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_clock_with_a_fixed_start_runs_with_paused_time() {
    let start = UNIX_EPOCH + Duration::from_secs(1_700_756_615);
    let emulator = Emulator::builder().clock_from(start).start().await.unwrap();
    for date in ["date: Thu, 23 Nov 2023 16:23:35 GMT\r\n", "date: Thu, 23 Nov 2023 16:24:35 GMT\r\n"] {
        let answer = exchange(&emulator.url(), "GET", "/user").await.unwrap();
        assert!(answer.contains(date), "{answer}");
        time::sleep(MINUTE).await;
    }
}

#[tokio::test]
async fn an_absolute_target_sets_the_host_of_links() {
    let emulator = recording::start().await;
    let answer = exchange(&emulator.url(), "GET", "http://api.github.localhost/user").await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.contains("\"url\":\"http://api.github.localhost/users/octocat\""), "{answer}");
    let query = format!("{}/user/codespaces/secrets?per_page=1", emulator.url());
    assert_eq!(status(&emulator.url(), "GET", &query).await, 200);
    assert_eq!(status(&emulator.url(), "GET", "http://evil.example/user").await, 421);
}

#[tokio::test]
async fn a_304_has_neither_body_nor_length() {
    let emulator = recording::start().await;
    let url = emulator.url();
    let answer = exchange(&url, "GET", "/user HTTP/1.1\r\nIf-None-Match: *\r\nX-Rest:").await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 304 ") && answer.ends_with("\r\n\r\n"), "{answer}");
    assert!(!answer.to_lowercase().contains("content-"), "{answer}");
}

#[tokio::test]
async fn incidents_are_played_by_name() {
    let names = ["bad-gateway", "unicorn", "secrets-service-unavailable", "server-error"];
    let fault = |(index, name)| format!("[[fault]]\nplay = \"{name}\"\nnth = {}\n", index + 1);
    let faults: String = names.iter().enumerate().map(fault).collect();
    let world = octoseal_emulator::World::from_toml(&faults).unwrap();
    let emulator = Emulator::builder().world(world).start().await.unwrap();
    for (status, kind, words) in [
        ("502", "text/html", "<h1>502 Bad Gateway</h1>"),
        ("503", "text/html", "<title>Unicorn!"),
        ("503", "application/json", "Secrets service unavailable"),
        ("500", "application/json", "Server Error"),
    ] {
        let answer = exchange(&emulator.url(), "GET", "/user").await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert!(answer.contains(&format!("content-type: {kind}; charset=utf-8\r\n")), "{answer}");
        assert!(answer.contains(words), "{answer}");
    }
}

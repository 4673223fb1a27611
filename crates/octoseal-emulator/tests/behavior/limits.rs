//! Secondary rate limits and blocks. Minutes pass as the client's clock is moved.

use crate::common::{Answer, Client, STORES};
use octoseal_emulator::Limits;
use serde_json::json;
use std::time::{Duration, UNIX_EPOCH};

const MINUTE: Duration = Duration::from_secs(60);
const EXCEEDED: &str = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If \
    you reach out to GitHub Support for help, please include the request ID ";

fn client(limits: Limits) -> Client {
    let mut client = Client::new();
    client.world.limits(limits);
    client
}

fn read(client: &mut Client) -> Answer {
    client.get("/user")
}

/// Sends a write without effect, for its cost only.
fn write(client: &mut Client) -> Answer {
    client.delete("/user/codespaces/secrets/NONE")
}

fn statuses(client: &mut Client, count: usize, send: fn(&mut Client) -> Answer) -> Vec<u16> {
    (0..count).map(|_| send(client).status()).collect()
}

#[test]
fn nine_hundred_points_a_minute_are_180_writes_and_one_more_is_refused_in_githubs_words() {
    let mut client = client(Limits::github());
    assert_eq!(statuses(&mut client, 180, write), [404; 180]);
    let answer = read(&mut client);
    assert_eq!(answer.status(), 403);
    assert_eq!(answer.message(), format!("{EXCEEDED}{}.", answer.header("x-github-request-id")));
    assert!(answer.text().contains("rate-limits-for-the-rest-api#about-secondary-rate-limits"));
    assert_eq!((answer.header("retry-after"), answer.header("x-ratelimit-remaining")), ("60", "4820"));
    assert_eq!(client.world.rejected(), 1);
}

#[test]
fn a_read_costs_one_point() {
    let mut client = client(Limits::github().primary(None));
    assert_eq!(statuses(&mut client, 900, read), [200; 900]);
    assert_eq!(read(&mut client).status(), 403);
}

#[test]
fn points_are_counted_in_any_60_seconds() {
    let mut client = client(Limits::github().points(10));
    write(&mut client);
    client.now += 59;
    write(&mut client);
    client.now += 1;
    assert_eq!(statuses(&mut client, 1, write), [404], "the first write is 60 seconds old");
    assert_eq!(write(&mut client).status(), 403, "the second one is younger");
}

#[test]
fn a_block_lasts_60_seconds_and_waiting_ends_it() {
    let mut client = client(Limits::github().points(5));
    write(&mut client);
    assert_eq!(read(&mut client).header("retry-after"), "60");
    client.now += 59;
    assert_eq!(read(&mut client).header("retry-after"), "1");
    client.now += 1;
    assert_eq!(read(&mut client).status(), 200);
    assert_eq!(client.world.rejected(), 2);
}

#[test]
fn an_extending_block_restarts_with_each_refused_request() {
    let mut client = client(Limits::github().points(5).extending_block(MINUTE));
    write(&mut client);
    for _ in 0..100 {
        assert_eq!(read(&mut client).header("retry-after"), "60");
        client.now += 30;
    }
    client.now += 60;
    assert_eq!(read(&mut client).status(), 200);
}

#[test]
fn retry_after_can_be_missing_and_the_status_429() {
    let status = http::StatusCode::TOO_MANY_REQUESTS;
    let mut client = client(Limits::github().points(1).primary(1).retry_after(false).status(status));
    read(&mut client);
    let answer = read(&mut client);
    assert_eq!((answer.status(), answer.header("retry-after")), (429, ""));
    client.now += 60;
    let answer = read(&mut client);
    assert_eq!((answer.status(), answer.header("x-ratelimit-remaining")), (429, "0"));
    assert!(answer.message().starts_with("API rate limit exceeded for "));
}

#[test]
fn the_101st_request_at_the_same_time_is_refused() {
    let mut client = client(Limits::github());
    let request = client.request("GET", "/user", "");
    let now = UNIX_EPOCH + Duration::from_secs(client.now);
    assert_eq!(client.world.handle_among(100, now, &request).status(), 200);
    assert_eq!(client.world.handle_among(101, now, &request).status(), 403);
    assert_eq!(client.world.rejected(), 1);
}

#[test]
fn content_is_80_writes_a_minute_and_reads_continue() {
    let mut client = client(Limits::github_with_content());
    assert_eq!(statuses(&mut client, 80, write), [404; 80]);
    let answer = write(&mut client);
    assert_eq!(answer.status(), 403);
    let text = "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. \
                Please retry your request again later.";
    assert_eq!(answer.message(), text);
    assert_eq!(read(&mut client).status(), 200);
    client.now += 60;
    assert_eq!(write(&mut client).status(), 404);
}

#[test]
fn content_is_500_writes_an_hour() {
    let mut client = client(Limits::github_with_content());
    let start = client.now;
    for _ in 0..10 {
        assert_eq!(statuses(&mut client, 50, write), [404; 50]);
        client.now += 60;
    }
    assert_eq!(write(&mut client).status(), 403);
    client.now = start + 3_599;
    assert_eq!(write(&mut client).status(), 403);
    client.now += 61;
    assert_eq!(write(&mut client).status(), 404);
}

#[test]
fn tokens_are_counted_separately() {
    let mut client = client(Limits::github().points(5).primary(2));
    write(&mut client);
    assert_eq!(write(&mut client).status(), 403);
    client.token = "ghp_other";
    assert_eq!(read(&mut client).header("x-ratelimit-used"), "1");
}

#[test]
fn refused_requests_and_bad_tokens_are_not_counted() {
    let mut client = client(Limits::github().points(5));
    client.world.bad_token("ghp_bad");
    write(&mut client);
    for _ in 0..10 {
        assert_eq!(read(&mut client).header("x-ratelimit-used"), "1");
    }
    client.token = "ghp_bad";
    assert_eq!(statuses(&mut client, 3, write), [401; 3]);
    assert_eq!(client.world.rejected(), 10);
}

#[test]
fn two_regions_answer_in_turn_with_their_own_hours() {
    let mut client = client(Limits::github().two_regions(Duration::from_secs(1_000)));
    let reset = |answer: &Answer| answer.header("x-ratelimit-reset").parse::<u64>().unwrap();
    let (one, two, three) = (read(&mut client), read(&mut client), read(&mut client));
    assert_eq!(reset(&one).abs_diff(reset(&two)), 1_000);
    assert_eq!(reset(&one), reset(&three));
    let used = [one, two, three].map(|answer| answer.header("x-ratelimit-used").to_owned());
    assert_eq!(used, ["1", "1", "2"]);
}

#[test]
fn other_clients_use_the_same_tokens_limit() {
    let mut client = client(Limits::github().primary(100).foreign(10));
    assert_eq!(read(&mut client).header("x-ratelimit-remaining"), "99");
    client.now += 300;
    assert_eq!(read(&mut client).header("x-ratelimit-remaining"), "48");
    client.now += 300;
    assert_eq!(read(&mut client).status(), 403);
    assert_eq!(client.get("/rate_limit").json()["resources"]["core"]["remaining"], 0);
}

#[test]
fn without_limits_there_are_no_headers_and_no_rate_limit_endpoint() {
    let mut client = client(Limits::none());
    assert_eq!(statuses(&mut client, 6_000, read), [200; 6_000]);
    assert!(!read(&mut client).0.headers().keys().any(|name| name.as_str().starts_with("x-ratelimit")));
    assert_eq!(client.get("/rate_limit").refusal(), (404, "Rate limiting is not enabled.".to_owned()));
}

#[test]
fn setting_the_rate_limit_keeps_the_other_limits() {
    let mut client = client(Limits::github().points(5));
    client.world.rate_limit(7);
    assert_eq!(write(&mut client).header("x-ratelimit-limit"), "7");
    assert_eq!(read(&mut client).status(), 403);
}

#[test]
fn many_tokens_are_evicted_only_after_their_limits_expired() {
    let mut client = client(Limits::github());
    for number in 0..1_100 {
        let mut request = client.request("GET", "/user", "");
        request.headers_mut().insert("authorization", format!("Bearer ghp_{number}").parse().unwrap());
        assert_eq!(client.send(request).header("x-ratelimit-used"), "1");
        client.now += u64::from(number == 500) * 3_600;
    }
    client.token = "ghp_1000";
    assert_eq!(read(&mut client).header("x-ratelimit-used"), "2");
}

#[test]
fn by_default_only_the_primary_limit_applies() {
    let mut client = Client::new();
    assert_eq!(statuses(&mut client, 1_000, write), [404; 1_000]);
    for store in STORES {
        assert_ne!(client.put_secret(store, "NAME", "value", json!({})).status(), 403);
    }
}

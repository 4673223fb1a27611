//! GitHub's refusals of the App are cached, and not requested again at once.

use super::renewing::minutes;
use super::{Rig, app, clock, key};
use bytes::Bytes;
use http::Response;
use octoseal_emulator::{Fault, Script};
use octoseal_transport::{Error, GitHubApp, Retry, RetryPolicy, Transport};
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

fn answer(status: u16, headers: &[(&str, &str)], body: &'static str) -> Fault {
    let answer = headers
        .iter()
        .fold(Response::builder().status(status), |answer, (name, value)| answer.header(*name, *value));
    Fault::Answer(answer.body(Bytes::from_static(body.as_bytes())).unwrap())
}

async fn refused(rig: &Rig, owner: &str) -> Error {
    let error = rig.list(owner).await.unwrap_err();
    assert!(error.is_no_token() && !error.is_unknown_outcome(), "{error}");
    error
}

#[tokio::test(start_paused = true)]
async fn a_limit_is_reported_to_all_requests_until_its_end() {
    let rig = Arc::new(Rig::start(app()).await);
    rig.emulator.script(Script::new(answer(429, &[("retry-after", "3600")], "{}")).path("access_tokens"));
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..300 {
        let rig = Arc::clone(&rig);
        requests.spawn(async move { refused(&rig, "acme").await.is_rate_limited() });
    }
    assert_eq!(requests.join_all().await, [true; 300]);
    sleep(Duration::from_secs(1_000)).await;
    for owner in ["acme", "octo"] {
        let error = refused(&rig, owner).await;
        assert_eq!(error.retry_after().unwrap().as_secs(), 2_600);
        assert_eq!(
            error.to_string(),
            format!(
                "GitHub refused the App's token request for {owner}: 429 Too Many Requests; it is a rate limit: try \
                 again in 2600 s"
            )
        );
        assert!(error.is_rate_limited() && !error.is_app_refused());
    }
    assert_eq!(rig.asked().len(), 2, "{:?}", rig.asked());
    sleep(Duration::from_secs(2_600)).await;
    assert_eq!((rig.status("acme").await, rig.status("octo").await), (200, 200));
}

#[tokio::test(start_paused = true)]
async fn a_limit_without_a_time_lasts_a_minute_and_no_limit_more_than_a_day() {
    for (seconds, headers) in
        [(60, None), (30, Some(("retry-after", "1"))), (86_400, Some(("retry-after", "99999999")))]
    {
        let rig = Rig::start(app()).await;
        let body = r#"{"message":"You have exceeded a secondary rate limit."}"#;
        let fault = answer(403, headers.as_slice(), body);
        rig.emulator.script(Script::new(fault).path("access_tokens"));
        assert_eq!(refused(&rig, "acme").await.retry_after().unwrap().as_secs(), seconds);
        sleep(Duration::from_secs(seconds - 1)).await;
        refused(&rig, "acme").await;
        sleep(Duration::from_secs(1)).await;
        assert_eq!(rig.status("acme").await, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_one_account_is_cached_for_half_a_minute_and_others_continue() {
    let rig = Rig::start(app()).await;
    rig.emulator.script(Script::new(answer(403, &[], "{}")).path("access_tokens"));
    for _ in 0..30 {
        let error = refused(&rig, "acme").await;
        assert!(!error.is_rate_limited() && error.retry_after().is_none(), "{error}");
        sleep(Duration::from_secs(1)).await;
        assert_eq!(rig.status("octo").await, 200);
    }
    assert_eq!(rig.asked().len(), 5, "{:?}", rig.asked());
    assert_eq!(rig.status("acme").await, 200);
}

#[tokio::test(start_paused = true)]
async fn an_app_that_github_does_not_know_is_not_retried_for_each_account() {
    let rig = Rig::start(app()).await;
    rig.emulator.script(Script::new(answer(401, &[], "{}")).path("installation"));
    for number in 0..100 {
        let error = refused(&rig, &format!("owner{number}")).await;
        assert!(
            error.is_app_refused() && error.to_string().contains(&format!("for owner{number}: 401")),
            "{error}"
        );
    }
    assert_eq!(rig.asked().len(), 1, "{:?}", rig.asked());
    sleep(Duration::from_secs(30)).await;
    assert_eq!(rig.status("acme").await, 200);
}

#[tokio::test(start_paused = true)]
async fn an_app_that_is_locked_out_is_not_retried_for_each_account() {
    let rig = Rig::start(app()).await;
    let locked = answer(403, &[], r#"{"message":"Maximum number of login attempts exceeded."}"#);
    rig.emulator.script(Script::new(locked).path("installation"));
    for number in 0..100 {
        assert!(refused(&rig, &format!("owner{number}")).await.is_app_refused());
    }
    assert_eq!(rig.asked().len(), 1, "{:?}", rig.asked());
    sleep(Duration::from_secs(30)).await;
    assert_eq!(rig.status("acme").await, 200);
}

#[tokio::test(start_paused = true)]
async fn a_limit_on_renewal_is_reported_only_when_the_old_token_expires() {
    let rig = Rig::start(app()).await;
    assert_eq!(rig.status("acme").await, 200);
    rig.emulator.script(Script::new(answer(429, &[("retry-after", "600")], "{}")).path("access_tokens"));
    minutes(56).await;
    for _ in 0..3 {
        assert_eq!(rig.status("acme").await, 200);
        minutes(1).await;
    }
    assert_eq!(refused(&rig, "acme").await.retry_after().unwrap().as_secs(), 420);
    assert_eq!(rig.asked().len(), 3, "{:?}", rig.asked());
    minutes(7).await;
    assert_eq!(rig.status("acme").await, 200);
}

#[tokio::test(start_paused = true)]
async fn a_date_that_is_far_off_gets_no_web_token_for_that_time() {
    for date in
        ["Fri, 31 Dec 2100 23:59:59 GMT", "Sat, 16 Jan 2027 08:00:01 GMT", "Thu, 14 Jan 2027 07:59:59 GMT"]
    {
        let rig = Rig::start(app()).await;
        rig.emulator.script(Script::new(answer(401, &[("date", date)], "{}")).path("installation"));
        let error = refused(&rig, "acme").await.to_string();
        assert!(
            error.ends_with("; check this machine's clock, which is more than a day away from GitHub's"),
            "{error}"
        );
        assert_eq!(rig.asked().len(), 1, "{date}");
        sleep(Duration::from_secs(30)).await;
        assert_eq!(
            (rig.status("acme").await, rig.asked().len()),
            (200, 3),
            "the local clock is used as before"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_date_by_which_the_app_is_refused_too_is_discarded() {
    let rig = Rig::start(app()).await;
    let later = answer(401, &[("date", "Fri, 15 Jan 2027 09:00:00 GMT")], "{}");
    rig.emulator.script(Script::new(later).path("installation").times(2));
    assert!(refused(&rig, "acme").await.is_app_refused());
    assert_eq!(rig.asked().len(), 2);
    sleep(Duration::from_secs(30)).await;
    assert_eq!((rig.status("acme").await, rig.asked().len()), (200, 4), "{:?}", rig.asked());
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_a_day_off_is_still_corrected() {
    for ahead in [86_400, -86_400] {
        let rig = Rig::start(GitHubApp::new("12", key(), clock(ahead)).unwrap()).await;
        assert_eq!(rig.status("acme").await, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_whose_answer_was_lost_is_requested_again() {
    for body in ["", "<html>", r#"{"token":"ghs_"#] {
        let rig = Rig::start(app()).await;
        rig.emulator.script(Script::new(answer(201, &[], body)).path("access_tokens").times(2));
        let error = rig.list("acme").await.unwrap_err();
        assert!(!error.is_no_token() && !error.is_unknown_outcome(), "{error}");
        let cause = error.source().unwrap().to_string();
        assert_eq!(cause, "GitHub's answer to the App's token request for acme cannot be read", "{body}");
        let request = rig.listing(Some("acme"), "acme");
        let retry = Retry::new(rig.transport, RetryPolicy::default());
        assert_eq!(retry.send(request).await.unwrap().status(), 200);
    }
}

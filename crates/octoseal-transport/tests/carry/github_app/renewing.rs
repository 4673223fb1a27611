//! Tokens that expire, are revoked, cannot be renewed, or whose request is dropped.

use super::{Rig, app, installed, is_renewed};
use bytes::Bytes;
use http::{Method, Response};
use octoseal_emulator::{Fault, Script};
use octoseal_transport::{Retry, RetryPolicy, TokenProvider, Transport};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};

pub(super) async fn minutes(minutes: u64) {
    sleep(Duration::from_secs(60 * minutes)).await;
}

#[tokio::test(start_paused = true)]
async fn a_run_of_two_and_a_half_hours_never_uses_an_expired_token() {
    let rig = Rig::start(app()).await;
    for minute in 0..150 {
        assert_eq!(rig.status("acme").await, 200, "in minute {minute}");
        minutes(1).await;
    }
    assert_eq!(rig.minted(), 3, "after 55 minutes each");
    assert_eq!(rig.asked().len(), 4, "the installation is looked for once: {:?}", rig.asked());
}

#[tokio::test(start_paused = true)]
async fn a_revoked_token_is_renewed_once_and_a_late_refusal_has_no_effect() {
    let rig = Rig::start(app()).await;
    let old = rig.tokens.token(Some("acme")).await.unwrap().unwrap();
    assert_eq!(rig.status("acme").await, 200, "a token that has worked");
    rig.emulator.with_world(|world| {
        world.bad_token(&format!("ghs_emulated{:0>28}", 1));
    });
    let refused = rig.list("acme").await.unwrap();
    assert_eq!((refused.status().as_u16(), is_renewed(&refused)), (401, true));
    assert_eq!(rig.status("acme").await, 200);
    assert_eq!(rig.minted(), 2);

    let new = rig.tokens.token(Some("acme")).await.unwrap().unwrap();
    assert!(rig.tokens.refused(Some("ACME"), &old), "there is another one");
    assert!(Arc::ptr_eq(&new, &rig.tokens.token(Some("acme")).await.unwrap().unwrap()));
    assert!(rig.tokens.refused(Some("acme"), &new));
    assert_eq!(rig.status("acme").await, 200);
    assert_eq!(rig.minted(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_cannot_be_renewed_is_used_until_its_last_minute() {
    let rig = Rig::start(app()).await;
    assert_eq!(rig.status("acme").await, 200);
    rig.emulator.script(Script::new(Fault::server_error()).path("access_tokens").times(1_000));
    minutes(56).await;
    for _ in 0..3 * 60 {
        assert_eq!(rig.status("acme").await, 200);
        sleep(Duration::from_secs(1)).await;
    }
    let failed_requests = rig.asked().iter().filter(|asked| asked.ends_with("access_tokens 500")).count();
    assert_eq!(failed_requests, 6, "every half minute");
    let error = rig.list("acme").await.unwrap_err();
    assert!(!error.is_unknown_outcome());
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(
        cause,
        "GitHub refused the App's token request for acme: 500 Internal Server Error: Server Error"
    );
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_reported_to_all_waiting_requests_and_the_next_one_asks_again() {
    let rig = Arc::new(Rig::start(app()).await);
    let fault = Script::new(Fault::server_error()).method(Method::POST).path("access_tokens");
    rig.emulator.set_latency(Duration::from_millis(100));
    rig.emulator.script(fault);
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let rig = Arc::clone(&rig);
        requests.spawn(async move { rig.list("acme").await.is_err() });
    }
    assert_eq!(requests.join_all().await, [true; 20]);
    assert_eq!(rig.asked().len(), 2, "{:?}", rig.asked());
    assert_eq!(tokio::join!(rig.status("acme"), rig.status("acme")), (200, 200));
    assert_eq!(rig.asked().len(), 3, "the installation was known: {:?}", rig.asked());
}

#[tokio::test(start_paused = true)]
async fn a_temporary_failure_is_retried_with_the_request_and_a_permanent_one_is_not() {
    for (fault, status) in [
        (Fault::server_error(), Some(200)),
        (Fault::Reset, Some(200)),
        (Fault::HandleThenClose, Some(200)),
        (Fault::Answer(Response::builder().status(403).body(Bytes::new()).unwrap()), None),
    ] {
        let rig = Rig::start(app()).await;
        rig.emulator.script(Script::new(fault).path("access_tokens"));
        let request = rig.listing(Some("acme"), "acme");
        let result = Retry::new(rig.transport, RetryPolicy::default()).send(request).await;
        assert_eq!(result.ok().map(|response| response.status().as_u16()), status);
    }
}

#[tokio::test(start_paused = true)]
async fn a_dropped_token_request_blocks_no_task() {
    let rig = Arc::new(Rig::start(app()).await);
    rig.emulator.set_latency(Duration::from_secs(2));
    let ask = || {
        let rig = Arc::clone(&rig);
        tokio::spawn(async move { rig.status("acme").await })
    };
    let leader = ask();
    sleep(Duration::from_secs(1)).await;
    let waiters = [ask(), ask()];
    sleep(Duration::from_millis(100)).await;
    leader.abort();
    for waiter in waiters {
        assert_eq!(waiter.await.unwrap(), 200);
    }
    assert_eq!(rig.minted(), 1);
}

#[tokio::test(start_paused = true)]
async fn during_a_renewal_the_other_requests_use_the_current_token() {
    let rig = Arc::new(Rig::start(app()).await);
    assert_eq!(rig.status("acme").await, 200);
    let slow = Fault::Delay(Duration::from_secs(20));
    rig.emulator.script(Script::new(slow).path("access_tokens"));
    minutes(56).await;
    let started = Instant::now();
    let renewing = tokio::spawn({
        let rig = Arc::clone(&rig);
        async move { rig.status("acme").await }
    });
    sleep(Duration::from_secs(1)).await;
    assert_eq!(rig.status("acme").await, 200);
    assert_eq!(started.elapsed().as_secs(), 1);
    assert_eq!(renewing.await.unwrap(), 200);
    assert_eq!((started.elapsed().as_secs(), rig.minted()), (20, 2));
}

#[tokio::test(start_paused = true)]
async fn an_app_that_was_installed_again_is_found_again() {
    let rig = Rig::start(app()).await;
    assert_eq!(rig.status("acme").await, 200);
    rig.emulator.with_world(|world| {
        world.app(installed([9, 8]));
    });
    minutes(56).await;
    assert_eq!(rig.status("acme").await, 200);
    assert_eq!(
        rig.asked()[2..],
        [
            "POST /app/installations/7/access_tokens 404",
            "GET /orgs/acme/installation 200",
            "POST /app/installations/9/access_tokens 201",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn the_lifetime_is_measured_by_githubs_clock() {
    let rig = Rig::start(app()).await;
    let short = Response::builder().status(201).header("date", "Fri, 15 Jan 2027 08:00:00 GMT");
    let body = r#"{"token":"ghs_emulated","expires_at":"2027-01-15T08:10:00Z"}"#;
    let short = Fault::Answer(short.body(Bytes::from_static(body.as_bytes())).unwrap());
    rig.emulator.script(Script::new(short).path("access_tokens"));
    rig.tokens.token(Some("acme")).await.unwrap();
    sleep(Duration::from_secs(290)).await;
    rig.tokens.token(Some("acme")).await.unwrap();
    assert_eq!(rig.asked().len(), 2, "more than five of its ten minutes are left");
    sleep(Duration::from_secs(10)).await;
    rig.tokens.token(Some("acme")).await.unwrap();
    assert_eq!(rig.asked().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_silent_github_is_waited_for_a_minute() {
    let rig = Rig::start(app()).await;
    rig.emulator.set_latency(Duration::from_secs(29));
    let started = Instant::now();
    let error = rig.list("octo").await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 60);
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "the App got no token within 60 s");
}

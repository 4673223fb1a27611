//! Tokens that run out, are revoked, cannot be renewed, or whose asker goes away.

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
async fn a_run_of_two_hours_and_a_half_never_sees_an_old_token() {
    let rig = Rig::start(app()).await;
    for minute in 0..150 {
        assert_eq!(rig.status("acme").await, 200, "in minute {minute}");
        minutes(1).await;
    }
    assert_eq!(rig.minted(), 3, "after 55 minutes each");
    assert_eq!(rig.asked().len(), 4, "the installation is looked for once: {:?}", rig.asked());
}

#[tokio::test(start_paused = true)]
async fn a_revoked_token_is_renewed_once_and_a_late_refusal_harms_nothing() {
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
async fn what_cannot_be_renewed_is_used_until_its_last_minute() {
    let rig = Rig::start(app()).await;
    assert_eq!(rig.status("acme").await, 200);
    rig.emulator.script(Script::new(Fault::server_error()).path("access_tokens").times(1_000));
    minutes(56).await;
    for _ in 0..3 * 60 {
        assert_eq!(rig.status("acme").await, 200);
        sleep(Duration::from_secs(1)).await;
    }
    let in_vain = rig.asked().iter().filter(|asked| asked.ends_with("access_tokens 500")).count();
    assert_eq!(in_vain, 6, "every half minute");
    let error = rig.list("acme").await.unwrap_err();
    assert!(!error.is_unknown_outcome());
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(
        cause,
        "GitHub refused the App's token request for acme: 500 Internal Server Error: Server Error"
    );
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_told_to_all_who_wait_and_the_next_one_asks_again() {
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
async fn what_may_pass_is_repeated_with_the_request_and_what_lasts_is_not() {
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
async fn whoever_goes_away_while_asking_strands_nobody() {
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
async fn while_one_renews_the_others_go_on_with_what_there_is() {
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
async fn an_app_that_was_installed_anew_is_found_again() {
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
async fn the_time_left_is_githubs_and_not_that_of_a_wrong_clock() {
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
async fn a_github_that_says_nothing_is_waited_for_a_minute() {
    let rig = Rig::start(app()).await;
    rig.emulator.set_latency(Duration::from_secs(29));
    let started = Instant::now();
    let error = rig.list("octo").await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 60);
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "the App got no token within 60 s");
}

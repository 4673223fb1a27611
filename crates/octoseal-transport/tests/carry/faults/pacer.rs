//! A pacer with excessive numbers and many accounts, and the state it must keep.

use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::{
    Account, ApiUrl, Authorize, Error, MemoryPace, Pacer, Pacing, Profile, Retry, RetryPolicy, SharedPace,
    Token, Transport,
};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Creates a request of this account.
fn of(account: &str, method: Method) -> Request<Bytes> {
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = method;
    request.extensions_mut().insert(Account(account.to_owned()));
    request
}

/// Uses more accounts than are kept idle.
fn use_many_accounts(pacer: &Pacer) {
    for number in 0..10_001 {
        pacer.estimate(Some(&format!("user-{number}")), 0, 0);
    }
}

#[tokio::test(start_paused = true)]
async fn an_estimate_of_more_than_can_be_counted_ends() {
    let pacer = Pacer::new(Pacing::from(Profile::Unlimited));
    assert_eq!(pacer.estimate(None, u64::MAX, u64::MAX).as_secs(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_account_whose_points_or_hour_are_used_up_is_not_evicted() {
    let answers = |request: Request<Bytes>| async move {
        let answer = Response::builder();
        let is_spent = request.extensions().get::<Account>().is_some_and(|Account(login)| login == "spent");
        Ok::<_, Error>(match is_spent {
            true => answer
                .header("date", "Mon, 23 Nov 2026 12:00:00 GMT")
                .header("x-ratelimit-limit", "5000")
                .header("x-ratelimit-remaining", "0")
                .header("x-ratelimit-reset", "1795435800"),
            false => answer,
        })
        .map(|answer| answer.body(Bytes::new()).unwrap())
    };
    let pacer = Pacer::per_account(Pacing::from(Profile::Fast));
    let stack = Retry::new(answers, RetryPolicy::default()).paced(pacer.clone());
    stack.send(of("spent", Method::GET)).await.unwrap();
    sleep(Duration::from_secs(61)).await;
    for _ in 0..900 {
        stack.send(of("busy", Method::GET)).await.unwrap();
    }
    for (account, seconds) in [("busy", 61), ("spent", 540)] {
        use_many_accounts(&pacer);
        assert_eq!(pacer.estimate(Some(account), 1, 0).as_secs(), seconds, "{account}");
    }
}

fn store() -> Arc<MemoryPace> {
    Arc::new(MemoryPace::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_435_200)))
}

async fn text(shared: &MemoryPace) -> String {
    let mut text = String::new();
    shared.update(None, &mut |state, _| text = state.to_string()).await.unwrap();
    text
}

#[tokio::test(start_paused = true)]
async fn a_refused_read_removes_no_write_from_the_log() {
    let answers = |request: Request<Bytes>| async move {
        sleep(Duration::from_millis(5)).await;
        let status = if request.method() == Method::PUT { 204 } else { 429 };
        Ok::<_, Error>(Response::builder().status(status).body(Bytes::new()).unwrap())
    };
    let shared = store();
    let pacer = Pacer::new(Pacing::from(Profile::Fast)).shared(shared.clone());
    let mut policy = RetryPolicy::default();
    policy.limits = 0;
    let stack = Arc::new(Retry::new(answers, policy).paced(pacer));
    let mut tasks = JoinSet::new();
    for method in [Method::PUT, Method::GET] {
        let stack = Arc::clone(&stack);
        // At the same moment, since time is paused.
        tasks.spawn(async move { stack.send(of("", method)).await.unwrap() });
    }
    tasks.join_all().await;
    let text = text(&shared).await;
    assert_eq!(text.matches("\nwrite ").count(), 1, "{text}");
}

#[tokio::test(start_paused = true)]
async fn the_longest_stop_is_shared() {
    let answers = |_: Request<Bytes>| async {
        let answer = Response::builder().status(429).header("retry-after", "1000000000");
        Ok::<_, Error>(answer.header("x-ratelimit-remaining", "0").body(Bytes::new()).unwrap())
    };
    let shared = store();
    let pacer = Pacer::new(Pacing::default()).shared(shared.clone());
    let stack = Retry::new(answers, RetryPolicy::default()).paced(pacer.clone());
    assert_eq!(stack.send(of("", Method::GET)).await.unwrap().status(), 429);
    // It was not sent again, since the wait is longer than every max wait.
    assert_eq!((pacer.snapshot().requests, pacer.snapshot().retries), (1, 0));
    let text = text(&shared).await;
    assert!(text.contains("\nstop 1795435200000 86401000 1 0 0\n"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_redirect_that_cannot_be_followed_in_time_is_reported_as_the_wait() {
    let answers = |_: Request<Bytes>| async {
        let answer = Response::builder().status(307).header("location", "/repos/a/there");
        let answer = answer.header("date", "Mon, 23 Nov 2026 12:00:00 GMT").header("x-ratelimit-limit", "1");
        let answer = answer.header("x-ratelimit-remaining", "0").header("x-ratelimit-reset", "1795442000");
        Ok::<_, Error>(answer.body(Bytes::new()).unwrap())
    };
    let authorized = Authorize::new(answers, ApiUrl::github(), None::<Token>);
    let stack = Retry::new(authorized, RetryPolicy::default()).paced(Pacer::new(Pacing::default()));
    let mut request = of("", Method::PUT);
    *request.uri_mut() = "https://api.github.com/repos/a/here".parse().unwrap();
    let error = stack.send(request).await.unwrap_err();
    assert!(error.is_rate_limited() && !error.is_unknown_outcome(), "{error}");
}

//! The notices of an observer, and the end of a run.

use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::{
    ApiUrl, Authorize, Error, Notice, NoticeKind, Pacer, Pacing, PathTemplate, Profile, Retry, RetryPolicy,
    Token, Transport,
};
use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep};

fn put() -> Request<Bytes> {
    let mut put = Request::new(Bytes::new());
    (*put.method_mut(), *put.uri_mut()) =
        (Method::PUT, "https://api.github.com/repos/a/b/actions/secrets/A".parse().unwrap());
    put.extensions_mut().insert(PathTemplate("/t".to_owned()));
    put
}

/// All notices, each with the second in which it came.
type Notices = Arc<Mutex<Vec<(u64, String)>>>;

fn observer() -> (Notices, Arc<impl Fn(&Notice<'_>) + Send + Sync>) {
    let notices = Notices::default();
    let (kept, started) = (Arc::clone(&notices), Instant::now());
    let observer = move |notice: &Notice<'_>| {
        assert_eq!((notice.method, notice.template), (&Method::PUT, "/t"));
        let text = match notice.kind {
            NoticeKind::Silent(length) => format!("silent {}", length.as_secs()),
            NoticeKind::Retries { why, status, .. } => {
                format!("retries {why} {}", status.map_or(0, |status| status.as_u16()))
            }
            NoticeKind::Waits(wait) => format!("waits {} {}", wait.length.as_secs(), wait.reason),
            NoticeKind::Redirected(owner) => format!("redirected {owner}"),
            NoticeKind::GivesUp { why, wait, .. } => format!("gives up {why} {}", wait.as_secs()),
            _ => unreachable!("there is no other"),
        };
        kept.lock().unwrap().push((started.elapsed().as_secs(), format!("{} {text}", notice.attempt)));
    };
    (notices, Arc::new(observer))
}

/// Answers in turn, each with a status after a number of seconds.
fn server(
    answers: &'static [(u16, u64)],
) -> impl Fn(Request<Bytes>) -> octoseal_transport::BoxFuture<'static, Result<Response<Bytes>, Error>> {
    let count = AtomicUsize::new(0);
    move |_| {
        let (status, seconds) = answers[count.fetch_add(1, Relaxed)];
        Box::pin(async move {
            sleep(Duration::from_secs(seconds)).await;
            let answer = Response::builder().status(status).header("retry-after", "30");
            Ok(answer.header("location", "/repositories/7/actions/secrets/A").body(Bytes::new()).unwrap())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn silence_retries_waits_and_redirects_are_reported_as_they_happen() {
    let (notices, observer) = observer();
    let authorized =
        Authorize::new(server(&[(307, 0), (502, 6), (429, 0), (201, 0)]), ApiUrl::github(), None::<Token>);
    let transport = Retry::new(authorized, RetryPolicy::default()).paced(Pacer::new(Pacing::default()));
    assert_eq!(transport.observed(observer).send(put()).await.unwrap().status(), 201);
    let notices = notices.lock().unwrap();
    let expected = [
        (0, "1 redirected repositories/7"),
        (5, "2 silent 5"),
        (6, "2 retries server error 502"),
        (36, "3 retries rate limit 429"),
        (36, "4 waits 30 GitHub asked to wait"),
    ];
    let expected: Vec<_> = expected.map(|(second, text)| (second, text.to_owned())).into();
    assert_eq!(*notices, expected);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_would_come_too_late_is_reported() {
    let (notices, observer) = observer();
    let transport = Retry::new(server(&[(503, 0)]), RetryPolicy::default()).observed(observer);
    let answer = transport.within(Duration::from_secs(20)).send(put()).await.unwrap();
    assert_eq!(answer.status(), 503);
    assert_eq!(*notices.lock().unwrap(), [(0, "1 gives up server error 30".to_owned())]);
}

#[tokio::test(start_paused = true)]
async fn persistent_server_errors_are_retried_for_seconds() {
    let started = Instant::now();
    let failing =
        |_: Request<Bytes>| async { Ok(Response::builder().status(502).body(Bytes::new()).unwrap()) };
    let answer = Retry::new(failing, RetryPolicy::default()).send(put()).await.unwrap();
    assert_eq!(answer.status(), 502);
    assert!((3..=8).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn the_deadline_of_a_run_ends_an_attempt_a_wait_and_later_requests() {
    type Answer = octoseal_transport::BoxFuture<'static, Result<Response<Bytes>, Error>>;
    let run = |answer: fn(Request<Bytes>) -> Answer| {
        let pacer = Pacer::new(Pacing::from(Profile::Slow));
        Retry::new(answer, RetryPolicy::default()).paced(pacer).within(Duration::from_secs(10))
    };
    let started = Instant::now();
    let silent = run(|_| Box::pin(pending()));
    let error = silent.send(put()).await.unwrap_err();
    assert!(error.is_timeout() && error.is_unknown_outcome(), "{error}");
    assert!(error.to_string().contains("before the deadline of 10s for the whole run"), "{error}");
    assert_eq!(started.elapsed().as_secs(), 10);
    let error = silent.send(put()).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_unknown_outcome(), "{error}");
    assert_eq!(started.elapsed().as_secs(), 10, "nothing is sent any more");

    let limited = run(|_| {
        let answer = Response::builder().status(429).header("retry-after", "30").body(Bytes::new());
        Box::pin(async move { Ok(answer.unwrap()) })
    });
    assert_eq!(limited.send(put()).await.unwrap().status(), 429);
    let error = limited.send(put()).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    assert!(error.to_string().ends_with("after the deadline of 10s for the whole run"), "{error}");
    assert_eq!(started.elapsed().as_secs(), 10, "a wait that would end later fails at once");
}

#[tokio::test(start_paused = true)]
async fn auto_paces_only_if_the_server_reports_limits() {
    for (tells, seconds) in [(true, 61), (false, 0)] {
        let server = move |_: Request<Bytes>| {
            let mut answer = Response::builder().status(201);
            if tells {
                answer = answer.header("x-ratelimit-remaining", "4000").header("x-ratelimit-reset", "1");
            }
            let answer = answer.body(Bytes::new()).unwrap();
            async move {
                sleep(Duration::from_millis(1)).await;
                Ok(answer)
            }
        };
        let pacer = Pacer::new(Pacing::from(Profile::Auto));
        let transport = Retry::new(server, RetryPolicy::default()).paced(pacer);
        let started = Instant::now();
        for _ in 0..100 {
            transport.send(put()).await.unwrap();
        }
        assert_eq!(started.elapsed().as_secs(), seconds, "{tells}");
    }
}

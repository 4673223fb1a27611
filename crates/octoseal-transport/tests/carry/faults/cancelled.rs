//! A request is dropped at each of its polls in turn: no permit stays taken, and no task is blocked.

use super::whole::{token, whole};
use crate::request;
use crate::server::{NO_CONTENT, Server, Step, UNAVAILABLE};
use http::Method;
use octoseal_transport::{Error, Pacer, Pacing, Profile, RetryPolicy, Token, TokenProvider, Transport};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// Polls a future at most this number of times. `None` if it was not done by then.
struct Polls<'a, T>(Pin<Box<dyn Future<Output = T> + Send + 'a>>, usize);

impl<T> Future for Polls<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let Some(left) = self.1.checked_sub(1) else {
            return Poll::Ready(None);
        };
        self.1 = left;
        match self.0.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// More polls than any request here has.
const MOST_POLLS: usize = 1_000;

fn is_empty(pacer: &Pacer) -> bool {
    let snapshot = pacer.snapshot();
    (snapshot.in_flight, snapshot.waiting, snapshot.wait) == (0, 0, None)
}

/// Drops a request after each number of polls until one is done, with `others` other requests before and
/// after it. All of those must be done.
async fn drop_everywhere<P: TokenProvider + 'static>(
    script: &[Step],
    provider: impl Fn() -> P,
    pacing: Pacing,
    others: usize,
) -> usize {
    for (polls, comes_last) in (0..MOST_POLLS).flat_map(|polls| [(polls, false), (polls, true)]) {
        let rest = [Step::Answer(NO_CONTENT); 16];
        let server = Server::start(script.iter().copied().chain(rest)).await;
        let (stack, pacer) = whole(&server.url, provider(), RetryPolicy::default(), pacing);
        let stack = Arc::new(stack);
        let mut tasks = JoinSet::new();
        for _ in 0..others {
            let (stack, put) = (Arc::clone(&stack), request(Method::PUT, &server.url));
            tasks.spawn(async move { stack.send(put).await.unwrap().status().as_u16() });
        }
        if comes_last {
            sleep(Duration::from_millis(1)).await;
        }
        let put = request(Method::PUT, &server.url);
        let done = Polls(stack.send(put), polls).await;
        let others =
            timeout(Duration::from_secs(8 * 3_600), tasks.join_all()).await.expect("a task is blocked");
        assert!(others.iter().all(|status| *status == 204), "after {polls}: {others:?}");
        assert!(is_empty(&pacer), "after {polls}: {:?}", pacer.snapshot());
        let next = stack.send(request(Method::PUT, &server.url));
        let next = timeout(Duration::from_secs(3_600), next).await.expect("the next request is blocked");
        assert_eq!(next.unwrap().status(), 204, "after {polls}");
        assert!(is_empty(&pacer));
        if let Some(done) = done {
            assert_eq!(done.unwrap().status(), 204);
            if comes_last {
                return polls;
            }
        }
    }
    panic!("it is never done");
}

#[tokio::test(start_paused = true)]
async fn a_request_may_be_dropped_wherever_it_waits_for_the_server() {
    const LIMIT: &str = "HTTP/1.1 403 No\r\ncontent-length: 0\r\nretry-after: 30\r\n\r\n";
    const SLOW: &str = "HTTP/1.1 204 No Content\r\nx: xxxxxxxxxxxxxxxx\r\n\r\n";
    const MOVED: &str = "HTTP/1.1 307 Moved\r\ncontent-length: 0\r\nlocation: /user?there\r\n\r\n";
    for (script, least) in [
        (&[][..], 2),
        (&[Step::Answer(LIMIT)], 3),
        (&[Step::AnswerSlowly(SLOW)], 2),
        (&[Step::Answer(UNAVAILABLE), Step::CloseAfterRequest], 4),
        (&[Step::Answer(MOVED)], 3),
        (&[Step::AnswerThenReset("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx")], 4),
    ] {
        let polls = drop_everywhere(script, token, Profile::Fast.into(), 0).await;
        assert!(polls >= least, "{script:?} has more than {polls} waits");
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_may_be_dropped_while_its_token_is_created() {
    let provider = || {
        |_: Option<&str>| async {
            sleep(Duration::from_secs(1)).await;
            sleep(Duration::from_secs(1)).await;
            Ok::<_, Error>(Some(Arc::new(Token::new("ghp_canary")?)))
        }
    };
    assert!(drop_everywhere(&[], provider, Profile::Fast.into(), 0).await >= 4);
}

#[tokio::test(start_paused = true)]
async fn a_request_may_be_dropped_wherever_it_queues_behind_others() {
    const LIMIT: &str = "HTTP/1.1 429 No\r\ncontent-length: 0\r\nretry-after: 30\r\n\r\n";
    const SLOW: &str = "HTTP/1.1 204 No Content\r\nx: x\r\n\r\n";
    for (profile, in_flight) in [(Profile::Slow, 8), (Profile::Slow, 1), (Profile::Fast, 2)] {
        let mut pacing = Pacing::from(profile);
        pacing.in_flight = in_flight;
        for script in [&[][..], &[Step::Answer(LIMIT)], &[Step::AnswerSlowly(SLOW); 2]] {
            drop_everywhere(script, token, pacing, 5).await;
        }
    }
}

#[cfg(feature = "github-app")]
mod app {
    use super::*;
    use bytes::Bytes;
    use http::{Request, Response};
    use octoseal_transport::{ApiUrl, AppTokens, BoxFuture, GitHubApp, Signer};
    use std::time::UNIX_EPOCH;

    struct Slow;

    impl Signer for Slow {
        fn sign<'a>(
            &'a self,
            _: &'a [u8],
        ) -> BoxFuture<'a, Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>> {
            Box::pin(async {
                sleep(Duration::from_secs(1)).await;
                Ok(vec![0; 256])
            })
        }
    }

    /// Creates an installation whose token takes two seconds.
    fn tokens() -> impl TokenProvider {
        let github = |_: Request<Bytes>| async {
            sleep(Duration::from_secs(1)).await;
            let body = r#"{"token":"ghs_canary0123456789","expires_at":"2026-11-23T13:00:00Z"}"#;
            Ok::<_, Error>(Response::builder().status(201).body(Bytes::from(body)).unwrap())
        };
        let noon = || UNIX_EPOCH + Duration::from_secs(1_795_435_200);
        AppTokens::new(github, ApiUrl::github(), GitHubApp::new("1", Slow, noon).unwrap().installation(7))
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_may_be_dropped_while_an_apps_token_is_created_alone_or_before_others() {
        for others in [0, 3] {
            assert!(drop_everywhere(&[], tokens, Profile::Fast.into(), others).await >= 4);
        }
    }
}

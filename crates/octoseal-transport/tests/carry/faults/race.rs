//! The server closes a connection right after its answer, while the next request is already on its way.

use super::whole::{token, whole};
use crate::server::{NO_CONTENT, Server, Step};
use crate::{client, request};
use http::Method;
use octoseal_transport::{Profile, RetryPolicy, Transport};
use tokio::task::yield_now;

const PUTS: usize = 2_000;

/// Counts the lost writes if the close and the next write come after each number of scheduler turns up to
/// eight.
async fn lost(transport: &impl Transport, url: &str) -> usize {
    let mut lost = 0;
    for number in 0..PUTS {
        let result = transport.send(request(Method::PUT, url)).await;
        lost += usize::from(!result.is_ok_and(|answer| answer.status() == 204));
        for _ in 0..number / 9 % 9 {
            yield_now().await;
        }
    }
    lost
}

/// More steps than writes, since some writes are retried.
fn script() -> impl Iterator<Item = Step> {
    (0..3 * PUTS).map(|number| Step::AnswerThenCloseLater(NO_CONTENT, number % 9))
}

#[tokio::test(start_paused = true)]
async fn no_put_of_2000_is_lost_when_the_server_closes_after_its_answer() {
    let server = Server::start(script()).await;
    let (stack, _) = whole(&server.url, token(), RetryPolicy::default(), Profile::Unlimited.into());
    assert_eq!(lost(&stack, &server.url).await, 0);

    let server = Server::start(script()).await;
    assert!(lost(&client(), &server.url).await > 0, "there was no race");
}

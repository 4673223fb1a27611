//! Tower services as transports: hyper-util's own client, and services that are not ready.

use crate::{request, seam};
use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use octoseal_transport::{FromService, Phase, Transport};
use std::future::{Ready, ready};
use std::task::{Context, Poll};
use tower_service::Service;

#[tokio::test(start_paused = true)]
async fn hyper_utils_client_satisfies_the_contract_of_a_transport() {
    let client =
        Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build_http::<Full<Bytes>>();
    seam::suite(FromService::new(client)).await;
}

/// A service that is ready after this number of polls, and panics if it is called before.
#[derive(Clone)]
struct Shy {
    answers: Result<(), &'static str>,
    polls_left: u8,
}

impl Service<Request<Bytes>> for Shy {
    type Response = Response<Full<Bytes>>;
    type Error = &'static str;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        if self.polls_left == 0 {
            return Poll::Ready(self.answers);
        }
        self.polls_left -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        assert_eq!((self.polls_left, self.answers), (0, Ok(())), "it was not ready");
        match request.uri().path() {
            "/fails" => ready(Err("broken")),
            _ => ready(Ok(Response::new(Full::from(request.into_body())))),
        }
    }
}

const URL: &str = "https://api.github.example/user";

#[tokio::test(start_paused = true)]
async fn a_service_is_called_any_number_of_times_when_it_is_ready() {
    let transport = FromService::new(Shy { answers: Ok(()), polls_left: 3 });
    for _ in 0..2 {
        let sent = request(Method::PUT, URL);
        let body = sent.body().clone();
        assert_eq!(transport.send(sent).await.unwrap().into_body(), body);
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_never_ready_has_sent_nothing() {
    let transport = FromService::new(Shy { answers: Err("full"), polls_left: 1 });
    let error = transport.send(request(Method::PUT, URL)).await.unwrap_err();
    assert_eq!(error.phase(), Phase::NotSent);
    assert_eq!(error.to_string(), "the request was not sent to https://api.github.example");
}

#[tokio::test(start_paused = true)]
async fn a_service_that_fails_may_have_sent() {
    let transport = FromService::new(Shy { answers: Ok(()), polls_left: 0 });
    let url = "https://api.github.example/fails";
    let error = transport.send(request(Method::PUT, url)).await.unwrap_err();
    assert_eq!((error.phase(), error.is_unknown_outcome()), (Phase::MaybeSent, true));
    let error = transport.send(request(Method::GET, url)).await.unwrap_err();
    assert!(!error.is_unknown_outcome());
}

#[tokio::test(start_paused = true)]
async fn the_longest_body_can_be_set() {
    let length = request(Method::PUT, URL).body().len();
    for (limit, fits) in [(length, true), (length - 1, false)] {
        let transport = FromService::new(Shy { answers: Ok(()), polls_left: 0 }).max_body(limit);
        let answer = transport.clone().send(request(Method::PUT, URL)).await;
        assert_eq!(answer.is_err_and(|error| error.is_body_too_large()), !fits);
    }
}

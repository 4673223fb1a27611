//! Each fault, once and without end, under each method: for the client alone and for the whole stack.

use super::table::{Ends, Fault, arrives, faults};
use crate::server::{NO_CONTENT, Server, Step};
use crate::{client, request};
use bytes::Bytes;
use http::{Method, Response, Uri};
use octoseal_transport::{
    Authorize, Client, Error, Pacer, Pacing, Phase, Profile, Retried, Retry, RetryPolicy, Token,
    TokenProvider, Transport,
};
use std::time::Duration;
use tokio::time::{Instant, timeout};

pub(super) const METHODS: [Method; 3] = [Method::GET, Method::PUT, Method::POST];

/// Combines all layers, as the facade does.
pub(super) fn whole<P: TokenProvider>(
    url: &str,
    provider: P,
    policy: RetryPolicy,
    pacing: Pacing,
) -> (Retry<Authorize<Client, P>>, Pacer) {
    let uri: Uri = url.parse().unwrap();
    let origin = format!("{}://{}", uri.scheme_str().unwrap(), uri.authority().unwrap());
    let pacer = Pacer::new(pacing);
    let authorized = Authorize::new(client(), origin.parse().unwrap(), provider);
    (Retry::new(authorized, policy).paced(pacer.clone()), pacer)
}

pub(super) fn token() -> Option<Token> {
    Some(Token::new("ghp_canary").unwrap())
}

/// Sends a request through the whole stack with its defaults. It must end, and no request may remain in it.
pub(super) async fn send(method: Method, url: &str) -> (Result<Response<Bytes>, Error>, Duration) {
    let (stack, pacer) = whole(url, token(), RetryPolicy::default(), Profile::Fast.into());
    let started = Instant::now();
    // Seven times the pacer's max wait, at most.
    let sent = timeout(Duration::from_secs(8 * 3_600), stack.send(request(method, url))).await;
    let snapshot = pacer.snapshot();
    assert_eq!((snapshot.in_flight, snapshot.waiting, snapshot.wait), (0, 0, None));
    (sent.expect("it hangs"), started.elapsed())
}

/// Returns the status, or the phase of an error.
pub(super) fn outcome(result: &Result<Response<Bytes>, Error>) -> Result<u16, Phase> {
    result.as_ref().map(|response| response.status().as_u16()).map_err(Error::phase)
}

/// Returns the result of one attempt with this fault.
fn alone(ends: Ends) -> Result<u16, Phase> {
    match ends {
        Ends::Unanswered | Ends::Torn => Err(Phase::MaybeSent),
        Ends::CutShort | Ends::TooLong => Err(Phase::AnswerLost),
        Ends::Transient(status) | Ends::Limit(status, _) | Ends::Final(status) => Ok(status),
        Ends::AtHome(status) | Ends::Elsewhere(status) => Ok(status),
    }
}

#[tokio::test(start_paused = true)]
async fn the_client_reports_each_fault_by_its_phase_or_status() {
    for Fault { name, step, ends } in faults() {
        for method in METHODS {
            let server = Server::start([step]).await;
            let client = client();
            let sent = client.send(request(method.clone(), &server.url));
            let result = timeout(Duration::from_secs(60), sent).await.expect("it hangs");
            let is_early = matches!(ends, Ends::Torn) && outcome(&result) == Err(Phase::NotSent);
            assert!(is_early || outcome(&result) == alone(ends), "{method} {name}: {result:?}");
            if let Err(error) = result {
                assert_eq!(error.is_body_too_large(), matches!(ends, Ends::TooLong), "{name}");
                let is_unknown = method != Method::GET && error.phase() != Phase::NotSent;
                assert_eq!(error.is_unknown_outcome(), is_unknown, "{method} {name}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_single_fault_is_retried_or_reported() {
    for Fault { name, step, ends } in faults() {
        for method in METHODS {
            let server = Server::start([step, Step::Answer(NO_CONTENT)]).await;
            let (result, took) = send(method.clone(), &server.url).await;
            let is_again = method.is_idempotent();
            let expected = match ends {
                Ends::Limit(..) | Ends::AtHome(_) => Ok(204),
                Ends::Torn | Ends::Unanswered | Ends::CutShort | Ends::Transient(_) if is_again => Ok(204),
                Ends::Elsewhere(_) => Err(Phase::NotSent),
                ends => alone(ends),
            };
            let is_early = matches!(ends, Ends::Torn) && outcome(&result) == Ok(204);
            assert!(is_early || outcome(&result) == expected, "{method} {name}: {result:?}");
            let seen = usize::from(arrives(step)) + usize::from(is_early || retries(ends, is_again));
            assert_eq!(server.requests().len(), seen, "{method} {name}");
            let may_be_done = matches!(ends, Ends::Unanswered | Ends::CutShort);
            let is_marked = result.is_ok_and(|answer| answer.extensions().get::<Retried>().is_some());
            assert!(is_marked == (may_be_done && is_again) || !may_be_done, "{method} {name}");
            if let Ends::Limit(_, seconds) = ends {
                assert!(took.as_secs() >= seconds, "{method} {name}: {took:?}");
            }
        }
    }
}

fn retries(ends: Ends, is_again: bool) -> bool {
    match ends {
        Ends::Limit(..) | Ends::AtHome(_) => true,
        Ends::Torn | Ends::Unanswered | Ends::CutShort | Ends::Transient(_) => is_again,
        Ends::Final(_) | Ends::TooLong | Ends::Elsewhere(_) => false,
    }
}

#[tokio::test(start_paused = true)]
async fn a_permanent_fault_ends_within_the_limits() {
    for Fault { name, step, ends } in faults() {
        for method in METHODS {
            let server = Server::start([step; 32]).await;
            let (result, took) = send(method.clone(), &server.url).await;
            let expected = match ends {
                Ends::AtHome(_) | Ends::Elsewhere(_) => Err(Phase::NotSent),
                ends => alone(ends),
            };
            let is_early = matches!(ends, Ends::Torn) && outcome(&result) == Err(Phase::NotSent);
            assert!(is_early || outcome(&result) == expected, "{method} {name}: {result:?}");
            let is_redirect = matches!(ends, Ends::AtHome(_) | Ends::Elsewhere(_));
            assert_eq!(result.is_err_and(|error| error.is_redirect()), is_redirect, "{method} {name}");
            let (attempts, seconds) = match ends {
                Ends::Limit(..) => (7, 7 * 65 * 60),
                Ends::AtHome(_) => (4, 125),
                // The operation has time for at most four attempts of 30 s.
                ends if retries(ends, method.is_idempotent()) && took.as_secs() > 110 => (4, 125),
                ends if retries(ends, method.is_idempotent()) => (5, 125),
                _ => (1, 125),
            };
            let seen = if arrives(step) { attempts } else { 0 };
            assert_eq!(server.requests().len(), seen, "{method} {name}");
            assert!(took.as_secs() <= seconds, "{method} {name}: {took:?}");
        }
    }
}

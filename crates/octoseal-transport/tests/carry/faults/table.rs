//! Every observed fault of a server or a proxy before it, and its result.

mod answers;
mod limits;

use crate::server::{Step, UNAVAILABLE};

/// The result of an attempt with this fault, which decides the next step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ends {
    /// No answer. Idempotent requests are retried, and all others have an unknown outcome.
    Unanswered,
    /// No answer, but the loss may be noticed before anything is sent.
    Torn,
    /// The answer began and broke off. It counts as no answer.
    CutShort,
    /// An answer that may soon improve. Idempotent requests are retried.
    Transient(u16),
    /// A rate limit that lasts at least this number of seconds. Every method is retried.
    Limit(u16, u64),
    /// A final answer.
    Final(u16),
    /// An answer that is longer than the limit.
    TooLong,
    /// A redirect that is followed.
    AtHome(u16),
    /// A redirect that is refused.
    Elsewhere(u16),
}

pub(super) struct Fault {
    pub(super) name: &'static str,
    pub(super) step: Step,
    pub(super) ends: Ends,
}

/// Returns whether a request arrives completely at a server with this fault.
pub(super) fn arrives(step: Step) -> bool {
    !matches!(step, Step::ResetBeforeRequest | Step::ResetInsideRequest | Step::AnswerEarly(_))
}

pub(super) fn faults() -> Vec<Fault> {
    let all =
        [connections(), answers::bodies(), answers::heads(), limits::spans(), limits::hours(), redirects()];
    all.into_iter().flatten().map(|(name, step, ends)| Fault { name, step, ends }).collect()
}

type Row = (&'static str, Step, Ends);

fn connections() -> Vec<Row> {
    let page = "<html><h1>502 Bad Gateway</h1></html>";
    let page = answer(
        &format!("502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: {}", page.len()),
        page,
    );
    vec![
        ("a reset before the request", Step::ResetBeforeRequest, Ends::Torn),
        ("a reset inside the request", Step::ResetInsideRequest, Ends::Unanswered),
        ("a reset after the request", Step::ResetAfterRequest, Ends::Unanswered),
        ("an end without an answer", Step::CloseAfterRequest, Ends::Unanswered),
        ("no answer", Step::HangAfterRequest, Ends::Unanswered),
        ("a refusal before the body has come", Step::AnswerEarly(TOO_LARGE), Ends::Final(413)),
        ("a busy server", Step::Answer(UNAVAILABLE), Ends::Transient(503)),
        ("a page of a proxy", Step::Answer(page), Ends::Transient(502)),
        ("a server that timed out", Step::AnswerThenClose(GONE), Ends::Transient(408)),
    ]
}

fn redirects() -> Vec<Row> {
    let to = |status: u16, target: &str| {
        let step =
            Step::Answer(answer(&format!("{status} Moved\r\ncontent-length: 0\r\nlocation: {target}"), ""));
        (step, status)
    };
    let home = |name, (step, status)| (name, step, Ends::AtHome(status));
    let elsewhere = |name, (step, status)| (name, step, Ends::Elsewhere(status));
    vec![
        home("moved permanently", to(301, "/user?moved")),
        home("moved temporarily", to(307, "/user?moved")),
        home("moved permanently, method kept", to(308, "/user?moved")),
        home("a circle", to(302, "/user")),
        elsewhere("moved to another host", to(301, "http://127.0.0.2/user")),
        elsewhere("moved to another port", to(307, "http://127.0.0.1:1/user")),
        elsewhere("moved to another scheme", to(308, "https://127.0.0.1/user")),
        elsewhere("moved to cleartext elsewhere", to(301, "http://api.github.com/user")),
        elsewhere("moved to a login", to(302, "/login?return_to=%2F")),
        elsewhere("moved to nowhere", to(302, "")),
        elsewhere("moved to an invalid address", to(302, "http://[::")),
    ]
}

/// Formats a status line with headers, and a body.
fn answer(head: &str, body: &str) -> &'static str {
    format!("HTTP/1.1 {head}\r\n\r\n{body}").leak()
}

const TOO_LARGE: &str = "HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
const GONE: &str = "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

//! Every fault that a server, or what stands before it, was seen to make, and how it ends.

use crate::server::{Step, UNAVAILABLE};

/// How an attempt with this fault ends, and so what is done about it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ends {
    /// No answer: what is idempotent is sent again, and all else ends unknown.
    Unanswered,
    /// As before, but the loss may be noticed before anything is sent.
    Torn,
    /// The answer began: as without one.
    CutShort,
    /// An answer that may be a better one soon; what is idempotent is sent again.
    Transient(u16),
    /// A rate limit, which holds so many seconds at least; whatever the method, it is sent again.
    Limit(u16, u64),
    /// An answer, and that is it.
    Final(u16),
    /// An answer that is longer than we want it.
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

/// No request comes whole to a server that does this.
pub(super) fn arrives(step: Step) -> bool {
    !matches!(step, Step::ResetBeforeRequest | Step::ResetInsideRequest | Step::AnswerEarly(_))
}

pub(super) fn faults() -> Vec<Fault> {
    let all = [connections(), answers(), heads(), limits(), redirects()];
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
        ("a server that gave up waiting", Step::AnswerThenClose(GONE), Ends::Transient(408)),
    ]
}

fn answers() -> Vec<Row> {
    let long = answer("200 OK", &"x".repeat(1024 * 1024 + 1));
    let said = answer(&format!("200 OK\r\ncontent-length: {}", 1_u64 << 40), "x");
    vec![
        ("a body that stops", Step::AnswerThenHang(CUT), Ends::CutShort),
        ("a body that ends early", Step::AnswerThenClose(CUT), Ends::CutShort),
        ("a reset inside the body", Step::AnswerThenReset(CUT), Ends::CutShort),
        (
            "a body that trickles",
            Step::AnswerSlowly(answer("200 OK\r\ncontent-length: 900", &"x".repeat(900))),
            Ends::CutShort,
        ),
        ("a chunk that ends early", Step::AnswerThenClose(chunked("ff\r\nonly")), Ends::CutShort),
        ("no last chunk", Step::AnswerThenClose(chunked("2\r\nok\r\n")), Ends::CutShort),
        ("a chunk of no size", Step::AnswerThenHang(chunked("zz\r\nok\r\n0\r\n\r\n")), Ends::CutShort),
        ("a chunk of any size", Step::AnswerThenHang(chunked("ffffffffffffffffff\r\n")), Ends::CutShort),
        (
            "a length that is too small",
            Step::AnswerThenHang(answer("200 OK\r\ncontent-length: 2", "ok and more")),
            Ends::Final(200),
        ),
        ("a body that is too long", Step::AnswerThenClose(long), Ends::TooLong),
        ("a body that says it is too long", Step::AnswerThenClose(said), Ends::CutShort),
        (
            "a body where there is none",
            Step::AnswerThenHang(answer("204 No Content", "{}")),
            Ends::Final(204),
        ),
        ("an answer that nobody asked for", Step::AnswerThenHang(TWO), Ends::Final(200)),
        (
            "a token that is refused",
            Step::Answer("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n"),
            Ends::Final(401),
        ),
        (
            "a protocol that nobody asked for",
            Step::AnswerThenClose("HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n"),
            Ends::Final(101),
        ),
    ]
}

fn heads() -> Vec<Row> {
    let hint = "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";
    let hints = format!("{}HTTP/1.1 204 No Content\r\n\r\n", hint.repeat(100)).leak();
    let endless = format!("HTTP/1.1 204 No Content\r\nx: {}", "x".repeat(1024 * 1024)).leak();
    let lengths = answer("200 OK\r\ncontent-length: 2\r\ncontent-length: 3", "ok");
    vec![
        ("a head that stops", Step::AnswerThenHang("HTTP/1.1 20"), Ends::Unanswered),
        ("a head that ends early", Step::AnswerThenClose("HTTP/1.1 200 OK\r\ncontent-le"), Ends::Unanswered),
        (
            "a head that trickles",
            Step::AnswerSlowly(answer(&format!("200 OK\r\nx: {}", "x".repeat(400)), "")),
            Ends::Unanswered,
        ),
        ("a head of a mebibyte", Step::AnswerThenClose(endless), Ends::Unanswered),
        ("a hundred early hints", Step::Answer(hints), Ends::Final(204)),
        ("two lengths", Step::AnswerThenClose(lengths), Ends::Unanswered),
        (
            "a negative length",
            Step::AnswerThenClose(answer("200 OK\r\ncontent-length: -1", "ok")),
            Ends::Unanswered,
        ),
        (
            "a length beyond all numbers",
            Step::AnswerThenClose(answer("200 OK\r\ncontent-length: 99999999999999999999", "")),
            Ends::Unanswered,
        ),
        ("a status that is none", Step::AnswerThenClose(answer("99 What", "")), Ends::Unanswered),
        ("another protocol", Step::AnswerThenClose("220 mail ready\r\n\r\n"), Ends::Unanswered),
        ("bytes", Step::Bytes(b"\x16\x03\x01\0\xff\xfe\x80garbage\0\n\n"), Ends::Unanswered),
    ]
}

fn limits() -> Vec<Row> {
    let too_many = |rest: &str| Step::Answer(answer(&format!("429 Slow\r\ncontent-length: 0\r\n{rest}"), ""));
    let forbidden = |rest: &str| {
        Step::Answer(answer(&format!("403 No\r\ncontent-length: {}\r\n{rest}", SPENT.len()), SPENT))
    };
    let unavailable =
        |rest: &str| Step::Answer(answer(&format!("503 No\r\ncontent-length: 0\r\n{rest}"), ""));
    let hour = "x-ratelimit-limit: 5000\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: ";
    let cut = "content-length: 100\r\nretry-after: 7";
    vec![
        (
            "a limit that breaks off",
            Step::AnswerThenClose(answer(&format!("429 Slow\r\n{cut}"), "x")),
            Ends::Limit(429, 7),
        ),
        (
            "a 403 of a limit that breaks off",
            Step::AnswerThenClose(answer(&format!("403 No\r\n{cut}"), "x")),
            Ends::Limit(403, 7),
        ),
        (
            "a fault that breaks off",
            Step::AnswerThenClose(answer(&format!("503 No\r\n{cut}"), "x")),
            Ends::Transient(503),
        ),
        (
            "a refusal that breaks off",
            Step::AnswerThenClose(answer("403 No\r\ncontent-length: 100", "x")),
            Ends::CutShort,
        ),
        ("a limit for 0 s", too_many("retry-after: 0"), Ends::Limit(429, 60)),
        ("a limit for -1 s", too_many("retry-after: -1"), Ends::Limit(429, 60)),
        ("a limit for 7 s", too_many("retry-after: 7"), Ends::Limit(429, 7)),
        ("a limit for 31 years", too_many("retry-after: 1000000000"), Ends::Final(429)),
        (
            "a limit for longer than numbers go",
            too_many("retry-after: 99999999999999999999"),
            Ends::Limit(429, 60),
        ),
        (
            "a limit until a date",
            too_many(&format!("date: {NOON}\r\nretry-after: {LATER}")),
            Ends::Limit(429, 90),
        ),
        (
            "a limit until a date that is over",
            too_many(&format!("date: {LATER}\r\nretry-after: {NOON}")),
            Ends::Limit(429, 60),
        ),
        (
            "an hour that is spent",
            forbidden(&format!("date: {NOON}\r\n{hour}1795435290")),
            Ends::Limit(403, 90),
        ),
        (
            "an hour by a clock that is late",
            forbidden(&format!("date: {EARLIER}\r\n{hour}1795431690")),
            Ends::Limit(403, 90),
        ),
        (
            "an hour by a clock that is early",
            forbidden(&format!("date: {AT_ONE}\r\n{hour}1795438890")),
            Ends::Limit(403, 90),
        ),
        (
            "an hour that is over",
            forbidden(&format!("date: {NOON}\r\n{hour}1795435000")),
            Ends::Limit(403, 60),
        ),
        ("an hour without a clock", forbidden(&format!("{hour}1795435290")), Ends::Limit(403, 60)),
        (
            "an hour that never ends",
            forbidden(&format!("date: {NOON}\r\n{hour}18446744073709551615")),
            Ends::Limit(403, 60),
        ),
        ("a fault that lasts 3 s", unavailable("retry-after: 3"), Ends::Transient(503)),
        ("a fault that lasts 31 years", unavailable("retry-after: 1000000000"), Ends::Final(503)),
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
        home("moved for good", to(301, "/repositories/1")),
        home("moved for now", to(307, "/repositories/1")),
        home("moved for good, method kept", to(308, "/repositories/1")),
        home("a circle", to(302, "/user")),
        elsewhere("moved to another host", to(301, "http://127.0.0.2/user")),
        elsewhere("moved to another port", to(307, "http://127.0.0.1:1/user")),
        elsewhere("moved to another scheme", to(308, "https://127.0.0.1/user")),
        elsewhere("moved to cleartext elsewhere", to(301, "http://api.github.com/user")),
        elsewhere("moved to nowhere", to(302, "")),
        elsewhere("moved to what is no address", to(302, "http://[::")),
    ]
}

/// A status line with headers, and a body.
fn answer(head: &str, body: &str) -> &'static str {
    format!("HTTP/1.1 {head}\r\n\r\n{body}").leak()
}

fn chunked(body: &str) -> &'static str {
    answer("200 OK\r\ntransfer-encoding: chunked", body)
}

const CUT: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this";
const TWO: &str =
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 418 Smuggled\r\ncontent-length: 0\r\n\r\n";
const TOO_LARGE: &str = "HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
const GONE: &str = "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const SPENT: &str = r#"{"message":"API rate limit exceeded for user ID 1."}"#;
/// 1,795,435,200 s after 1970.
const NOON: &str = "Mon, 23 Nov 2026 12:00:00 GMT";
const LATER: &str = "Mon, 23 Nov 2026 12:01:30 GMT";
const EARLIER: &str = "Mon, 23 Nov 2026 11:00:00 GMT";
const AT_ONE: &str = "Mon, 23 Nov 2026 13:00:00 GMT";

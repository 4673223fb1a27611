//! Heads and bodies that are truncated, late, too long, or missing.

use super::{Ends, Row, answer};
use crate::server::Step;

pub(super) fn bodies() -> Vec<Row> {
    let long = answer("200 OK", &"x".repeat(1024 * 1024 + 1));
    let announced = answer(&format!("200 OK\r\ncontent-length: {}", 1_u64 << 40), "x");
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
        (
            "a refusal that breaks off",
            Step::AnswerThenClose(answer("403 No\r\ncontent-length: 100", "x")),
            Ends::CutShort,
        ),
        ("no last chunk", Step::AnswerThenClose(chunked("2\r\nok\r\n")), Ends::CutShort),
        ("a chunk of no size", Step::AnswerThenHang(chunked("zz\r\nok\r\n0\r\n\r\n")), Ends::CutShort),
        ("a chunk of any size", Step::AnswerThenHang(chunked("ffffffffffffffffff\r\n")), Ends::CutShort),
        (
            "a length that is too small",
            Step::AnswerThenHang(answer("200 OK\r\ncontent-length: 2", "ok and more")),
            Ends::Final(200),
        ),
        ("a body that is too long", Step::AnswerThenClose(long), Ends::TooLong),
        ("a body whose length is too long", Step::AnswerThenClose(announced), Ends::CutShort),
        (
            "a body after a status without one",
            Step::AnswerThenHang(answer("204 No Content", "{}")),
            Ends::Final(204),
        ),
        ("an unexpected answer", Step::AnswerThenHang(TWO), Ends::Final(200)),
        (
            "a token that is refused",
            Step::Answer("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n"),
            Ends::Final(401),
        ),
        (
            "an unexpected protocol",
            Step::AnswerThenClose("HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n"),
            Ends::Final(101),
        ),
    ]
}

pub(super) fn heads() -> Vec<Row> {
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
        ("an invalid status", Step::AnswerThenClose(answer("99 What", "")), Ends::Unanswered),
        ("another protocol", Step::AnswerThenClose("220 mail ready\r\n\r\n"), Ends::Unanswered),
        ("bytes", Step::Bytes(b"\x16\x03\x01\0\xff\xfe\x80garbage\0\n\n"), Ends::Unanswered),
    ]
}

fn chunked(body: &str) -> &'static str {
    answer("200 OK\r\ntransfer-encoding: chunked", body)
}

const CUT: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this";
const TWO: &str =
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 418 Smuggled\r\ncontent-length: 0\r\n\r\n";

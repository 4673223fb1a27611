//! Limits and faults with every valid and invalid duration.

use super::{Ends, Row, answer};
use crate::server::Step;

/// Lists durations and dates of waits.
pub(super) fn spans() -> Vec<Row> {
    let over = format!("{NOON}\r\ndate: {LATER}");
    let until = format!("{LATER}\r\ndate: {NOON}");
    let rows = [
        ("a limit for 0 s", 429, "0", Ends::Limit(429, 60)),
        ("a limit for -1 s", 429, "-1", Ends::Limit(429, 60)),
        ("a limit for 7 s", 429, "7", Ends::Limit(429, 7)),
        ("a limit for 31 years", 429, "1000000000", Ends::Final(429)),
        ("a limit for longer than numbers go", 429, "99999999999999999999", Ends::Limit(429, 60)),
        ("a limit until a date", 429, &until, Ends::Limit(429, 90)),
        ("a limit until a date that is over", 429, &over, Ends::Limit(429, 60)),
        ("a limit that forbids", 403, "7", Ends::Limit(403, 7)),
        ("a fault that lasts 3 s", 503, "3", Ends::Transient(503)),
        ("a fault that lasts 31 years", 503, "1000000000", Ends::Final(503)),
        ("a limit that breaks off", 429, "7\r\ncontent-length: 100", Ends::Limit(429, 7)),
        ("a limit that forbids and breaks off", 403, "7\r\ncontent-length: 100", Ends::Limit(403, 7)),
        ("a fault that breaks off", 503, "3\r\ncontent-length: 100", Ends::Transient(503)),
    ];
    let row = |(name, status, span, ends): (_, u16, &str, _)| {
        (name, Step::AnswerThenClose(answer(&format!("{status} No\r\nretry-after: {span}"), "")), ends)
    };
    rows.into_iter().map(row).collect()
}

/// Lists answers after the hourly limit, with clocks that are right, late, early, or missing.
pub(super) fn hours() -> Vec<Row> {
    let rows = [
        ("an hour that is used up", NOON, 1_795_435_290, 90),
        ("an hour by a clock that is late", EARLIER, 1_795_431_690, 90),
        ("an hour by a clock that is early", AT_ONE, 1_795_438_890, 90),
        ("an hour that is over", NOON, 1_795_435_000, 60),
        ("an hour without a clock", "", 1_795_435_290, 60),
        ("an hour that never ends", NOON, u64::MAX, 60),
    ];
    let row = |(name, date, reset, seconds): (_, &str, u64, u64)| {
        let head = format!(
            "403 No\r\ncontent-length: {}\r\ndate: {date}\r\nx-ratelimit-limit: 5000\r\n\
             x-ratelimit-remaining: 0\r\nx-ratelimit-reset: {reset}",
            SPENT.len()
        );
        (name, Step::Answer(answer(&head, SPENT)), Ends::Limit(403, seconds))
    };
    rows.into_iter().map(row).collect()
}

const SPENT: &str = r#"{"message":"API rate limit exceeded for user ID 1."}"#;
/// This is 1,795,435,200 s after 1970.
const NOON: &str = "Mon, 23 Nov 2026 12:00:00 GMT";
const LATER: &str = "Mon, 23 Nov 2026 12:01:30 GMT";
const EARLIER: &str = "Mon, 23 Nov 2026 11:00:00 GMT";
const AT_ONE: &str = "Mon, 23 Nov 2026 13:00:00 GMT";

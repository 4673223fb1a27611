//! Rate limits in answers, their length, and other refusals.

use bytes::Bytes;
use http::Response;
use octoseal_transport::{LimitKind, RateLimit};
use proptest::prelude::*;

const DATE: &str = "Mon, 23 Nov 2026 07:00:00 GMT";
const SECONDS: u64 = 1_795_417_200;

fn answer(status: u16, headers: &[(&str, &str)], body: &'static str) -> Response<Bytes> {
    let mut builder = Response::builder().status(status).header("date", DATE);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(Bytes::from_static(body.as_bytes())).unwrap()
}

fn limit(status: u16, headers: &[(&str, &str)], body: &'static str) -> Option<(LimitKind, Option<u64>)> {
    let limit = RateLimit::of(&answer(status, headers, body))?;
    Some((limit.kind, limit.wait.map(|wait| wait.as_secs())))
}

#[test]
fn a_refusal_for_permissions_is_no_limit() {
    let permission = r#"{"message":"Resource not accessible by integration"}"#;
    assert_eq!(limit(403, &[], permission), None);
    // The last request of the hour, without permission.
    assert_eq!(limit(403, &[("x-ratelimit-remaining", "0")], permission), None);
    for status in [200, 201, 404, 422, 503] {
        assert_eq!(limit(status, &[("retry-after", "5"), ("x-ratelimit-remaining", "0")], ""), None);
    }
}

#[test]
fn the_hour_is_used_up_until_its_reset_by_githubs_clock() {
    let reset = (SECONDS + 90).to_string();
    let headers = [
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-limit", "5000"),
        ("x-ratelimit-reset", reset.as_str()),
    ];
    let body = r#"{"message":"API rate limit exceeded for user ID 1."}"#;
    assert_eq!(limit(403, &headers, body), Some((LimitKind::Primary, Some(90))));
    assert_eq!(limit(429, &headers, ""), Some((LimitKind::Primary, Some(90))));
    let past = (SECONDS - 1).to_string();
    let headers = [headers[0], headers[1], ("x-ratelimit-reset", past.as_str())];
    assert_eq!(limit(429, &headers, ""), Some((LimitKind::Primary, None)));
}

#[test]
fn secondary_limits_are_detected_by_header_message_or_page() {
    let words = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    let page = "https://docs.github.com/rest/overview/resources-in-the-rest-api#secondary-rate-limits";
    let old = "You have triggered an abuse detection mechanism.";
    for body in [words, page, old] {
        assert_eq!(limit(403, &[], body), Some((LimitKind::Secondary, None)));
    }
    assert_eq!(limit(403, &[("retry-after", "60")], "{}"), Some((LimitKind::Secondary, Some(60))));
    let content =
        "You have exceeded a secondary rate limit and have been temporarily blocked from content creation.";
    assert_eq!(limit(403, &[("retry-after", "60")], content), Some((LimitKind::Content, Some(60))));
    // A secondary limit in the last request of the hour: the message decides.
    let spent =
        [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1795420000"), ("x-ratelimit-limit", "1")];
    assert_eq!(limit(403, &spent, words), Some((LimitKind::Secondary, None)));
}

#[test]
fn invalid_waits_are_ignored_and_long_ones_end_after_a_day() {
    for (text, wait) in [
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("1.5", None),
        ("1000000000", Some(86_400)),
        ("18446744073709551616", None),
        ("Mon, 23 Nov 2026 07:02:00 GMT", Some(120)),
        ("Mon, 23 Nov 2026 06:59:00 GMT", None),
    ] {
        assert_eq!(limit(429, &[("retry-after", text)], ""), Some((LimitKind::Secondary, wait)), "{text}");
    }
}

proptest! {
    #[test]
    fn no_answer_makes_it_panic_or_wait_more_than_a_day(
        status in 100_u16..600,
        headers in proptest::collection::vec((0_usize..6, "[ -~]{0,30}|[0-9]{1,25}"), 0..8),
        body in "[ -~]{0,80}",
    ) {
        const NAMES: [&str; 6] = ["retry-after", "date", "x-ratelimit-limit", "x-ratelimit-remaining",
            "x-ratelimit-reset", "x-ratelimit-resource"];
        let mut builder = Response::builder().status(status);
        for (name, value) in &headers {
            builder = builder.header(NAMES[*name], value);
        }
        let limit = RateLimit::of(&builder.body(Bytes::from(body)).unwrap());
        prop_assert!(limit.is_none() || status == 403 || status == 429);
        prop_assert!(limit.and_then(|limit| limit.wait).is_none_or(|wait| wait.as_secs() <= 86_400));
    }
}

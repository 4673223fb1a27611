//! A text is redacted in an answer in any spelling.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::Response;
use octoseal_transport::redact;

const TOKEN: &str = "ghp_abc+/def0123456789?>~~";

fn redacted(body: &str) -> String {
    let answer = Response::builder().header("x-echo", body).body(Bytes::from(body.to_owned())).unwrap();
    let answer = redact(answer, &["short", TOKEN], "(it)");
    assert_eq!(answer.headers()["x-echo"].as_bytes(), &answer.body()[..]);
    String::from_utf8(answer.body().to_vec()).unwrap()
}

fn each(escape: impl Fn(char) -> String) -> String {
    TOKEN.chars().map(escape).collect()
}

#[test]
fn every_spelling_of_a_text_is_found() {
    let odd = |c: char| !c.is_ascii_alphanumeric();
    let spelled = [
        TOKEN.to_owned(),
        each(|c| format!("\\u{:04x}", u32::from(c))),
        each(|c| if odd(c) { format!("\\u{:04X}", u32::from(c)) } else { c.into() }),
        each(|c| if odd(c) { format!("\\\\u{:04x}", u32::from(c)) } else { c.into() }),
        each(|c| if c == '/' { "\\/".to_owned() } else { c.into() }),
        each(|c| format!("%{:02X}", u32::from(c))),
        each(|c| if odd(c) { format!("%{:02x}", u32::from(c)) } else { c.into() }),
        each(|c| if odd(c) { format!("%25{:02x}", u32::from(c)) } else { c.into() }),
        each(|c| if odd(c) { format!("&#{};", u32::from(c)) } else { c.into() }),
        each(|c| if odd(c) { format!("&#x{:X};", u32::from(c)) } else { c.into() }),
    ];
    for spelling in spelled {
        assert_eq!(redacted(&format!("a {spelling}{spelling} b")), "a (it)(it) b", "{spelling}");
    }
}

#[test]
fn base64_of_a_text_is_found_at_every_offset() {
    for before in ["", "a", "ab", "abc", "Bearer ", "user:"] {
        for after in ["", "x", "xy", "xyz"] {
            let text = format!("{before}{TOKEN}{after}");
            for encoded in [STANDARD.encode(&text), URL_SAFE_NO_PAD.encode(&text)] {
                let clean = redacted(&encoded);
                assert!(clean.contains("(it)"), "{text}");
                // At each end a character can remain that has less than a byte of it.
                assert!(
                    clean.len() <= "(it)".len() + (before.len() + after.len()).div_ceil(3) * 4 + 4,
                    "{clean}"
                );
            }
        }
    }
}

#[test]
fn everything_else_stays() {
    let cut = &TOKEN[..TOKEN.len() - 1];
    for text in [
        "",
        "short",
        cut,
        "ghp_abc%2",
        "ghp_abc\\",
        "ghp_abc&#",
        "%",
        "%25%25",
        "\\\\\\",
        "\\u00",
        "&#x;",
        "&#99999999;",
    ] {
        assert_eq!(redacted(text), text);
    }
}

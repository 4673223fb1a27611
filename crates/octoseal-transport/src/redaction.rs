//! Redaction of texts in a server's answers, in any spelling.

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{HeaderValue, Response};
use zeroize::Zeroizing;

/// Replaces texts in the body and in the headers of an answer with `instead`.
///
/// Some gateways repeat a request in their errors, and escape the repeated text. So a text is found
/// unchanged, with characters escaped as in JSON (`\u005f`, `\/`), in a URL (`%5F`) or in HTML (`&#95;`), and
/// in base64. Texts shorter than
///
/// # Examples
///
/// bytes stay, since they could occur by chance.
///
/// ```
/// use bytes::Bytes;
/// use http::Response;
///
/// let answer = Response::new(Bytes::from_static(br#"{"message":"Bearer ghp\u005f0123456789abcdef"}"#));
/// let answer = octoseal_transport::redact(answer, &["ghp_0123456789abcdef"], "(the token)");
/// assert_eq!(answer.body(), r#"{"message":"Bearer (the token)"}"#);
/// ```
#[must_use]
pub fn redact(mut response: Response<Bytes>, texts: &[&str], instead: &str) -> Response<Bytes> {
    for text in texts.iter().filter(|text| text.len() >= MIN_REDACTED) {
        let spellings = spellings(text.as_bytes());
        for value in response.headers_mut().values_mut() {
            if let Some(clean) = without(value.as_bytes(), &spellings, instead) {
                *value = HeaderValue::from_bytes(&clean).unwrap_or(HeaderValue::from_static("(redacted)"));
            }
        }
        if let Some(clean) = without(response.body(), &spellings, instead) {
            *response.body_mut() = clean.into();
        }
    }
    response
}

type Spelling = Zeroizing<Vec<u8>>;

/// Returns the text itself, and its base64 in both alphabets at every offset within a longer text.
fn spellings(text: &[u8]) -> Vec<Spelling> {
    let base64 = (0..3)
        .flat_map(|before| [STANDARD_NO_PAD, URL_SAFE_NO_PAD].map(|engine| base64(text, before, engine)));
    let mut spellings = vec![Zeroizing::new(text.to_vec())];
    spellings.extend(base64);
    spellings.dedup();
    spellings
}

/// Returns the base64 characters that depend on the text alone, after `before` other bytes: six bits each.
fn base64(text: &[u8], before: usize, engine: GeneralPurpose) -> Spelling {
    let all = Zeroizing::new([&[0; 3][..before], text].concat());
    let encoded = Zeroizing::new(engine.encode(&*all));
    Zeroizing::new(encoded.as_bytes()[(8 * before).div_ceil(6)..8 * all.len() / 6].to_vec())
}

/// Replaces the spellings in the text. `None` if it has none of them.
fn without(text: &[u8], spellings: &[Spelling], instead: &str) -> Option<Vec<u8>> {
    let mut clean: Option<Vec<u8>> = None;
    let (mut at, mut kept) = (0, 0);
    while at < text.len() {
        let found = spellings.iter().find_map(|spelling| length(&text[at..], spelling));
        let Some(length) = found else {
            at += 1;
            continue;
        };
        let clean = clean.get_or_insert_default();
        clean.extend_from_slice(&text[kept..at]);
        clean.extend_from_slice(instead.as_bytes());
        at += length;
        kept = at;
    }
    let mut clean = clean?;
    clean.extend_from_slice(&text[kept..]);
    Some(clean)
}

/// Returns the length of the spelling at the beginning of a text, if it is there.
fn length(text: &[u8], spelling: &[u8]) -> Option<usize> {
    if text.len() < spelling.len() {
        return None;
    }
    spelling.iter().try_fold(0, |at, byte| Some(at + escaped(&text[at..], *byte)?))
}

/// Returns the length of the byte at the beginning of a text, unchanged or escaped.
fn escaped(text: &[u8], byte: u8) -> Option<usize> {
    match text.first()? {
        first if *first == byte => Some(1),
        b'\\' => {
            // A text in JSON within JSON has more than one backslash.
            let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
            let code = text.get(slashes + 1..slashes + 5).and_then(|digits| number(digits, 16));
            match text.get(slashes)? {
                b'u' if code == Some(byte.into()) => Some(slashes + 5),
                next => (*next == byte).then_some(slashes + 1),
            }
        }
        b'%' => {
            // An escaped percent sign is 25.
            let again = text[1..].chunks_exact(2).take_while(|digits| *digits == b"25").count();
            let end = 3 + 2 * again;
            (number(text.get(end - 2..end)?, 16)? == u32::from(byte)).then_some(end)
        }
        b'&' => {
            let digits = text.strip_prefix(b"&#")?;
            let end = digits.iter().take(8).position(|byte| *byte == b';')?;
            let code = match &digits[..end] {
                [b'x' | b'X', hexadecimal @ ..] => number(hexadecimal, 16),
                decimal => number(decimal, 10),
            };
            (code == Some(byte.into())).then_some(end + 3)
        }
        _ => None,
    }
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}

/// GitHub's tokens have 40 characters or more, its key ids 18.
const MIN_REDACTED: usize = 16;

//! The words that must appear nowhere.

/// The token.
pub(crate) const TOKEN: &str = "ghp_CanaryTokenCanaryTokenCanaryToken42";
/// The token of the GitHub CLI's stand-in.
pub(crate) const GH_TOKEN: &str = "gho_CanaryOfGhCanaryOfGhCanaryOfGhCan43";
/// The value of a secret.
pub(crate) const VALUE: &str = "CanaryValue7f3a9c51e0d24b68";

pub(crate) const ALL: [&str; 3] = [TOKEN, GH_TOKEN, VALUE];

/// Returns the canary that the bytes hold: as it is, in another case, in hexadecimal digits or in base64.
pub(crate) fn found_in(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes);
    let lower = text.to_ascii_lowercase();
    ALL.into_iter().find(|canary| {
        let plain = [canary.to_ascii_lowercase(), hex(canary)];
        plain.iter().any(|form| lower.contains(form))
            || in_base64(canary).iter().any(|form| text.contains(form))
    })
}

pub(crate) fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the base64 that every text with the canary contains: one text for each of the three alignments.
fn in_base64(canary: &str) -> [String; 3] {
    [0, 1, 2].map(|before| {
        let encoded = base64(&format!("{}{canary}", "x".repeat(before)));
        let (start, end) = ([0, 2, 3][before], encoded.trim_end_matches('=').len());
        encoded[start..end - 1].to_owned()
    })
}

pub(crate) fn base64(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let digit = ALPHABET[(bits >> (18 - 6 * at) & 63) as usize];
            encoded.push(if at <= chunk.len() as u32 { char::from(digit) } else { '=' });
        }
    }
    encoded
}

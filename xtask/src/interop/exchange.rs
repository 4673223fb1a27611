//! All exchanges between our programs and those of one language, each counted as right or told as wrong.

use super::cases::{BAD_KEYS, Case, GUIDE_KEYS};
use super::language::{KeyPair, Language};
use super::tally::{Column, Tally};
use std::process::Output;

/// The bytes that sealing adds to a value.
const OVERHEAD: usize = 48;

/// Both directions for every value, then the guide's keys, then what must be refused.
pub(super) fn all(ours: &Language, theirs: &Language, pair: &KeyPair, cases: &[Case]) -> Tally {
    let mut tally = Tally::new(theirs);
    for case in cases {
        tally.count(Column::TheySeal, &case.name, exchange(theirs, ours, pair, case));
        tally.count(Column::TheyOpen, &case.name, exchange(ours, theirs, pair, case));
    }
    for key in GUIDE_KEYS {
        let sealed = seal(theirs, key, b"plain-text-secret").map(drop);
        tally.count(Column::GuideKeys, &format!("sealing to {key}"), sealed);
    }
    for (name, key) in BAD_KEYS {
        let refused =
            theirs.seal(key, b"plain-text-secret").and_then(|output| refusal(&output, "not sealed: "));
        tally.count(Column::Refusals, name, refused);
    }
    tally.count(Column::Refusals, "a changed box", changed_box(ours, theirs, pair));
    tally
}

/// One language seals, the other opens, and the value is the same.
fn exchange(sealer: &Language, opener: &Language, pair: &KeyPair, case: &Case) -> Result<(), String> {
    let sealed = seal(sealer, &pair.public, &case.value)?;
    let output = opener.open(&pair.secret, &sealed)?;
    let opened =
        success(output).map_err(|error| format!("{} does not open the box: {error}", opener.name))?;
    if opened == case.value {
        return Ok(());
    }
    let same = opened.iter().zip(&case.value).take_while(|(one, other)| one == other).count();
    Err(format!(
        "{} bytes were sealed, {} came out of the box, and they differ from byte {same} on",
        case.value.len(),
        opened.len()
    ))
}

/// Seals, and checks that what was printed can be a box of this value: standard base64 of the right length.
fn seal(sealer: &Language, key: &str, value: &[u8]) -> Result<String, String> {
    let printed = success(sealer.seal(key, value)?).map_err(|error| format!("does not seal: {error}"))?;
    let text = String::from_utf8(printed).map_err(|_| "what was printed is not text".to_owned())?;
    let sealed = text.strip_suffix('\n').unwrap_or(&text).trim_end_matches('\r');
    let expected = (value.len() + OVERHEAD).div_ceil(3) * 4;
    if sealed.len() != expected {
        return Err(format!("the box has {} base64 characters instead of {expected}", sealed.len()));
    }
    let standard = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
    if !sealed.trim_end_matches('=').chars().all(standard) {
        return Err("the box is not in standard base64".to_owned());
    }
    Ok(sealed.to_owned())
}

fn changed_box(ours: &Language, theirs: &Language, pair: &KeyPair) -> Result<(), String> {
    let mut sealed = seal(ours, &pair.public, b"plain-text-secret")?;
    // Behind the ephemeral key, so that the authenticator is what finds it.
    let other = if sealed[60..].starts_with('A') { "B" } else { "A" };
    sealed.replace_range(60..61, other);
    refusal(&theirs.open(&pair.secret, &sealed)?, "not opened: ")
}

fn success(output: Output) -> Result<Vec<u8>, String> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(format!("it ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim()))
}

/// A refusal ends with exit code 1, says why in one line, and prints nothing that could be taken for a result.
fn refusal(output: &Output, beginning: &str) -> Result<(), String> {
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.code() != Some(1) {
        return Err(format!("must be refused with exit code 1, but it ended with {}: {said}", output.status));
    }
    if !output.stdout.is_empty() {
        return Err("was refused, but something was printed all the same".to_owned());
    }
    if !said.starts_with(beginning) || said.trim_end().lines().count() != 1 {
        return Err(format!(
            "must be refused in one line that begins with `{beginning}`, but it said: {said}"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::ExitStatus;

    fn output(code: i32, stdout: &str, stderr: &str) -> Output {
        Output { status: ExitStatus::from_raw(code << 8), stdout: stdout.into(), stderr: stderr.into() }
    }

    #[test]
    fn a_refusal_is_one_line_and_code_1_and_no_result() {
        assert_eq!(refusal(&output(1, "", "not sealed: the key is short\n"), "not sealed: "), Ok(()));
        for wrong in [
            output(0, "", "not sealed: x\n"),
            output(2, "", "not sealed: x\n"),
            output(1, "AAAA\n", "not sealed: x\n"),
            output(1, "", "Traceback\nValueError: x\n"),
            output(1, "", ""),
        ] {
            assert!(refusal(&wrong, "not sealed: ").is_err(), "{wrong:?}");
        }
    }
}

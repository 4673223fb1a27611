//! All exchanges between the programs of this workspace and those of one language.

use super::cases::{BAD_KEYS, Case, GUIDE_KEYS};
use super::language::{KeyPair, Language};
use super::results::{Column, Results};
use std::process::Output;

/// The number of bytes that sealing adds to a value.
const OVERHEAD: usize = 48;

/// Seals and opens every value in both directions, seals to the guide's keys, and tries invalid input.
pub(super) fn all(ours: &Language, theirs: &Language, keys: &KeyPair, cases: &[Case]) -> Results {
    let mut results = Results::new(theirs);
    for case in cases {
        results.count(Column::TheySeal, &case.name, exchange(theirs, ours, keys, case));
        results.count(Column::TheyOpen, &case.name, exchange(ours, theirs, keys, case));
    }
    for key in GUIDE_KEYS {
        let sealed = seal(theirs, key, b"plain-text-secret").map(drop);
        results.count(Column::GuideKeys, &format!("sealing to {key}"), sealed);
    }
    for (name, key) in BAD_KEYS {
        let refused =
            theirs.seal(key, b"plain-text-secret").and_then(|output| refusal(&output, "not sealed: "));
        results.count(Column::Refusals, name, refused);
    }
    results.count(Column::Refusals, "a changed box", changed_box(ours, theirs, keys));
    results
}

/// Lets one language seal and the other open the same value.
fn exchange(sealer: &Language, opener: &Language, keys: &KeyPair, case: &Case) -> Result<(), String> {
    let sealed = seal(sealer, &keys.public, &case.value)?;
    let opened = success(opener.open(&keys.secret, &sealed)?)
        .map_err(|error| format!("{} cannot open the box: {error}", opener.name))?;
    if opened == case.value {
        return Ok(());
    }
    let same = opened.iter().zip(&case.value).take_while(|(one, other)| one == other).count();
    let (before, after) = (case.value.len(), opened.len());
    Err(format!("{before} bytes were sealed, {after} were opened; they differ from byte {same} on"))
}

/// Seals, and checks that the output is standard base64 of the right length.
fn seal(sealer: &Language, key: &str, value: &[u8]) -> Result<String, String> {
    let printed = success(sealer.seal(key, value)?).map_err(|error| format!("cannot seal: {error}"))?;
    let text = String::from_utf8(printed).map_err(|_| "the output is not text".to_owned())?;
    let sealed = text.strip_suffix('\n').unwrap_or(&text).trim_end_matches('\r');
    let expected = (value.len() + OVERHEAD).div_ceil(3) * 4;
    if sealed.len() != expected {
        return Err(format!("the box has {} base64 characters instead of {expected}", sealed.len()));
    }
    let standard = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
    match sealed.trim_end_matches('=').chars().all(standard) {
        true => Ok(sealed.to_owned()),
        false => Err("the box is not in standard base64".to_owned()),
    }
}

fn changed_box(ours: &Language, theirs: &Language, keys: &KeyPair) -> Result<(), String> {
    let mut sealed = seal(ours, &keys.public, b"plain-text-secret")?;
    // After the ephemeral key, so that the authenticator detects the change.
    let other = if sealed[60..].starts_with('A') { "B" } else { "A" };
    sealed.replace_range(60..61, other);
    refusal(&theirs.open(&keys.secret, &sealed)?, "not opened: ")
}

fn success(output: Output) -> Result<Vec<u8>, String> {
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim())),
    }
}

/// Checks that a program refused its input: exit code 1, one line with the reason, no output.
fn refusal(output: &Output, beginning: &str) -> Result<(), String> {
    let stderr = String::from_utf8_lossy(&output.stderr);
    if output.status.code() != Some(1) {
        return Err(format!("the exit code must be 1: {}: {stderr}", output.status));
    }
    if !output.stdout.is_empty() {
        return Err("the input was refused, but there is output".to_owned());
    }
    match stderr.starts_with(beginning) && stderr.trim_end().lines().count() == 1 {
        true => Ok(()),
        false => Err(format!("the refusal must be one line that begins with `{beginning}`: {stderr}")),
    }
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
    fn a_refusal_has_exit_code_1_one_line_and_no_output() {
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

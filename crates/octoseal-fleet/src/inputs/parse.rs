//! The steps from a text to its entries: checks of the whole text, the parser of its format, and the filters.

use super::entry::Entries;
use super::error::InputErrors;
use super::fault::Fault;
use super::format::Format;
use super::limits::{MAX_ENTRIES, MAX_INPUT_BYTES};
use super::member::{Member, Place};
use super::settings::Settings;
use super::{choose, ciphertext, dotenv, json, toml, yaml};

/// Reads a text: every value that the settings select, with its name at GitHub.
///
/// # Errors
///
/// All errors of the text. Only the first one is reported for a TOML text above 1 MB, and for a JSON or YAML
/// text with a syntax error. No error has a byte of a value. A text without a value is an error, so that the
/// empty output of a failed program is not mistaken for success.
///
/// # Examples
///
/// ```
/// use octoseal_fleet::inputs::{Format, Settings, parse};
///
/// let text = br#"{"data": {"data": {"npm": "s3cr3t", "port": 5432}}}"#;
/// let settings = Settings::new().at("/data/data".parse()?).prefix("CI_").stringify(true);
/// let entries = parse(Format::Json, text, &settings)?;
/// let names: Vec<_> = entries.secrets.iter().map(|entry| entry.name.as_str()).collect();
/// assert_eq!(names, ["CI_NPM", "CI_PORT"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse(format: Format, text: &[u8], settings: &Settings) -> Result<Entries, InputErrors> {
    let result = parse_text(format, text, settings);
    wipe_stack();
    result
}

/// Overwrites the part of the stack in which the readers leave pieces of values.
///
/// Rust promises nothing of dead stack memory; `tests/memory` looks whether it works.
#[inline(never)]
fn wipe_stack() {
    std::hint::black_box(&mut [0_u8; 64 * 1024]);
}

#[inline(never)]
fn parse_text(format: Format, text: &[u8], settings: &Settings) -> Result<Entries, InputErrors> {
    let text = checked(text)?;
    let mut errors = InputErrors::none();
    let members = match format {
        Format::Dotenv if !settings.at.tokens().is_empty() => {
            return Err(InputErrors::one(Fault::NothingNested(format)));
        }
        Format::Dotenv => dotenv::members(text, &mut errors),
        Format::Json => json::members(text, &settings.at, &mut errors),
        Format::Toml => toml::members(text, &settings.at, &mut errors),
        Format::Yaml => yaml::members(text, &settings.at, &mut errors),
    };
    let entries = select(members, settings, &mut errors);
    if errors.is_empty() {
        return Ok(entries);
    }
    errors.sort();
    Err(errors)
}

fn select(members: Vec<Member>, settings: &Settings, errors: &mut InputErrors) -> Entries {
    if members.len() > MAX_ENTRIES {
        errors.push(None, None, Fault::TooManyEntries);
        return Entries::default();
    }
    // A text with errors may have keys that were not read, so it is unknown whether it is empty.
    if members.is_empty() && errors.is_empty() {
        errors.push(None, None, Fault::NoValues);
    }
    choose::entries(members, settings, errors)
}

/// Checks the whole text, and returns it without its byte order mark.
pub(super) fn checked(text: &[u8]) -> Result<&str, InputErrors> {
    if text.len() > MAX_INPUT_BYTES {
        return Err(InputErrors::one(Fault::InputTooLong));
    }
    if let Some(kind) = ciphertext::whole_file(text) {
        return Err(InputErrors::one(Fault::EncryptedInput(kind)));
    }
    if ciphertext::is_utf16(text) {
        return Err(InputErrors::one(Fault::Utf16));
    }
    let text = text.strip_prefix(ciphertext::UTF8_BOM).unwrap_or(text);
    let lines = || text.split(|byte| *byte == b'\n').zip(1..);
    let mut errors = InputErrors::none();
    let checked = std::str::from_utf8(text);
    if checked.is_err() {
        for (_, line) in lines().filter(|(line, _)| std::str::from_utf8(line).is_err()) {
            errors.push(Place { line, column: None }, None, Fault::NotUtf8);
        }
    }
    for (_, line) in lines().filter(|(line, _)| line.contains(&0)) {
        errors.push(Place { line, column: None }, None, Fault::Nul);
    }
    match checked {
        Ok(text) if errors.is_empty() => Ok(text),
        _ => Err(errors),
    }
}

//! Tests of the module `inputs` through its public API.

mod bad_input;
mod documents;
mod dotenv_cases;
mod dotenv_properties;
mod filters;
mod quiet;
mod sealed;

use octoseal_fleet::inputs::{Entries, Format, InputErrors, Settings, parse};

/// Reads a text with the default settings.
fn read(format: Format, text: &str) -> Result<Entries, InputErrors> {
    parse(format, text.as_bytes(), &Settings::new())
}

/// Returns the names and values of the secrets.
fn secrets(entries: &Entries) -> Vec<(&str, &str)> {
    let value = |bytes| std::str::from_utf8(bytes).expect("it was UTF-8");
    entries.secrets.iter().map(|entry| (entry.name.as_str(), value(entry.value.expose()))).collect()
}

/// Returns the errors as text, and fails if the text is accepted.
fn errors(format: Format, text: &str, settings: &Settings) -> String {
    parse(format, text.as_bytes(), settings).expect_err("the text was accepted").to_string()
}

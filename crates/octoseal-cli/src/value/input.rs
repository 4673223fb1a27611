//! Many values from one text.

use super::Source;
use crate::arguments::{Allow, InputOptions};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use octoseal_fleet::inputs::{Entries, Format, InputErrors, Pattern, Settings, limits, parse};
use std::fmt;
use std::path::Path;

/// A text of many values, and the selection from it.
pub(crate) struct Input<'a> {
    pub(crate) source: Source,
    pub(crate) options: &'a InputOptions,
    pub(crate) allow: Allow,
    pub(crate) as_variables: Vec<Pattern>,
}

impl Input<'_> {
    /// Reads the text, and reports remarks about its values.
    ///
    /// # Errors
    ///
    /// If the text cannot be read, or has an error. No error shows a byte of a value.
    pub(crate) async fn read(self, output: Output, journal: &Journal) -> Result<Entries, Failure> {
        let (format, settings, label) = (self.format(), self.settings(), self.source.label());
        let text = self.source.read(limits::MAX_INPUT_BYTES, journal).await;
        let text = text.map_err(|failure| failure.argument("SOURCE"))?;
        let entries = parse(format, text.expose(), &settings)
            .map_err(|errors| invalid(&label, title(format), &errors))?;
        entries.notes.iter().for_each(|note| output.note(&note.to_string()));
        Ok(entries)
    }

    fn format(&self) -> Format {
        let of_file = || match &self.source {
            Source::File(path) => Format::of_file(&path.to_string_lossy()),
            _ => None,
        };
        self.options.format.or_else(of_file).unwrap_or(Format::Dotenv)
    }

    fn settings(&self) -> Settings {
        let (options, allow) = (self.options.clone(), self.allow);
        Settings::new()
            .at(options.at.unwrap_or_default())
            .only(options.only)
            .except(options.except)
            .prefix(options.prefix)
            .rename(options.rename)
            .stringify(options.stringify)
            .as_variables(self.as_variables.clone())
            .allow_empty(allow.empty)
            .allow_encrypted(allow.encrypted)
    }
}

/// Returns the source that a word names: a file, or `-` for standard input.
pub(crate) fn place(word: &Path) -> Source {
    if word == Path::new("-") { Source::Stdin } else { Source::File(word.to_owned()) }
}

/// Returns the name of a format as people write it.
fn title(format: Format) -> String {
    let name = format.to_string();
    if format == Format::Dotenv { name } else { name.to_uppercase() }
}

/// Lists all errors of a text. `what` says what the text should be.
pub(crate) fn invalid(label: &str, what: impl fmt::Display, errors: &InputErrors) -> Failure {
    let lines: Vec<String> =
        errors.to_string().lines().map(|line| format!("\n  {}", with_options(line))).collect();
    Failure::usage(format!("cannot read {label} as {what}, so nothing was written:{}", lines.concat()))
}

/// Writes the settings of the library as the options that choose them.
fn with_options(error: &str) -> String {
    match ["only: ", "except: ", "rename: ", "as-variables: "].iter().any(|start| error.starts_with(start)) {
        true => format!("--{error}"),
        false => error.replace("or use stringify", "or give --stringify"),
    }
}

//! Errors in the arguments, told without repeating what was typed: it may be a value in the wrong place.

use crate::failure::Code;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use serde_json::json;
use std::error::Error as _;
use std::io::{self, Write as _};
use std::process::ExitCode;

/// Says what is wrong with the arguments, or prints the help that was asked for.
pub(crate) fn report(error: &clap::Error, json: bool) -> ExitCode {
    if !error.use_stderr() {
        // A reader that has left, as `head` does, is no failure.
        error.print().ok();
        return ExitCode::SUCCESS;
    }
    match error.kind() {
        // These name our own arguments only.
        ErrorKind::MissingRequiredArgument
        | ErrorKind::MissingSubcommand
        | ErrorKind::ArgumentConflict
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            if !json =>
        {
            write!(io::stderr(), "{}", error.render())
        }
        _ if json => {
            let failure = json!({ "error": message(error), "causes": [], "exit_code": Code::Usage as u8 });
            writeln!(io::stderr(), "{failure}")
        }
        _ => {
            let message = message(error);
            writeln!(io::stderr(), "octoseal: {message}\nFor more information, try 'octoseal --help'.")
        }
    }
    .ok(); // nobody may be listening
    ExitCode::from(Code::Usage as u8)
}

fn message(error: &clap::Error) -> String {
    let argument = || text(error, ContextKind::InvalidArg).unwrap_or_else(|| "an argument".to_owned());
    match error.kind() {
        ErrorKind::ValueValidation => match error.source() {
            Some(cause) => format!("{}: {cause}", argument()),
            None => format!("{} cannot be that", argument()),
        },
        ErrorKind::InvalidValue => match text(error, ContextKind::ValidValue) {
            Some(valid) => format!("{} is one of: {valid}", argument()),
            None => format!("{} needs something after it", argument()),
        },
        ErrorKind::TooManyValues | ErrorKind::UnknownArgument => {
            let meant = text(error, ContextKind::SuggestedArg);
            let meant = meant.map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
            format!(
                "there is an argument that is not known here{meant} (it is not repeated: a value is never an \
                 argument; give it on standard input, with --file or with --env)"
            )
        }
        ErrorKind::InvalidSubcommand => match text(error, ContextKind::SuggestedSubcommand) {
            Some(meant) => format!("there is no such verb; did you mean {meant}?"),
            None => "there is no such verb".to_owned(),
        },
        kind => kind.as_str().unwrap_or("the arguments cannot be read").to_owned(),
    }
}

/// What clap knows of the error, of our own words only.
fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) if !texts.is_empty() => Some(texts.join(", ")),
        _ => None,
    }
}

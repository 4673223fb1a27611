//! Errors in the arguments, reported without repeating what was typed, since it may be a value in the wrong
//! place.

use super::habits::{command_translation, translation};
use crate::output::{ExitCode, Failure, Output};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;
use std::io;
use std::process;

/// Reports the error in the arguments, or prints the requested help.
pub(crate) fn report(error: &clap::Error, output: Output) -> process::ExitCode {
    if !error.use_stderr() {
        return match error.print() {
            // A reader that has disconnected, as `head` does, is no failure.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                let failure = Failure::new(ExitCode::File, "cannot write to standard output").because(error);
                output.report(&failure);
                process::ExitCode::from(ExitCode::File as u8)
            }
            _ => process::ExitCode::SUCCESS,
        };
    }
    match error.kind() {
        // This is the help.
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            if !output.json =>
        {
            error.print().ok();
        }
        _ => output.report(&failure(error)),
    }
    process::ExitCode::from(ExitCode::Usage as u8)
}

fn failure(error: &clap::Error) -> Failure {
    let argument = text(error, ContextKind::InvalidArg);
    let named = || argument.clone().unwrap_or_else(|| "an argument".to_owned());
    let failure = match error.kind() {
        ErrorKind::ValueValidation => match error.source() {
            Some(cause) => Failure::usage(format!("{}: {cause}", named())),
            None => Failure::usage(format!("{} has a wrong value", named())),
        },
        ErrorKind::InvalidValue => match text(error, ContextKind::ValidValue) {
            Some(valid) => Failure::usage(format!("{} is one of: {valid}", named())),
            None => Failure::usage(format!("{} needs a value after it", named())),
        },
        ErrorKind::TooManyValues | ErrorKind::UnknownArgument => return unknown(error, argument.as_deref()),
        ErrorKind::InvalidSubcommand => return unknown_command(error),
        ErrorKind::MissingRequiredArgument => {
            let named = named();
            let named = if named.starts_with('-') { named } else { named.replace(' ', " and ") };
            Failure::usage(format!("{named} must be given"))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Failure::usage("a command is missing")
        }
        ErrorKind::WrongNumberOfValues => Failure::usage("give exactly two stores"),
        ErrorKind::ArgumentConflict => match text(error, ContextKind::PriorArg) {
            Some(other) if Some(&other) != argument.as_ref() => {
                Failure::usage(format!("use one of {} and {other}, not both", named()))
            }
            _ => Failure::usage(format!("{} was given twice", named())),
        },
        kind => Failure::usage(kind.as_str().unwrap_or("the arguments cannot be read")),
    };
    let failure = match text(error, ContextKind::Usage) {
        Some(usage) => failure.hint(usage),
        None => failure.hint(EACH_HAS_HELP),
    };
    match argument {
        // The argument without its value, such as the NAME of `--profile NAME`.
        Some(option) if option.starts_with('-') => {
            failure.argument(option.split(' ').next().unwrap_or(&option))
        }
        Some(argument) => failure.argument(argument),
        None => failure,
    }
}

fn unknown_command(error: &clap::Error) -> Failure {
    let answer =
        text(error, ContextKind::InvalidSubcommand).and_then(|command| command_translation(&command));
    match (answer, text(error, ContextKind::SuggestedSubcommand)) {
        (Some(answer), _) => Failure::usage("unknown command").hint(answer),
        (None, Some(meant)) => {
            // The last suggestion is the best.
            let meant = meant.rsplit(", ").next().unwrap_or(&meant);
            Failure::usage(format!("unknown command; did you mean {meant}?")).hint(EACH_HAS_HELP)
        }
        (None, None) => Failure::usage("unknown command").hint(EACH_HAS_HELP),
    }
}

const EACH_HAS_HELP: &str = "octoseal --help lists the commands, octoseal COMMAND --help its options";

fn unknown(error: &clap::Error, argument: Option<&str>) -> Failure {
    if let Some((option, answer)) = argument.and_then(|option| Some((option, translation(option)?))) {
        let option = option.split('=').next().unwrap_or(option);
        return Failure::usage(format!("{option} is not an option here")).hint(answer).argument(option);
    }
    let meant = text(error, ContextKind::SuggestedArg);
    let meant = meant.map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
    Failure::usage(format!("unknown argument{meant}"))
        .hint("it is not repeated here, since it may be a value; a value is read from standard input, --from-file or --from-env")
}

/// Returns a part of clap's error that has only octoseal's own words, without the angle brackets of
/// arguments.
fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(plain(text)),
        ContextValue::Strings(texts) if !texts.is_empty() => {
            Some(texts.iter().map(|text| plain(text)).collect::<Vec<_>>().join(", "))
        }
        ContextValue::StyledStr(text) => Some(text.to_string().replace(['<', '>'], "")),
        _ => None,
    }
}

/// Returns `--key BASE64` for `--key <BASE64>`, and `NAME STORE` for `<NAME STORE>...`.
fn plain(text: &str) -> String {
    text.trim_end_matches("...").replace(['<', '>'], "").replace('|', " or ")
}

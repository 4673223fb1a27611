//! Colours on terminals that show them. `NO_COLOR`, `CLICOLOR_FORCE` and `TERM` are respected.

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use std::io;

/// ECMA-48: SGR.
const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const CYAN: &str = "\x1b[36m";
const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";

/// Colours the label of a message on standard error: the text before the first colon.
pub(super) fn message(text: String) -> String {
    let Some((label, rest)) = text.split_once(':') else { return text };
    let color = match label {
        "error" => RED,
        "warning" => YELLOW,
        "note" => CYAN,
        _ => return text,
    };
    if shows(&io::stderr()) { format!("{color}{label}:{PLAIN}{rest}") } else { text }
}

/// Formats titles for standard output.
pub(crate) fn titles(text: &str) -> String {
    if shows(&io::stdout()) { format!("{BOLD}{text}{PLAIN}") } else { text.to_owned() }
}

/// The console of Windows may not understand the codes.
fn shows(stream: &impl RawStream) -> bool {
    cfg!(unix) && AutoStream::choice(stream) != ColorChoice::Never
}

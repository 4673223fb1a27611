//! Standard error: whole lines, and below them one line that is rewritten.

use crate::environment::{Environment, TERM};
use crate::platform;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The line below all others on a terminal. It is locked before standard error.
static LINE: Mutex<Line> =
    Mutex::new(Line { progress: String::new(), moment: String::new(), is_shown: false });

struct Line {
    /// The progress, which stays when lines are printed above it.
    progress: String,
    /// A text after the progress, until the next line is printed.
    moment: String,
    is_shown: bool,
}

/// Returns the cursor to the start of the line and erases to its end (ECMA-48: EL).
const ERASE: &str = "\r\x1b[K";
/// The maximum width in characters, for a narrow terminal: a line that wraps cannot be erased.
const WIDTH: usize = 79;

fn line() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Line {
    /// Returns the codes that replace the line with its current text, and print `printed` above it.
    fn replace(&mut self, printed: &str) -> String {
        let parts = [self.progress.as_str(), self.moment.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let is_needed = self.is_shown || !parts.is_empty();
        let erase = if is_needed { ERASE } else { "" };
        self.is_shown = !parts.is_empty();
        let text: String = parts.join("; ").chars().take(WIDTH).collect();
        format!("{erase}{printed}{text}")
    }
}

/// Writes a line in one piece, so that lines of several processes do not mix. If standard error is closed, there is no
/// other place to report it.
pub(super) fn print(text: &str) {
    print_all(&format!("{text}\n")).ok();
}

fn print_all(lines: &str) -> io::Result<()> {
    let mut line = line();
    line.moment.clear();
    io::stderr().lock().write_all(line.replace(lines).as_bytes())
}

/// Standard error for callers that write whole lines at once.
pub(crate) struct StandardError;

impl io::Write for StandardError {
    fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
        print_all(&String::from_utf8_lossy(lines))?;
        Ok(lines.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns whether standard error is a terminal whose last line can be rewritten.
pub(super) fn can_rewrite() -> bool {
    let is_dumb = Environment::Process.raw(TERM).is_some_and(|term| term == "dumb");
    io::stderr().is_terminal() && !is_dumb
}

/// Shows `text` in place of the last shown text, until the next line. Only for a terminal.
pub(super) fn show(text: &str) {
    change(|line| text.clone_into(&mut line.moment));
}

/// Erases the last shown text.
pub(super) fn erase() {
    change(|line| line.moment.clear());
}

/// Shows `text` before the temporary text, until it is changed. An empty text shows nothing. Only for a
/// terminal.
pub(super) fn progress(text: &str) {
    change(|line| text.clone_into(&mut line.progress));
}

fn change(change: impl FnOnce(&mut Line)) {
    let mut line = line();
    if platform::is_in_background() && !line.is_shown {
        return;
    }
    let before = line.is_shown;
    change(&mut line);
    let text = line.replace("");
    if before || line.is_shown {
        io::stderr().lock().write_all(text.as_bytes()).ok();
    }
}

/// Writes elsewhere on the terminal, while the line is erased.
pub(super) fn aside<R>(write: impl FnOnce() -> R) -> R {
    let mut line = line();
    line.moment.clear();
    if line.is_shown {
        io::stderr().lock().write_all(ERASE.as_bytes()).ok();
        line.is_shown = false;
    }
    let result = write();
    if !line.progress.is_empty() {
        let text = line.replace("");
        io::stderr().lock().write_all(text.as_bytes()).ok();
    }
    result
}

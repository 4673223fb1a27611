//! Standard error: whole lines, and below them one line that is rewritten.

use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the last line on the terminal is the one that is rewritten. It changes only while standard error is locked.
static IS_REWRITTEN: AtomicBool = AtomicBool::new(false);

/// Returns the cursor to the start of the line and erases to its end (ECMA-48: EL).
const ERASE: &str = "\r\x1b[K";

/// Writes a line in one piece, so that lines of several processes do not mix. If standard error is closed, there is no
/// other place to report it.
pub(super) fn print(line: &str) {
    print_all(format!("{line}\n")).ok();
}

fn print_all(mut lines: String) -> io::Result<()> {
    let mut stderr = io::stderr().lock();
    if IS_REWRITTEN.swap(false, Ordering::Relaxed) {
        lines.insert_str(0, ERASE);
    }
    stderr.write_all(lines.as_bytes())
}

/// Standard error for those who write whole lines at once.
pub(crate) struct StandardError;

impl io::Write for StandardError {
    fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
        print_all(String::from_utf8_lossy(lines).into_owned())?;
        Ok(lines.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Shows `text` in place of the text that was shown last, until the next line. Only for a terminal.
pub(super) fn show(text: &str) {
    let mut stderr = io::stderr().lock();
    IS_REWRITTEN.store(true, Ordering::Relaxed);
    stderr.write_all(format!("{ERASE}{text}").as_bytes()).ok();
}

/// Erases the text that was shown last.
pub(super) fn erase() {
    let mut stderr = io::stderr().lock();
    if IS_REWRITTEN.swap(false, Ordering::Relaxed) {
        stderr.write_all(ERASE.as_bytes()).ok();
    }
}

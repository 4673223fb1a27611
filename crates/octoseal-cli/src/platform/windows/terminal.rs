//! The console, read one line at a time without echo.

use octoseal::SecretValue;
use std::io::{self, Write as _};
use std::time::Duration;

/// The console without echo. It returns whole lines, so pasted text ends at its first line end.
pub(crate) struct HiddenTerminal {
    pending: Option<SecretValue>,
}

impl HiddenTerminal {
    /// Hides the input from the next read on.
    pub(crate) fn open() -> io::Result<Self> {
        std::fs::OpenOptions::new().read(true).write(true).open("CONIN$")?;
        Ok(Self { pending: None })
    }

    /// Input before a line is read stays in the console's buffer, and is read as the line.
    pub(crate) fn has_early_input(&self) -> bool {
        false
    }

    /// Reads a part of the line, which ends with a carriage return. After the line nothing more arrives.
    pub(crate) fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> io::Result<Option<usize>> {
        let line = match self.pending.take() {
            Some(rest) if rest.is_empty() => {
                self.pending = Some(rest);
                std::thread::sleep(timeout);
                return Ok(None);
            }
            Some(rest) => rest,
            None => SecretValue::from(rpassword::read_password()? + "\r"),
        };
        let length = buffer.len().min(line.len());
        buffer[..length].copy_from_slice(&line.expose()[..length]);
        self.pending = Some(SecretValue::from(line.expose()[length..].to_vec()));
        Ok(Some(length))
    }

    /// Writes to the console.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        io::stderr().write_all(text.as_bytes())
    }
}

/// The console is hidden only while a line is read.
pub(crate) fn hide() -> io::Result<bool> {
    Ok(false)
}

/// The console is hidden only while a line is read, and keeps what was typed too early.
pub(crate) fn restore() -> bool {
    false
}

/// Whether another program uses the terminal; Windows has no such state.
pub(crate) fn is_in_background() -> bool {
    false
}

/// Returns whether the process has a console.
pub(crate) fn exists() -> bool {
    std::fs::OpenOptions::new().read(true).write(true).open("CONIN$").is_ok()
}

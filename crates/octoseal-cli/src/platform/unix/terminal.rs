//! The terminal, read without echo and byte for byte.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios, tcflush, tcgetattr,
    tcsetattr, ttyname,
};
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The terminal of the process in raw mode, for a prompt. Dropping it leaves the terminal without echo until
/// the end of the run: input after Enter must neither be shown nor be run by the shell.
pub(crate) struct HiddenTerminal {
    terminal: File,
    raw: Termios,
    has_early_input: bool,
}

impl HiddenTerminal {
    /// Hides the input from now on, and takes every key as input, even Ctrl-C.
    pub(crate) fn open() -> io::Result<Self> {
        let was_hidden = hide()?;
        let mut hidden = hidden();
        let Some(Hidden { terminal, before, is_asking }) = &mut *hidden else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let mut raw = without_echo(before);
        raw.local_modes -= LocalModes::ISIG;
        tcsetattr(&*terminal, OptionalActions::Now, &raw)?;
        *is_asking = true;
        let has_early_input = was_hidden && has_arrived(terminal, Duration::ZERO)?;
        Ok(Self { terminal: terminal.try_clone()?, raw, has_early_input })
    }

    /// Returns whether there was input while the terminal was hidden without a prompt.
    pub(crate) fn has_early_input(&self) -> bool {
        self.has_early_input
    }

    /// Reads the available input. `None` if nothing arrives in time, 0 at the end of the input.
    pub(crate) fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> io::Result<Option<usize>> {
        self.hide_again()?;
        if has_arrived(&self.terminal, timeout)? { self.terminal.read(buffer).map(Some) } else { Ok(None) }
    }

    /// Hides the terminal again after a shell has stopped and continued the command, and has changed the
    /// terminal's mode.
    fn hide_again(&self) -> io::Result<()> {
        if tcgetattr(&self.terminal)?.local_modes.contains(LocalModes::ECHO) {
            tcsetattr(&self.terminal, OptionalActions::Now, &self.raw)?;
        }
        Ok(())
    }

    /// Writes to the terminal, whatever standard output and standard error are.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        self.terminal.write_all(text.as_bytes())
    }
}

/// The hidden terminal.
struct Hidden {
    terminal: File,
    before: Termios,
    /// Whether a prompt is on the screen and waits for its answer.
    is_asking: bool,
}

static HIDDEN: Mutex<Option<Hidden>> = Mutex::new(None);

fn hidden() -> MutexGuard<'static, Option<Hidden>> {
    HIDDEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hides the input until [`restore`]. Ctrl-C is still a signal. Returns whether the terminal was already
/// hidden.
pub(crate) fn hide() -> io::Result<bool> {
    let mut hidden = hidden();
    if let Some(hidden) = &mut *hidden {
        hidden.is_asking = false;
        tcsetattr(&hidden.terminal, OptionalActions::Now, &without_echo(&hidden.before))?;
        return Ok(true);
    }
    let terminal = open()?;
    let before = tcgetattr(&terminal)?;
    // Earlier input was meant for another program, and was edited as a line.
    tcflush(&terminal, QueueSelector::IFlush)?;
    tcsetattr(&terminal, OptionalActions::Now, &without_echo(&before))?;
    *hidden = Some(Hidden { terminal, before, is_asking: false });
    Ok(false)
}

/// Restores the terminal if it is hidden. Returns whether there was unexpected input. That input is
/// discarded, so that the shell does not run it.
pub(crate) fn restore() -> bool {
    let Some(Hidden { mut terminal, before, is_asking }) = hidden().take() else { return false };
    let is_discarded = has_arrived(&terminal, Duration::ZERO).unwrap_or_default();
    tcflush(&terminal, QueueSelector::IFlush).ok();
    tcsetattr(&terminal, OptionalActions::Now, &before).ok();
    if is_asking {
        terminal.write_all(b"\x1b[?2004l\r\n").ok();
    }
    is_discarded
}

/// Returns the modes in which the terminal shows nothing and passes on every byte except signals.
fn without_echo(before: &Termios) -> Termios {
    let mut raw = before.clone();
    raw.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ECHONL | LocalModes::IEXTEN;
    raw.input_modes -= InputModes::ICRNL | InputModes::INLCR | InputModes::IGNCR;
    raw.input_modes -= InputModes::ISTRIP | InputModes::IXON | InputModes::IXOFF;
    raw.input_modes -= InputModes::PARMRK | InputModes::IGNPAR | InputModes::INPCK;
    raw.special_codes[SpecialCodeIndex::VMIN] = 1;
    raw.special_codes[SpecialCodeIndex::VTIME] = 0;
    raw
}

fn has_arrived(terminal: &File, timeout: Duration) -> io::Result<bool> {
    let timeout = Timespec { tv_sec: timeout.as_secs() as i64, tv_nsec: timeout.subsec_nanos().into() };
    match poll(&mut [PollFd::new(terminal, PollFlags::IN)], Some(&timeout)) {
        Ok(0) | Err(rustix::io::Errno::INTR) => Ok(false),
        Ok(_) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

impl Drop for HiddenTerminal {
    fn drop(&mut self) {
        // If it fails, the terminal is gone.
        hide().ok();
    }
}

/// Returns whether the process has a terminal.
pub(crate) fn exists() -> bool {
    open().is_ok()
}

/// Opens the terminal of standard input, or else the controlling one, by its name, so that it can be read and
/// written.
fn open() -> io::Result<File> {
    let both = |path: &Path| OpenOptions::new().read(true).write(true).open(path);
    let Ok(name) = ttyname(io::stdin(), Vec::new()) else { return both(Path::new("/dev/tty")) };
    let path = Path::new(OsStr::from_bytes(name.as_bytes()));
    both(path).or_else(|_| Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?)))
}

/// Returns whether another program uses the terminal of standard error, since the command runs in the background of a
/// shell.
pub(crate) fn is_in_background() -> bool {
    rustix::termios::tcgetpgrp(io::stderr()).is_ok_and(|group| group != rustix::process::getpgrp())
}

//! The terminal, read without echo and byte for byte.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios, tcflush, tcgetattr,
    tcsetattr, ttyname,
};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::ffi::OsStrExt as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The terminal of standard input without echo and in raw mode; dropping it restores the terminal.
pub(crate) struct HiddenTerminal {
    terminal: File,
    before: Termios,
    raw: Termios,
}

impl HiddenTerminal {
    /// Hides what is typed from now on.
    pub(crate) fn open() -> io::Result<Self> {
        let terminal = open()?;
        let before = tcgetattr(&terminal)?;
        let mut raw = before.clone();
        raw.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ECHONL;
        raw.local_modes -= LocalModes::ISIG | LocalModes::IEXTEN;
        raw.input_modes -= InputModes::ICRNL | InputModes::INLCR | InputModes::IGNCR;
        raw.input_modes -= InputModes::ISTRIP | InputModes::IXON | InputModes::IXOFF;
        raw.special_codes[SpecialCodeIndex::VMIN] = 1;
        raw.special_codes[SpecialCodeIndex::VTIME] = 0;
        raw.input_modes -= InputModes::PARMRK | InputModes::IGNPAR | InputModes::INPCK;
        // What was typed before was meant for something else, and was cut and edited as a line.
        tcflush(&terminal, QueueSelector::IFlush)?;
        tcsetattr(&terminal, OptionalActions::Now, &raw)?;
        let mut hidden = HIDDEN.lock().unwrap_or_else(PoisonError::into_inner);
        *hidden = terminal.try_clone().ok().map(|terminal| (terminal, before.clone()));
        drop(hidden);
        Ok(Self { terminal, before, raw })
    }

    /// Reads what has arrived; `None` if nothing arrives in time, 0 at the end of the input.
    pub(crate) fn read(&mut self, buffer: &mut [u8], timeout: Duration) -> io::Result<Option<usize>> {
        self.hide_again()?;
        let timeout = Timespec { tv_sec: timeout.as_secs() as i64, tv_nsec: timeout.subsec_nanos().into() };
        match poll(&mut [PollFd::new(&self.terminal, PollFlags::IN)], Some(&timeout)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => Ok(None),
            Ok(_) => self.terminal.read(buffer).map(Some),
            Err(error) => Err(error.into()),
        }
    }

    /// Hides the terminal again after a shell has stopped and continued the command, and has set the terminal for itself.
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

/// The terminal that is hidden, and how it was before.
static HIDDEN: Mutex<Option<(File, Termios)>> = Mutex::new(None);

/// Restores the terminal if it is still hidden, for ways out that do not wait for the prompt.
pub(crate) fn restore_terminal() {
    if let Some((terminal, before)) = HIDDEN.lock().unwrap_or_else(PoisonError::into_inner).take() {
        tcflush(&terminal, QueueSelector::IFlush).ok();
        tcsetattr(&terminal, OptionalActions::Now, &before).ok();
        (&terminal).write_all(b"\x1b[?2004l\r\n").ok();
    }
}

impl Drop for HiddenTerminal {
    fn drop(&mut self) {
        HIDDEN.lock().unwrap_or_else(PoisonError::into_inner).take();
        tcflush(&self.terminal, QueueSelector::IFlush).ok();
        tcsetattr(&self.terminal, OptionalActions::Now, &self.before).ok();
    }
}

/// Opens the terminal by its name, so that it can be read and written; else takes standard input itself.
fn open() -> io::Result<File> {
    let name = ttyname(io::stdin(), Vec::new())?;
    let path = std::ffi::OsStr::from_bytes(name.as_bytes());
    match OpenOptions::new().read(true).write(true).open(path) {
        Ok(terminal) => Ok(terminal),
        Err(_) => Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?)),
    }
}

/// Opens the terminal for an answer: that of standard input, else the controlling one.
pub(crate) fn open_for_answers() -> Option<File> {
    let terminal = open().or_else(|_| OpenOptions::new().read(true).write(true).open("/dev/tty")).ok()?;
    // What was typed before was no answer.
    tcflush(&terminal, QueueSelector::IFlush).ok()?;
    Some(terminal)
}

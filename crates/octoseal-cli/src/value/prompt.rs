//! The hidden prompt: reads keys and pasted text from the terminal, and leaves nothing of it to the shell.

use super::typed::{End, Refused, Typed, is_interrupt};
use crate::journal::Journal;
use crate::output::{ExitCode, Failure};
use crate::platform::HiddenTerminal;
use octoseal::SecretValue;
use std::io;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// Turns announcements of pasted text on and off (xterm: "Bracketed Paste Mode").
const ANNOUNCE_PASTES: &str = "\x1b[?2004h";
const DO_NOT_ANNOUNCE: &str = "\x1b[?2004l";

/// How often a signal is looked for.
const TICK: Duration = Duration::from_millis(50);
/// What arrives this soon after Enter was pasted and not typed.
const QUIET: Duration = Duration::from_millis(200);
/// How long a paste that is refused may keep arriving.
const LONGEST_DRAIN: Duration = Duration::from_secs(10);

/// Asks for the value without showing it.
///
/// What is typed ends with Enter. Pasted text is taken with all its lines if the terminal announces it; otherwise text
/// after the first line is refused and discarded, so that the shell cannot run it.
pub(super) fn ask(journal: &Journal) -> Result<SecretValue, Failure> {
    let _hold = journal.hold();
    let failed =
        |error| Failure::new(ExitCode::File, "cannot read the value from the terminal").because(error);
    let mut prompt = Prompt::open().map_err(failed)?;
    let mut typed = Typed::new();
    let end = prompt.read(&mut typed, journal).map_err(failed)?;
    let is_more = prompt.drain().map_err(failed)?;
    drop(prompt);
    match end {
        // Ctrl-C is a byte here and no signal.
        None | Some(End::Interrupted) => Err(Failure::interrupted()),
        Some(End::Entered) if is_more => {
            Err(refused("the pasted text has several lines, and this terminal does not announce pasted text"))
        }
        Some(End::Entered) => typed.finish().map_err(|why| match why {
            Refused::Control => refused("the input has keys or control characters that cannot be typed here"),
            Refused::TooLong => super::too_long(),
            Refused::Unfinished => refused("the pasted text ended before it was complete"),
        }),
    }
}

fn refused(message: &str) -> Failure {
    Failure::usage(format!("{message}; nothing was written")).hint("use --from-file or standard input")
}

/// The terminal while it is hidden. Dropping it restores the terminal.
struct Prompt(HiddenTerminal);

impl Prompt {
    fn open() -> io::Result<Self> {
        let mut terminal = HiddenTerminal::open()?;
        terminal.write(&format!("{ANNOUNCE_PASTES}Value (hidden; type or paste, then press Enter): "))?;
        Ok(Self(terminal))
    }

    /// Reads until the value ends; `None` if a signal came first.
    fn read(&mut self, typed: &mut Typed, journal: &Journal) -> io::Result<Option<End>> {
        let mut byte = Zeroizing::new([0]);
        let (mut last, mut is_lone_interrupt) = (Instant::now(), false);
        while !journal.is_stopped() {
            match self.0.read(&mut *byte, TICK)? {
                // The terminal has not announced the end of a paste, and a person wants to leave.
                None if is_lone_interrupt && typed.is_pasting() && last.elapsed() > QUIET => {
                    return Ok(Some(End::Interrupted));
                }
                None => {}
                Some(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Some(_) => {
                    is_lone_interrupt = is_interrupt(byte[0]) && last.elapsed() > QUIET;
                    last = Instant::now();
                    if let Some(end) = typed.take(byte[0]) {
                        return Ok(Some(end));
                    }
                }
            }
        }
        Ok(None)
    }

    /// Discards what arrives until the terminal is quiet; returns whether anything but one line feed came.
    fn drain(&mut self) -> io::Result<bool> {
        let until = Instant::now() + LONGEST_DRAIN;
        let mut buffer = Zeroizing::new([0; 256]);
        let (mut is_first, mut is_more) = (true, false);
        while let Some(length @ 1..) = self.0.read(&mut *buffer, QUIET)? {
            is_more |= !(is_first && &buffer[..length] == b"\n"); // Enter may be CR and LF
            is_first = false;
            if Instant::now() > until {
                break;
            }
        }
        Ok(is_more)
    }
}

impl Drop for Prompt {
    fn drop(&mut self) {
        // If the terminal is gone, there is nothing to restore.
        self.0.write(&format!("{DO_NOT_ANNOUNCE}\r\n")).ok();
    }
}

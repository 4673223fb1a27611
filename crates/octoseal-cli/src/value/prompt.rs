//! Prompts at the terminal: keys and pasted text are read without echo, and nothing is left for the shell.

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

/// The interval between checks for a signal.
const TICK: Duration = Duration::from_millis(50);
/// Input that arrives this soon after Enter was pasted, not typed.
const QUIET: Duration = Duration::from_millis(200);
/// The maximum time of discarding a refused paste.
const LONGEST_DRAIN: Duration = Duration::from_secs(10);
/// Maximum number of characters of an answer to a question, which are shown.
const LONGEST_ANSWER: usize = 3;

/// Reads the value without showing it.
///
/// Typed input ends with Enter. Pasted text is accepted with all its lines if the terminal announces it.
/// Otherwise text after the first line is refused and discarded, so that the shell cannot run it.
pub(super) fn ask_value(journal: &Journal) -> Result<SecretValue, Failure> {
    let _hold = journal.hold();
    let prompt = Prompt::open("Value (hidden; type or paste, then press Enter): ", false);
    prompt.map_err(unreadable)?.answer(journal)
}

/// Asks a question, whatever the standard streams are, and returns the answer. `None` without a terminal.
pub(crate) fn ask_question(question: &str, journal: &Journal) -> Result<Option<String>, Failure> {
    let _hold = journal.hold();
    let Ok(prompt) = Prompt::open(question, true) else { return Ok(None) };
    let answer = prompt.answer(journal)?;
    // A longer text does not answer a question, and may be a value that was pasted too early.
    let answer = std::str::from_utf8(answer.expose()).ok().filter(|answer| answer.len() <= LONGEST_ANSWER);
    answer.map(|answer| Some(answer.to_owned())).ok_or_else(|| refused("the answer is not y or n"))
}

fn refused(message: &str) -> Failure {
    Failure::usage(format!("{message}; nothing was written"))
        .hint("give a value of several lines with --from-file PATH, or pipe it into standard input")
}

fn unreadable(error: io::Error) -> Failure {
    Failure::new(ExitCode::File, "cannot read from the terminal").because(error)
}

/// A prompt on the hidden terminal.
struct Prompt {
    terminal: HiddenTerminal,
    shows_answer: bool,
}

impl Prompt {
    fn open(text: &str, shows_answer: bool) -> io::Result<Self> {
        let mut terminal = HiddenTerminal::open()?;
        terminal.write(&format!("{ANNOUNCE_PASTES}{text}"))?;
        Ok(Self { terminal, shows_answer })
    }

    /// Reads the answer, and discards later input.
    fn answer(mut self, journal: &Journal) -> Result<SecretValue, Failure> {
        if self.terminal.has_early_input() {
            self.drain().map_err(unreadable)?;
            return Err(refused("something was typed or pasted before the prompt appeared"));
        }
        let mut typed = Typed::new();
        let end = match self.read(&mut typed, journal) {
            // A terminal that hangs up ends the input before the signal is handled.
            Err(_) if heard_a_signal(journal) => None,
            end => end.map_err(unreadable)?,
        };
        let is_more = self.drain().map_err(unreadable)?;
        match end {
            // Ctrl-C is a byte here, not a signal.
            None | Some(End::Interrupted) => Err(Failure::interrupted()),
            Some(End::Entered) if is_more => Err(refused(
                "the pasted text has several lines, and this terminal does not announce pasted text",
            )),
            Some(End::Entered) => typed.finish().map_err(|why| match why {
                Refused::Control => {
                    refused("the input has keys or control characters that cannot be typed here")
                }
                Refused::TooLong => super::too_long(),
                Refused::Unfinished => refused("the pasted text ended before it was complete"),
            }),
        }
    }

    /// Reads until the answer ends. `None` if a signal came first.
    fn read(&mut self, typed: &mut Typed, journal: &Journal) -> io::Result<Option<End>> {
        let mut byte = Zeroizing::new([0]);
        let (mut last, mut is_lone_interrupt) = (Instant::now(), false);
        while !journal.is_stopped() {
            match self.terminal.read(&mut *byte, TICK)? {
                // The terminal has not announced the end of a paste, and the user wants to leave.
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
                    self.show(byte[0], typed)?;
                }
            }
        }
        Ok(None)
    }

    /// Shows a letter of an answer.
    fn show(&mut self, byte: u8, typed: &Typed) -> io::Result<()> {
        let is_answer = byte.is_ascii_alphabetic() && typed.len() <= LONGEST_ANSWER && !typed.is_pasting();
        match self.shows_answer && is_answer {
            true => self.terminal.write(char::from(byte).encode_utf8(&mut [0; 4])),
            false => Ok(()),
        }
    }

    /// Discards input until the terminal is quiet, and returns whether anything but one line feed came.
    fn drain(&mut self) -> io::Result<bool> {
        let until = Instant::now() + LONGEST_DRAIN;
        let mut buffer = Zeroizing::new([0; 256]);
        let (mut is_first, mut is_more) = (true, false);
        while let Some(length @ 1..) = self.terminal.read(&mut *buffer, QUIET)? {
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
        self.terminal.write(&format!("{DO_NOT_ANNOUNCE}\r\n")).ok();
    }
}

/// Waits a moment for a signal.
fn heard_a_signal(journal: &Journal) -> bool {
    let until = Instant::now() + QUIET;
    while !journal.is_stopped() && Instant::now() < until {
        std::thread::sleep(TICK);
    }
    journal.is_stopped()
}

//! The input at the hidden prompt, byte by byte: typed keys, pasted text, and the end of the input.

use octoseal::SecretValue;
use octoseal::limits::MAX_VALUE_BYTES;
use zeroize::Zeroizing;

/// The current meaning of bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mode {
    Typed,
    Pasted,
}

/// The way the input ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum End {
    /// Enter, or the end of the input.
    Entered,
    /// Ctrl-C or Ctrl-\.
    Interrupted,
}

/// The reason why the input is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Refused {
    /// A key without a character, such as an arrow, or pasted text that was not announced.
    Control,
    TooLong,
    /// The input ended within a paste.
    Unfinished,
}

/// Collects the value. A paste that the terminal announces (xterm: "Bracketed Paste Mode") is kept byte for
/// byte. Its line ends arrive as CR and are kept as LF. Outside of it, Enter ends the value.
pub(super) struct Typed {
    /// It has room for the whole value, since a growing buffer would leave copies in memory.
    value: Zeroizing<Vec<u8>>,
    mode: Mode,
    /// The received part of an escape sequence.
    escape: Vec<u8>,
    /// Whether the last byte of the paste was a CR, so that an LF after it belongs to the same line end.
    after_cr: bool,
    refused: Option<Refused>,
}

const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// In bytes. The newline at the end may still be removed.
const CAPACITY: usize = MAX_VALUE_BYTES + super::newline::LONGEST;

impl Typed {
    pub(super) fn new() -> Self {
        let value = Zeroizing::new(Vec::with_capacity(CAPACITY));
        Self { value, mode: Mode::Typed, escape: Vec::new(), after_cr: false, refused: None }
    }

    /// Adds the next byte. Bytes after the end are not part of the value.
    pub(super) fn take(&mut self, byte: u8) -> Option<End> {
        self.escape.push(byte);
        let marker = if self.mode == Mode::Typed { PASTE_BEGINS } else { PASTE_ENDS };
        if self.escape == marker {
            self.escape.clear();
            (self.mode, self.after_cr) = match self.mode {
                Mode::Typed => (Mode::Pasted, false),
                Mode::Pasted => (Mode::Typed, false),
            };
            return None;
        }
        if marker.starts_with(&self.escape) {
            return None;
        }
        // It is no marker: all but the last byte are part of the value, and the last may begin another
        // marker.
        let mut bytes = std::mem::take(&mut self.escape);
        if byte == ESCAPE && bytes.len() > 1 {
            bytes.pop();
            self.escape.push(byte);
        }
        bytes.into_iter().find_map(|byte| self.one(byte))
    }

    /// Returns whether a paste has begun and not ended.
    pub(super) fn is_pasting(&self) -> bool {
        self.mode == Mode::Pasted
    }

    /// Returns the number of bytes so far.
    pub(super) fn len(&self) -> usize {
        self.value.len()
    }

    fn one(&mut self, byte: u8) -> Option<End> {
        match (self.mode, byte) {
            (Mode::Pasted, b'\r') => self.push(b'\n'),
            (Mode::Pasted, b'\n') if self.after_cr => {}
            (Mode::Pasted, byte) => self.push(byte),
            (Mode::Typed, b'\r' | b'\n') => return Some(End::Entered),
            (Mode::Typed, byte) if is_interrupt(byte) => return Some(End::Interrupted),
            (Mode::Typed, CTRL_D) => return Some(End::Entered),
            (Mode::Typed, BACKSPACE | DELETE) => self.erase(),
            (Mode::Typed, CTRL_U) => self.value.truncate(0),
            (Mode::Typed, b'\t' | b' '..) => self.push(byte),
            (Mode::Typed, _) => self.refuse(Refused::Control),
        }
        self.after_cr = self.mode == Mode::Pasted && byte == b'\r';
        None
    }

    /// Handles the end of the input, which comes without Enter when the terminal disconnects.
    pub(super) fn finish(mut self) -> Result<SecretValue, Refused> {
        if self.mode == Mode::Pasted {
            self.refuse(Refused::Unfinished);
        }
        if !self.escape.is_empty() {
            self.refuse(Refused::Control);
        }
        match self.refused {
            Some(why) => Err(why),
            None => Ok(SecretValue::from(std::mem::take(&mut *self.value))),
        }
    }

    fn push(&mut self, byte: u8) {
        if self.value.len() == CAPACITY {
            return self.refuse(Refused::TooLong);
        }
        self.value.push(byte);
    }

    /// Erases the last character: a byte, or all bytes of a UTF-8 sequence.
    fn erase(&mut self) {
        let start = self.value.iter().rposition(|byte| byte & 0xC0 != 0x80).unwrap_or_default();
        self.value.truncate(start);
    }

    fn refuse(&mut self, why: Refused) {
        self.refused.get_or_insert(why);
    }
}

/// Returns whether the key is Ctrl-C or Ctrl-\.
pub(super) fn is_interrupt(byte: u8) -> bool {
    matches!(byte, CTRL_C | CTRL_BACKSLASH)
}

const CTRL_C: u8 = 0x03;
const CTRL_D: u8 = 0x04;
const BACKSPACE: u8 = 0x08;
const CTRL_U: u8 = 0x15;
const ESCAPE: u8 = 0x1b;
const CTRL_BACKSLASH: u8 = 0x1c;
const DELETE: u8 = 0x7f;

#[cfg(test)]
mod tests;

//! The secret to search for, a repeated random word, and the mask that hides it on its way to the child.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;

pub(crate) const WORD: usize = 16;
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The parent's copy, unmasked.
pub(crate) struct Secret {
    word: [u8; WORD],
    mask: [u8; WORD],
    length: usize,
}

impl Secret {
    /// Generates a word of letters and digits, so that it can stand in a text of any format.
    pub(crate) fn random(length: usize) -> Self {
        let letter = |byte: u8| ALPHABET[usize::from(byte) % ALPHABET.len()];
        Self { word: random().map(letter), mask: random(), length }
    }

    /// Returns the whole secret, as the child has it in the buffer under test.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.word.iter().copied().cycle().take(self.length).collect()
    }

    /// Returns one period and the beginning of the next: every piece, in any rotation, is part of it.
    pub(crate) fn two_periods(&self) -> Vec<u8> {
        [self.word, self.word].concat()
    }

    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// Returns the mask and the masked word, in hexadecimal digits.
    pub(crate) fn masked(&self) -> [String; 2] {
        [hex(&self.mask), hex(&masked(&self.word, &self.mask))]
    }

    /// Removes the mask from bytes that the child masked.
    pub(crate) fn unmask(&self, masked_bytes: &[u8]) -> Vec<u8> {
        masked(masked_bytes, &self.mask)
    }
}

/// Masks the bytes. The mask is repeated as often as needed.
fn masked(bytes: &[u8], mask: &[u8; WORD]) -> Vec<u8> {
    bytes.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect()
}

/// Returns random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    File::open("/dev/urandom").unwrap().read_exact(&mut bytes).unwrap();
    bytes
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

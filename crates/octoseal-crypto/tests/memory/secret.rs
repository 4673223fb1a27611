//! The secret that is looked for: a random word, repeated; and the mask under which it travels.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;

pub(crate) const WORD: usize = 16;

/// The parent's copy, in the clear.
pub(crate) struct Secret {
    word: [u8; WORD],
    mask: [u8; WORD],
    length: usize,
}

impl Secret {
    /// Makes a word of printable ASCII, so that it can be a `String` too.
    pub(crate) fn random(length: usize) -> Self {
        Self { word: random().map(|byte: u8| b'!' + byte % 94), mask: random(), length }
    }

    /// The whole secret, as the child has it in the buffer under test.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.word.iter().copied().cycle().take(self.length).collect()
    }

    /// One period and enough of the next that every piece in any rotation is a part of it.
    pub(crate) fn two_periods(&self) -> Vec<u8> {
        [self.word, self.word].concat()
    }

    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// The mask and the masked word, in hexadecimal digits.
    pub(crate) fn masked(&self) -> [String; 2] {
        [hex(&self.mask), hex(&masked(&self.word, &self.mask))]
    }

    /// Takes the mask from bytes that the child has masked with it.
    pub(crate) fn unmask(&self, masked_bytes: &[u8]) -> Vec<u8> {
        masked(masked_bytes, &self.mask)
    }
}

/// The bytes under the mask, which is repeated as often as needed.
fn masked(bytes: &[u8], mask: &[u8; WORD]) -> Vec<u8> {
    bytes.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect()
}

/// Bytes from the operating system.
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

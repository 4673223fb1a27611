//! Search for pieces of a secret in memory.

use crate::parent::Observed;
use std::fmt;

/// The shortest piece that counts. Shorter matches could be chance.
const PIECE: usize = 8;

/// A run of bytes of the secret in memory.
pub(crate) struct Found {
    pub(crate) mapping: String,
    at: usize,
    pub(crate) length: usize,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mapping, at, length } = self;
        write!(f, "{length} bytes in {mapping} at +{at:#x}")
    }
}

/// Finds every longest run of pieces of the secret, in memory order.
pub(crate) fn search(observed: &Observed) -> Vec<Found> {
    let mut found = Vec::new();
    let pieces = Pieces::of(&observed.wanted);
    for mapping in &observed.memory {
        let mut at = 0;
        while let Some(start) = pieces.next(&mapping.bytes, at) {
            at = start;
            while pieces.stands_at(&mapping.bytes, at + 1) {
                at += 1;
            }
            at += PIECE;
            found.push(Found { mapping: mapping.name.clone(), at: start, length: at - start });
        }
    }
    found
}

/// All runs of [`PIECE`] bytes of the secret.
struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    first_bytes: [bool; 256],
}

impl<'a> Pieces<'a> {
    fn of(secret: &'a [u8]) -> Self {
        let pieces: Vec<_> = secret.windows(PIECE).collect();
        let mut first_bytes = [false; 256];
        pieces.iter().for_each(|piece| first_bytes[usize::from(piece[0])] = true);
        Self { pieces, first_bytes }
    }

    fn stands_at(&self, memory: &[u8], at: usize) -> bool {
        memory.get(at..at + PIECE).is_some_and(|part| self.pieces.contains(&part))
    }

    /// Finds the beginning of the next piece, at `from` or later.
    fn next(&self, memory: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        // A plain loop: without optimization, iterators double the time of the whole test.
        while at < memory.len() {
            if self.first_bytes[memory[at] as usize] && self.stands_at(memory, at) {
                return Some(at);
            }
            at += 1;
        }
        None
    }
}

//! What a case is: the code that the child runs, and what its parent must then find or not find.

use crate::child::Child;
use crate::secret::Secret;
use std::any::Any;

/// What still holds the secret when a case's code is done, if anything does.
pub(crate) type Held = Option<Box<dyn Any>>;

pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Child) -> Held,
    /// How long the secret is; each length is a run of its own.
    pub(crate) lengths: &'static [usize],
    /// What the child reads from its standard input.
    pub(crate) input: fn(&Secret) -> Vec<u8>,
    /// What to search for, given what the child said.
    pub(crate) wanted: fn(&Secret, &[u8]) -> Vec<u8>,
    pub(crate) expected: Expected,
}

pub(crate) enum Expected {
    /// At least half of the secret is found once all is dropped: a control of the search itself.
    Found,
    /// All of it is found while the value or key lives, nothing once that is dropped.
    Wiped,
    /// Nothing is found; the code gives nothing back in which it could be found before.
    Nothing,
}

/// A short value, one of a page, and GitHub's largest.
pub(crate) const VALUES: &[usize] = &[32, 4_096, 49_152];

impl Case {
    /// A case that needs no input and searches for the secret itself, in several lengths.
    pub(crate) const fn new(name: &'static str, expected: Expected, run: fn(&Child) -> Held) -> Self {
        Self {
            name,
            run,
            lengths: VALUES,
            input: |_| Vec::new(),
            wanted: |secret, _| secret.two_periods(),
            expected,
        }
    }

    pub(crate) const fn lengths(self, lengths: &'static [usize]) -> Self {
        Self { lengths, ..self }
    }

    pub(crate) const fn input(self, input: fn(&Secret) -> Vec<u8>) -> Self {
        Self { input, ..self }
    }

    pub(crate) const fn wanted(self, wanted: fn(&Secret, &[u8]) -> Vec<u8>) -> Self {
        Self { wanted, ..self }
    }
}

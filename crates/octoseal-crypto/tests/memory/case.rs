//! Test cases: the code that the child runs, and the traces that its parent must or must not find.

use crate::child::Child;
use crate::secret::Secret;
use std::any::Any;

/// The object that still holds the secret after a case's code has run, if there is one.
pub(crate) type Held = Option<Box<dyn Any>>;

pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Child) -> Held,
    /// The lengths of the secret. Each length is a separate run.
    pub(crate) lengths: &'static [usize],
    /// The standard input of the child.
    pub(crate) input: fn(&Secret) -> Vec<u8>,
    /// The bytes to search for, given the output of the child.
    pub(crate) wanted: fn(&Secret, &[u8]) -> Vec<u8>,
    pub(crate) expected: Expected,
}

pub(crate) enum Expected {
    /// At least half of the secret is found after all is dropped. This checks the search itself.
    Found,
    /// The whole secret is found while the value or key lives, and nothing after it is dropped.
    Wiped,
    /// Nothing is found. The code returns nothing that could hold the secret.
    Nothing,
}

/// A short value, a value of one page, and GitHub's largest.
pub(crate) const VALUES: &[usize] = &[32, 4_096, 49_152];

impl Case {
    /// Creates a case that needs no input and searches for the secret itself, in several lengths.
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

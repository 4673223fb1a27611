//! The child process: unmasks the secret into the buffer under test only, runs one case, stops itself.

use crate::cases;
use crate::secret::{WORD, hex, unhex};
use octoseal_crypto::SecretValue;
use rustix::process::{Signal, getpid, kill_process, set_parent_process_death_signal};
use std::hint::black_box;
use std::io::{self, Read};
use std::process::ExitCode;
use zeroize::Zeroizing;

/// The first argument of a child. The parent's arguments never contain it.
pub(crate) const FLAG: &str = "--child-of-the-memory-test";

/// The moment at which the child stops.
pub(crate) const WHILE_HELD: &str = "while-held";
pub(crate) const ONCE_DROPPED: &str = "once-dropped";

pub(crate) struct Child {
    mask: [u8; WORD],
    masked: [u8; WORD],
    pub(crate) length: usize,
}

/// Runs the case that the arguments name. The parent ends this process while it is stopped.
pub(crate) fn run(arguments: &[String]) -> ExitCode {
    set_parent_process_death_signal(Some(Signal::KILL)).unwrap();
    let [name, when, length, mask, masked] = arguments else { panic!("five arguments: {arguments:?}") };
    let case = cases().find(|case| case.name == name).unwrap();
    let child = Child {
        mask: unhex(mask).try_into().unwrap(),
        masked: unhex(masked).try_into().unwrap(),
        length: length.parse().unwrap(),
    };
    let held = (case.run)(&child);
    if when == WHILE_HELD {
        std::mem::forget(held);
    } else {
        drop(held);
    }
    kill_process(getpid(), Signal::STOP).unwrap();
    ExitCode::FAILURE
}

impl Child {
    /// Writes the secret over the whole buffer, byte by byte, without any other copy in memory.
    pub(crate) fn unmask_into(&self, buffer: &mut [u8]) {
        self.unmask_from(0, buffer);
    }

    /// Allocates a heap buffer with the secret that is not wiped.
    pub(crate) fn plain(&self) -> Vec<u8> {
        let mut buffer = vec![0; self.length];
        self.unmask_into(&mut buffer);
        buffer
    }

    /// Allocates a heap buffer with the secret that is wiped when dropped, as a careful caller does.
    pub(crate) fn wiped_later(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.plain())
    }

    pub(crate) fn value(&self) -> SecretValue {
        SecretValue::from(self.plain())
    }

    /// Creates a reader of the secret that keeps no copy and returns at most `piece` bytes at a time.
    pub(crate) fn source(&self, piece: usize) -> Source<'_> {
        Source { child: self, piece, given: 0 }
    }

    /// Writes a secret to the parent, masked.
    pub(crate) fn write_masked(&self, secret: &[u8]) {
        let masked = secret.iter().zip(self.mask.iter().cycle());
        say(&masked.map(|(byte, mask)| black_box(byte ^ mask)).collect::<Vec<_>>());
    }

    fn unmask_from(&self, offset: usize, buffer: &mut [u8]) {
        for (index, byte) in (offset..).zip(buffer) {
            // The barrier prevents vectorization: vector registers could be spilled to the stack.
            *byte = black_box(self.mask[index % WORD] ^ self.masked[index % WORD]);
        }
    }
}

/// Writes bytes that are not secret to the parent.
pub(crate) fn say(bytes: &[u8]) {
    println!("{}", hex(bytes));
}

/// Reads the bytes that the parent wrote to standard input.
pub(crate) fn input() -> Vec<u8> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).unwrap();
    bytes
}

/// The reader of [`Child::source`].
pub(crate) struct Source<'a> {
    child: &'a Child,
    piece: usize,
    given: usize,
}

impl Source<'_> {
    pub(crate) fn is_halfway(&self) -> bool {
        self.given >= self.child.length / 2
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.piece).min(self.child.length - self.given);
        self.child.unmask_from(self.given, &mut buffer[..count]);
        self.given += count;
        Ok(count)
    }
}

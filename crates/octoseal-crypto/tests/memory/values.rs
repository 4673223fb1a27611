//! Traces of sealing a value and of holding one.

use crate::case::{Case, Expected, Held};
use crate::child::{Child, Source};
use crate::secret::Secret;
use octoseal_crypto::{Error, PublicKey, SEALED_OVERHEAD, SecretValue};
use std::fs::File;
use std::hint::black_box;
use std::io::{self, Read};
use std::mem;
use std::os::fd::AsFd as _;
use std::thread;

/// GitHub's largest value, in bytes.
const LIMIT: usize = 49_152;

pub(crate) const CASES: &[Case] = &[
    Case::new("seal", Expected::Wiped, |child| {
        let value = child.value();
        assert_eq!(recipient().seal(value.expose()).unwrap().len(), child.length + SEALED_OVERHEAD);
        held(value)
    }),
    Case::new("seal_base64", Expected::Wiped, |child| {
        let value = child.value();
        assert_eq!(recipient().seal_base64(value.expose()).unwrap().len() % 4, 0);
        held(value)
    }),
    Case::new("seal_in_another_thread", Expected::Wiped, |child| {
        let value = child.value();
        let sealing = thread::spawn(move || {
            recipient().seal(value.expose()).unwrap();
            value
        });
        held(sealing.join().unwrap())
    }),
    Case::new("value_from_a_vector", Expected::Wiped, |child| held(SecretValue::from(child.plain()))),
    Case::new("value_from_a_string", Expected::Wiped, |child| {
        held(SecretValue::from(String::from_utf8(child.plain()).unwrap()))
    }),
    Case::new("value_copied_from_a_slice", Expected::Wiped, |child| {
        held(SecretValue::from(&child.wiped_later()[..]))
    }),
    Case::new("value_from_a_vector_with_room_to_spare", Expected::Wiped, |child| {
        let mut buffer = Vec::with_capacity(2 * child.length);
        buffer.resize(child.length, 0);
        child.unmask_into(&mut buffer);
        buffer.truncate(1);
        held(SecretValue::from(buffer))
    }),
    Case::new("value_shortened", Expected::Wiped, |child| {
        let mut value = child.value();
        value.truncate(1);
        held(value)
    }),
    Case::new("value_shown_by_debug", Expected::Wiped, |child| {
        let value = child.value();
        assert_eq!(format!("{value:?}"), "SecretValue(..)");
        held(value)
    }),
    Case::new("read_in_one_piece", Expected::Wiped, |child| read(child, child.source(LIMIT))),
    Case::new("read_in_pieces_of_seven_bytes", Expected::Wiped, |child| read(child, child.source(7))),
    Case::new("read_from_a_source_that_allocates", Expected::Wiped, |child| {
        read(child, Allocates(child.source(1_000)))
    }),
    Case::new("read_from_a_pipe", Expected::Wiped, |child| {
        let pipe = File::from(io::stdin().as_fd().try_clone_to_owned().unwrap());
        read(child, pipe)
    })
    .input(Secret::bytes),
    Case::new("read_of_too_much", Expected::Nothing, |child| {
        let refused = SecretValue::read(child.source(LIMIT), child.length - 1);
        assert!(matches!(refused, Err(Error::TooLong { .. })));
        None
    }),
    Case::new("read_that_breaks_off", Expected::Nothing, |child| {
        let broken = SecretValue::read(BreaksOff(child.source(child.length / 2)), LIMIT);
        assert!(matches!(broken, Err(Error::Read(_))));
        None
    }),
];

fn recipient() -> PublicKey {
    "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=".parse().unwrap()
}

fn held(value: SecretValue) -> Held {
    Some(Box::new(value))
}

fn read(child: &Child, source: impl Read) -> Held {
    let value = SecretValue::read(source, LIMIT).unwrap();
    assert_eq!(value.len(), child.length);
    held(value)
}

/// A reader that allocates memory after each piece, so that a growing buffer would have to move.
struct Allocates<'a>(Source<'a>);

impl Read for Allocates<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        mem::forget(black_box(Box::new([0_u8; 32])));
        self.0.read(buffer)
    }
}

/// A reader that returns half of the secret, then fails.
struct BreaksOff<'a>(Source<'a>);

impl Read for BreaksOff<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0.is_halfway() { Err(io::Error::other("cut")) } else { self.0.read(buffer) }
    }
}

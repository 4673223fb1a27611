//! Controls of the search: it finds a secret that is there, and does not find one that was wiped.

use crate::case::{Case, Expected, Held};
use crate::child::Child;
use std::hint::black_box;
use std::mem;
use zeroize::Zeroize as _;

pub(crate) const CASES: &[Case] = &[
    Case::new("control_a_living_copy_is_found", Expected::Found, |child| {
        mem::forget(child.plain());
        None
    }),
    Case::new("control_a_freed_copy_is_found", Expected::Found, |child| {
        drop(black_box(child.plain()));
        None
    }),
    Case::new("control_a_copy_left_on_the_stack_is_found", Expected::Found, |child| {
        on_the_stack(child);
        None
    })
    .lengths(&[4_096]),
    Case::new("control_a_wiped_copy_is_not_found", Expected::Wiped, wiped),
];

fn wiped(child: &Child) -> Held {
    let mut buffer = child.plain();
    buffer.zeroize();
    drop(buffer);
    Some(Box::new(child.wiped_later()))
}

#[inline(never)]
fn on_the_stack(child: &Child) {
    let mut buffer = [0; 4_096];
    child.unmask_into(&mut buffer);
    black_box(&buffer);
}

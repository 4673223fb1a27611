//! No value stays in memory after a text was read, with the allocator of the command.
//!
//! The search is that of `crates/octoseal-crypto/tests/memory`.

#![cfg_attr(target_os = "linux", expect(clippy::unwrap_used, reason = "helpers of tests may"))]
#![cfg_attr(
    target_os = "linux",
    expect(dead_code, reason = "the search has helpers for its other test, too")
)]

// The child of the search names the crate that has the values.
#[cfg(target_os = "linux")]
extern crate octoseal as octoseal_crypto;

#[cfg(target_os = "linux")]
#[path = "../../../octoseal-crypto/tests/memory/case.rs"]
mod case;
#[cfg(target_os = "linux")]
#[path = "../../../octoseal-crypto/tests/memory/child.rs"]
mod child;
#[cfg(target_os = "linux")]
#[path = "../../../octoseal-crypto/tests/memory/harness.rs"]
mod harness;
#[cfg(target_os = "linux")]
#[path = "../../../octoseal-crypto/tests/memory/parent.rs"]
mod parent;
#[cfg(target_os = "linux")]
#[path = "../../../octoseal-crypto/tests/memory/search.rs"]
mod search;
#[cfg(target_os = "linux")]
#[path = "../../../octoseal-crypto/tests/memory/secret.rs"]
mod secret;
#[cfg(target_os = "linux")]
mod texts;

/// The allocator of the command.
#[cfg(target_os = "linux")]
#[global_allocator]
static WIPING: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

#[cfg(target_os = "linux")]
fn cases() -> impl Iterator<Item = &'static case::Case> {
    texts::CASES.iter()
}

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((flag, rest)) if flag == child::FLAG => child::run(rest),
        _ => harness::run(&arguments),
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("not run: only Linux lets a process read the memory of its child like this");
}

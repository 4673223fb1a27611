//! Search for secrets in memory: a child stops itself after the code under test, and its parent searches its
//! memory.
//!
//! The parent passes the secret masked, and the child unmasks it only into the buffer under test. A search
//! from inside the process would overwrite the traces it looks for. docs/testing.md, "Memory", lists the
//! limits of this test.

#![cfg_attr(target_os = "linux", expect(clippy::unwrap_used, reason = "helpers of tests may"))]

#[cfg(target_os = "linux")]
mod agreement;
#[cfg(target_os = "linux")]
mod case;
#[cfg(target_os = "linux")]
mod child;
#[cfg(target_os = "linux")]
mod controls;
#[cfg(target_os = "linux")]
mod harness;
#[cfg(target_os = "linux")]
mod keys;
#[cfg(target_os = "linux")]
mod parent;
#[cfg(target_os = "linux")]
mod search;
#[cfg(target_os = "linux")]
mod secret;
#[cfg(target_os = "linux")]
mod values;

/// Lists the tests in the order in which they run. If the controls fail, the other results mean nothing.
#[cfg(target_os = "linux")]
fn cases() -> impl Iterator<Item = &'static case::Case> {
    [controls::CASES, values::CASES, keys::CASES].into_iter().flatten()
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
    eprintln!("not run: this test reads the memory of a child process, which works only on Linux");
}

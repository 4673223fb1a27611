//! The files that `cargo xtask conformance` reads: one for each test, if `OCTOSEAL_RECORD` names their
//! folder.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::thread;

/// Opens the file of this test, or returns `None` without a recording.
pub(crate) fn file() -> Option<File> {
    let folder = std::env::var_os("OCTOSEAL_RECORD")?;
    let thread = thread::current();
    let test = thread.name().unwrap_or("unnamed").replace("::", ".");
    let path = Path::new(&folder).join(format!("{}.{test}.jsonl", env!("CARGO_CRATE_NAME")));
    Some(OpenOptions::new().create(true).append(true).open(path).expect("the folder is there"))
}

/// Writes each line at once, so that lines of several emulators do not mix.
pub(crate) fn write(mut file: &File, line: &str) {
    file.write_all(format!("{line}\n").as_bytes()).expect("the recording can be written");
}

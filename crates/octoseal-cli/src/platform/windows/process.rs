//! The process itself: core dumps, standard streams, and the bytes of variables.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::windows::io::AsHandle as _;
use tokio::process::{Child, Command};

/// Does nothing, since Windows writes no core dumps by default.
pub(crate) fn forbid_core_dumps() {}

/// Returns the bytes of a variable as UTF-8, or WTF-8 if it is not valid Unicode.
pub(crate) fn bytes(text: OsString) -> Vec<u8> {
    text.into_encoded_bytes()
}

/// Opens standard input without the standard library's buffer, which is never wiped.
pub(crate) fn stdin() -> io::Result<File> {
    Ok(File::from(io::stdin().as_handle().try_clone_to_owned()?))
}

/// On Windows a missing standard output makes each write fail.
pub(crate) fn stdout_is_closed() -> bool {
    false
}

/// A program. On Windows `kill_on_drop` ends only the program itself.
pub(crate) struct ProcessGroup;

impl ProcessGroup {
    /// Nothing to prepare.
    pub(crate) fn prepare(_command: &mut Command) {}

    pub(crate) fn of(_child: &Child) -> Self {
        Self
    }

    /// Nothing to leave.
    pub(crate) fn leave(self) {}
}

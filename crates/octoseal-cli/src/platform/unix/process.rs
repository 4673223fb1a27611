//! The process itself: core dumps, standard streams, and the bytes of variables.

use rustix::fs::OFlags;
use rustix::process::{Resource, Rlimit, setrlimit};
use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::MetadataExt as _;

/// Keeps values and tokens out of core dumps. The command also works where this fails.
pub(crate) fn forbid_core_dumps() {
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).ok();
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).ok();
}

/// Returns the bytes of a variable.
pub(crate) fn bytes(text: OsString) -> Vec<u8> {
    text.into_vec()
}

/// Opens standard input without the standard library's buffer, which is never wiped.
pub(crate) fn stdin() -> io::Result<File> {
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

/// Whether the command was started without standard output. Rust's runtime then opens `/dev/null` for reading and writing
/// in its place, which a shell's `>/dev/null` never does.
pub(crate) fn stdout_is_closed() -> bool {
    let is_null = || {
        let stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let (stdout, null) = (stdout.metadata()?, std::fs::metadata("/dev/null")?);
        io::Result::Ok((stdout.dev(), stdout.ino()) == (null.dev(), null.ino()))
    };
    let is_for_both = rustix::fs::fcntl_getfl(io::stdout()).is_ok_and(|flags| flags.contains(OFlags::RDWR));
    is_for_both && is_null().unwrap_or(false)
}

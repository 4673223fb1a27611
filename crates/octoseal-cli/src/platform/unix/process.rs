//! The process itself: core dumps, standard streams, and the bytes of variables.

use rustix::fs::OFlags;
use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process_group, setrlimit};
use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::MetadataExt as _;
use tokio::process::{Child, Command};

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

/// Returns whether the command was started without standard output. Rust's runtime then opens `/dev/null` for
/// reading and writing in its place, which a shell's `>/dev/null` never does.
pub(crate) fn stdout_is_closed() -> bool {
    let is_null = || {
        let stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let (stdout, null) = (stdout.metadata()?, std::fs::metadata("/dev/null")?);
        io::Result::Ok((stdout.dev(), stdout.ino()) == (null.dev(), null.ino()))
    };
    let is_for_both = rustix::fs::fcntl_getfl(io::stdout()).is_ok_and(|flags| flags.contains(OFlags::RDWR));
    is_for_both && is_null().unwrap_or(false)
}

/// A program with all processes that it starts. Dropping it ends them.
pub(crate) struct ProcessGroup(Option<Pid>);

impl ProcessGroup {
    /// Lets the program begin its own process group.
    pub(crate) fn prepare(command: &mut Command) {
        command.process_group(0);
    }

    pub(crate) fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?)))
    }

    /// Lets running processes continue.
    pub(crate) fn leave(mut self) {
        self.0 = None;
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // It may have ended by itself.
            kill_process_group(group, Signal::KILL).ok();
        }
    }
}

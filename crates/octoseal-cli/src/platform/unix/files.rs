//! Private files and folders.

use rustix::fs::{FlockOperation, OFlags, flock};
use rustix::io::Errno;
use rustix::process::geteuid;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

/// Opens a regular file. Refuses links, and pipes, whose other end could block. A new file is private.
pub(crate) fn open_regular(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = options.mode(0o600).custom_flags(flags.bits() as i32).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Creates a private folder, and those above it.
pub(crate) fn create_private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Checks that the folder belongs to this user and that no other user can write to it.
pub(crate) fn check_private_folder(folder: &Path) -> io::Result<()> {
    let metadata = folder.symlink_metadata()?;
    let is_private = metadata.uid() == geteuid().as_raw() && metadata.mode() & 0o022 == 0;
    if metadata.is_dir() && is_private { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// Waits until no other process has the lock of a file, and takes it. The lock ends when the file is closed.
/// Processes get it in the order in which they asked for it.
pub(crate) fn lock(file: File) -> io::Result<File> {
    loop {
        match flock(&file, FlockOperation::LockExclusive) {
            Err(Errno::INTR) => {}
            result => return Ok(result.map(|()| file)?),
        }
    }
}

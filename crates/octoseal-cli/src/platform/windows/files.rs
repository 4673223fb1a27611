//! Files and folders. Below the user's profile, Windows makes each user's files private.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::Path;

/// `FILE_FLAG_OPEN_REPARSE_POINT`: opens a link itself instead of following it.
const NO_LINKS: u32 = 0x0020_0000;

/// Opens a regular file. Refuses links.
pub(crate) fn open_regular(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let file = options.custom_flags(NO_LINKS).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Creates a folder and those above it.
pub(crate) fn create_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Checks that the folder is a folder and not a link.
pub(crate) fn check_private_folder(folder: &Path) -> io::Result<()> {
    if folder.symlink_metadata()?.is_dir() { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// Waits until no other process has the lock of a file, and takes it. The lock ends when the file is closed.
pub(crate) fn lock(file: File) -> io::Result<File> {
    file.lock()?;
    Ok(file)
}

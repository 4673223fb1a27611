//! File access whose errors name the path.

use std::fs;
use std::io;
use std::path::Path;

/// Reads a text file.
pub(crate) fn read(path: impl AsRef<Path>) -> Result<String, String> {
    with_path(path.as_ref(), fs::read_to_string(&path))
}

/// Writes a text file and creates its folder.
pub(crate) fn write(path: impl AsRef<Path>, text: &str) -> Result<(), String> {
    create_folder(path.as_ref().parent().unwrap_or(Path::new("")))?;
    with_path(path.as_ref(), fs::write(&path, text))
}

/// Creates a folder and its parents.
pub(crate) fn create_folder(path: &Path) -> Result<(), String> {
    with_path(path, fs::create_dir_all(path))
}

/// Creates an empty folder, and deletes its former content.
pub(crate) fn empty_folder(path: &Path) -> Result<(), String> {
    if path.exists() {
        with_path(path, fs::remove_dir_all(path))?;
    }
    create_folder(path)
}

/// Copies a folder with its subfolders over another one, and keeps the other files there.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<(), String> {
    create_folder(to)?;
    for entry in with_path(from, fs::read_dir(from))? {
        let entry = with_path(from, entry)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            with_path(&target, fs::copy(entry.path(), &target))?;
        }
    }
    Ok(())
}

fn with_path<T>(path: &Path, result: io::Result<T>) -> Result<T, String> {
    result.map_err(|error| format!("{}: {error}", path.display()))
}

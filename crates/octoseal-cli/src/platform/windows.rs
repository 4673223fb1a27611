//! Windows.

pub(super) mod files;
pub(super) mod process;
pub(super) mod signals;
pub(super) mod terminal;

use crate::environment::Environment;
use crate::output::Failure;
use std::path::PathBuf;

/// Returns the folder for the state of programs: `%LOCALAPPDATA%`.
pub(crate) fn state_folder(environment: &Environment) -> Result<Option<PathBuf>, Failure> {
    Ok(environment.text("LOCALAPPDATA")?.map(PathBuf::from).filter(|path| path.is_absolute()))
}

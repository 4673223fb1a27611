//! Linux, macOS and other Unix systems.

pub(super) mod files;
pub(super) mod process;
pub(super) mod signals;
pub(super) mod terminal;

use crate::environment::Environment;
use crate::output::Failure;
use std::path::{Path, PathBuf};

/// Returns the folder for the state of programs: `$XDG_STATE_HOME`, else `~/.local/state`.
pub(crate) fn state_folder(environment: &Environment) -> Result<Option<PathBuf>, Failure> {
    let state = environment.text("XDG_STATE_HOME")?.map(PathBuf::from).filter(|path| path.is_absolute());
    match state {
        Some(state) => Ok(Some(state)),
        None => Ok(environment.text("HOME")?.map(|home| Path::new(&home).join(".local/state"))),
    }
}

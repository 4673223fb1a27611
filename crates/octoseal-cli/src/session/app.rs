//! The credential of a GitHub App, from variables and a file.

use crate::environment::{APP_ID, APP_INSTALLATION, APP_KEY_FILE, Environment};
use crate::files;
use crate::output::{ExitCode, Failure};
use octoseal::{GitHubApp, RsaKey};
use std::path::Path;
use std::time::SystemTime;

/// An App, with one installation for everything or one for each owner.
pub(crate) struct FoundApp {
    pub(crate) app: GitHubApp,
    /// Its id, and its installation if there is only one.
    pub(crate) name: String,
    pub(crate) is_per_owner: bool,
}

/// Finds the App of `OCTOSEAL_APP_ID`, with its key from the file in `OCTOSEAL_APP_KEY_FILE`.
///
/// # Errors
///
/// If a variable is missing or invalid. Ignoring it could select another credential than intended.
pub(crate) fn find(environment: &Environment) -> Result<Option<FoundApp>, Failure> {
    let Some(id) = environment.text(APP_ID)? else {
        return Ok(None);
    };
    let id = id.trim().to_owned();
    let path = environment.text(APP_KEY_FILE)?.ok_or_else(|| {
        let message = format!("{APP_ID} needs {APP_KEY_FILE}, the path of the App's private key in PEM");
        Failure::usage(message).argument(APP_KEY_FILE)
    })?;
    let invalid = |cause| Failure::usage("the GitHub App cannot be used").because(cause);
    // The path is not repeated: the user may have put the key itself into the variable.
    let unreadable = |cause| {
        let failure = Failure::new(ExitCode::File, format!("cannot read the file that {APP_KEY_FILE} names"));
        failure.because(cause).hint("it is the path of a PEM file").argument(APP_KEY_FILE)
    };
    let pem = files::read_secret(Path::new(&path), MAX_KEY_FILE).map_err(unreadable)?;
    let key = RsaKey::from_pem(pem.expose()).map_err(invalid)?;
    let app = GitHubApp::new(id.clone(), key, SystemTime::now).map_err(invalid)?;
    Ok(Some(match environment.text(APP_INSTALLATION)? {
        None => FoundApp { app, name: id, is_per_owner: true },
        Some(text) => {
            let number = text.trim().parse().map_err(|_| {
                Failure::usage(format!("{APP_INSTALLATION} is not the number of an installation"))
                    .argument(APP_INSTALLATION)
            })?;
            FoundApp { app: app.installation(number), name: format!("{id} {text}"), is_per_owner: false }
        }
    }))
}

/// Maximum number of bytes, more than any key has.
const MAX_KEY_FILE: usize = 32_768;

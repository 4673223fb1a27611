//! The credential of a GitHub App, from variables and a file.

use crate::failure::{Code, Failure};
use crate::token::variable;
use octoseal::SecretValue;
use octoseal::{GitHubApp, RsaKey};
use std::fs::File;
use std::io::Read as _;
use std::time::SystemTime;

/// An App, and whether it has one installation for everything or looks for that of each owner.
pub(crate) struct FoundApp {
    pub(crate) app: GitHubApp,
    /// Its id, and its installation if there is one for everything.
    pub(crate) name: String,
    pub(crate) is_per_owner: bool,
}

/// The App that `OCTOSEAL_APP_ID` names, with its key from the file that `OCTOSEAL_APP_KEY_FILE` names.
///
/// # Errors
///
/// What is missing or cannot be one: to pass it over could take another credential than was meant.
pub(crate) fn find() -> Result<Option<FoundApp>, Failure> {
    let Some(id) = variable("OCTOSEAL_APP_ID")? else {
        return Ok(None);
    };
    let path = variable("OCTOSEAL_APP_KEY_FILE")?.ok_or_else(|| {
        Failure::usage(
            "OCTOSEAL_APP_ID needs OCTOSEAL_APP_KEY_FILE, the path of the App's private key in PEM",
        )
    })?;
    let unusable = |cause| Failure::usage("the GitHub App cannot be used").because(cause);
    let key = RsaKey::from_pem(read(&path)?.expose()).map_err(unusable)?;
    let app = GitHubApp::new(id.clone(), key, SystemTime::now).map_err(unusable)?;
    Ok(Some(match variable("OCTOSEAL_APP_INSTALLATION")? {
        None => FoundApp { app, name: id, is_per_owner: true },
        Some(text) => {
            let number = text.parse().map_err(|_| {
                Failure::usage("OCTOSEAL_APP_INSTALLATION is not the number of an installation")
            })?;
            FoundApp { app: app.installation(number), name: format!("{id} {text}"), is_per_owner: false }
        }
    }))
}

fn read(path: &str) -> Result<SecretValue, Failure> {
    // Not the path: who put the key itself into the variable must not find it in a log.
    let message = "the file that OCTOSEAL_APP_KEY_FILE names cannot be read: it is the path of a PEM file";
    let unreadable = |cause| Failure::new(Code::File, message).because(cause);
    // Room for all of it from the start: a buffer that grows would leave a copy behind.
    let mut pem = Vec::with_capacity(MAX_KEY_FILE + 1);
    let file = File::open(path).map_err(unreadable)?;
    let result = file.take(MAX_KEY_FILE as u64).read_to_end(&mut pem);
    let pem = SecretValue::from(pem); // wiped, whatever becomes of it
    result.map_err(unreadable)?;
    Ok(pem)
}

/// Bytes; more than any key has, so what is cut here is refused there.
const MAX_KEY_FILE: usize = 32_768;

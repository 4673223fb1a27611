//! The environment: every variable of the command, and the only way to read it.

use crate::output::Failure;
use std::ffi::OsString;

/// The root of the API.
pub(crate) const API_URL: &str = "OCTOSEAL_API_URL";
/// A token for the chosen API.
pub(crate) const TOKEN: &str = "OCTOSEAL_TOKEN";
/// The id of a GitHub App.
pub(crate) const APP_ID: &str = "OCTOSEAL_APP_ID";
/// The path of the App's private key.
pub(crate) const APP_KEY_FILE: &str = "OCTOSEAL_APP_KEY_FILE";
/// The App's only installation. Without it, each owner's is looked up.
pub(crate) const APP_INSTALLATION: &str = "OCTOSEAL_APP_INSTALLATION";
/// The folder for state that is kept between runs.
pub(crate) const STATE_DIR: &str = "OCTOSEAL_STATE_DIR";

/// OpenSSL's file of certificate authorities, in place of the system's.
pub(crate) const SSL_CERT_FILE: &str = "SSL_CERT_FILE";

/// The GitHub CLI's host.
pub(crate) const GH_HOST: &str = "GH_HOST";
/// The GitHub CLI's token for github.com and its data residency hosts.
pub(crate) const GH_TOKEN: &str = "GH_TOKEN";
/// The GitHub CLI's token for Enterprise Servers.
pub(crate) const GH_ENTERPRISE_TOKEN: &str = "GH_ENTERPRISE_TOKEN";
/// The token of a workflow or a codespace.
pub(crate) const GITHUB_TOKEN: &str = "GITHUB_TOKEN";
/// The API of a workflow.
pub(crate) const GITHUB_API_URL: &str = "GITHUB_API_URL";
/// The GitHub of a workflow.
pub(crate) const GITHUB_SERVER_URL: &str = "GITHUB_SERVER_URL";
/// The GitHub CLI's repository.
pub(crate) const GH_REPO: &str = "GH_REPO";
/// The repository of a workflow.
pub(crate) const GITHUB_REPOSITORY: &str = "GITHUB_REPOSITORY";
/// Set in workflows of GitHub Actions.
pub(crate) const GITHUB_ACTIONS: &str = "GITHUB_ACTIONS";
/// The kind of terminal; `dumb` cannot rewrite a line.
pub(crate) const TERM: &str = "TERM";
/// Set in codespaces.
pub(crate) const CODESPACES: &str = "CODESPACES";

/// The variables that octoseal does not pass to programs.
pub(crate) const CREDENTIALS: &[&str] = &[
    TOKEN,
    APP_ID,
    APP_KEY_FILE,
    APP_INSTALLATION,
    GH_TOKEN,
    GH_ENTERPRISE_TOKEN,
    "GITHUB_ENTERPRISE_TOKEN",
    GITHUB_TOKEN,
    "OCTOSEAL_CONTROL_TOKEN",
];

/// The variables of the process, or those of a test.
pub(crate) enum Environment {
    Process,
    #[cfg(test)]
    Test(&'static [(&'static str, &'static str)]),
}

impl Environment {
    /// Returns a variable unchanged.
    pub(crate) fn raw(&self, name: &str) -> Option<OsString> {
        match self {
            Self::Process => std::env::var_os(name),
            #[cfg(test)]
            Self::Test(variables) => {
                variables.iter().find(|(it, _)| *it == name).map(|(_, value)| value.into())
            }
        }
    }

    /// Returns the text of a variable. An empty variable counts as unset.
    ///
    /// # Errors
    ///
    /// If it is not UTF-8. Ignoring it could select another token or address than intended.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        let Some(value) = self.raw(name).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        value.into_string().map(Some).map_err(|_| Failure::usage(format!("{name} is not valid UTF-8")))
    }

    /// Returns whether a variable is set and not empty.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.raw(name).is_some_and(|value| !value.is_empty())
    }
}

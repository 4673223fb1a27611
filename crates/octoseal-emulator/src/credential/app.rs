//! GitHub Apps: their declarations, and authentication by a signed JSON web token.

mod claims;
mod der;
mod lag;
mod minted;
mod routes;
mod signature;

pub(crate) use claims::is_web_token;
pub(crate) use minted::Minted;
pub use signature::BadPublicKey;

use http::StatusCode;
use signature::PublicKey;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// A GitHub App: an id, the public key that verifies its JSON web tokens, and its installations.
///
/// It needs the crate's feature `apps`, which is on by default.
#[derive(Clone, Debug)]
pub struct App {
    id: u64,
    client_id: Option<String>,
    public_key: PublicKey,
    installations: Vec<Installation>,
    token_lag: Option<(Duration, StatusCode)>,
}

/// An installation of an App: an account, its permissions and its repositories.
#[derive(Clone, Debug)]
pub struct Installation {
    id: u64,
    account: String,
    permissions: BTreeMap<String, String>,
    is_suspended: bool,
    /// `owner/name` in lower case. `None` means all repositories of the account.
    repositories: Option<BTreeSet<String>>,
}

/// All Apps, and the tokens that were created for them.
#[derive(Clone, Default)]
pub(crate) struct Apps {
    apps: Vec<App>,
    minted: BTreeMap<String, Minted>,
    tokens_made: u64,
}

/// GitHub's message for an App that requests a token of a suspended installation.
pub(crate) const SUSPENDED: &str = "This installation has been suspended";

impl App {
    /// Creates an App with this id. The key is an RSA public key in PEM (`openssl rsa -in app.pem -pubout`).
    ///
    /// # Errors
    ///
    /// [`BadPublicKey`] if the text is not such a key, or if the feature `apps` is off.
    pub fn new(id: u64, public_key_pem: &str) -> Result<Self, BadPublicKey> {
        let public_key = PublicKey::from_pem(public_key_pem)?;
        Ok(Self { id, client_id: None, public_key, installations: Vec::new(), token_lag: None })
    }

    /// Allows the App to use this client id in `iss` as well.
    pub fn client_id(self, client_id: &str) -> Self {
        Self { client_id: Some(client_id.to_owned()), ..self }
    }

    /// Adds an installation. Ids of installations are unique among all Apps.
    pub fn installation(mut self, installation: Installation) -> Self {
        self.installations.push(installation);
        self
    }

    fn is_called(&self, issuer: &str) -> bool {
        issuer == self.id.to_string() || self.client_id.as_deref() == Some(issuer)
    }
}

impl Installation {
    /// Creates an installation with this id at a user or an organization, with all its repositories and no
    /// permissions.
    pub fn new(id: u64, account: &str) -> Self {
        Self {
            id,
            account: account.to_owned(),
            permissions: BTreeMap::new(),
            is_suspended: false,
            repositories: None,
        }
    }

    /// Adds a permission, such as `secrets` at the level `write`.
    pub fn permission(mut self, permission: &str, level: &str) -> Self {
        self.permissions.insert(permission.to_owned(), level.to_owned());
        self
    }

    /// Adds a repository, such as `acme/api`. With at least one, the installation has only these
    /// repositories.
    pub fn repository(mut self, full_name: &str) -> Self {
        self.repositories.get_or_insert_default().insert(full_name.to_ascii_lowercase());
        self
    }

    /// Declares that the account suspended it. GitHub then refuses the App and its tokens with 403.
    pub fn suspended(self) -> Self {
        Self { is_suspended: true, ..self }
    }

    fn selection(&self) -> &'static str {
        if self.repositories.is_some() { "selected" } else { "all" }
    }

    fn reaches(&self, full_name: &str) -> bool {
        let full_name = full_name.to_ascii_lowercase();
        let owner = full_name.split('/').next().unwrap_or_default();
        let selected = self.repositories.as_ref().is_none_or(|selected| selected.contains(&full_name));
        selected && owner == self.account.to_ascii_lowercase()
    }
}

impl Apps {
    pub(crate) fn declare(&mut self, app: App) {
        self.apps.retain(|other| other.id != app.id);
        self.apps.push(app);
    }

    /// Returns a token that was created for an App, if it is one.
    pub(crate) fn minted(&self, token: &str) -> Option<&Minted> {
        self.minted.get(token)
    }

    pub(crate) fn is_suspended(&self, installation: u64) -> bool {
        let all = self.apps.iter().flat_map(|app| &app.installations);
        all.filter(|found| found.id == installation).any(|found| found.is_suspended)
    }

    fn app(&self, id: u64) -> Option<&App> {
        self.apps.iter().find(|app| app.id == id)
    }
}

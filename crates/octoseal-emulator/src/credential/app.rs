//! GitHub Apps: what was declared of them, and who they are by the signature on a JSON web token.

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

/// A GitHub App: an id, the public key of what signs its JSON web tokens, and where it is installed.
///
/// Needs the crate's feature `apps`, which is on by default.
#[derive(Clone, Debug)]
pub struct App {
    id: u64,
    client_id: Option<String>,
    public_key: PublicKey,
    installations: Vec<Installation>,
    token_lag: Option<(Duration, StatusCode)>,
}

/// A place where an App is installed: an account, what it may do there, and in which repositories.
#[derive(Clone, Debug)]
pub struct Installation {
    id: u64,
    account: String,
    permissions: BTreeMap<String, String>,
    is_suspended: bool,
    /// `owner/name` in lower case; none means all of the account.
    repositories: Option<BTreeSet<String>>,
}

/// All Apps, and the tokens that were given to them.
#[derive(Clone, Default)]
pub(crate) struct Apps {
    apps: Vec<App>,
    minted: BTreeMap<String, Minted>,
    tokens_made: u64,
}

/// What GitHub says to an App that asks for a token of such an installation.
pub(crate) const SUSPENDED: &str = "This installation has been suspended";

impl App {
    /// An App with this id; the key is an RSA public key in PEM (`openssl rsa -in app.pem -pubout`).
    ///
    /// # Errors
    ///
    /// [`BadPublicKey`] says what the text is instead, or that the feature `apps` is off.
    pub fn new(id: u64, public_key_pem: &str) -> Result<Self, BadPublicKey> {
        let public_key = PublicKey::from_pem(public_key_pem)?;
        Ok(Self { id, client_id: None, public_key, installations: Vec::new(), token_lag: None })
    }

    /// Lets the App call itself by this client id, too, in `iss`.
    pub fn client_id(self, client_id: &str) -> Self {
        Self { client_id: Some(client_id.to_owned()), ..self }
    }

    /// Installs the App somewhere; ids of installations are unique among all Apps.
    pub fn installation(mut self, installation: Installation) -> Self {
        self.installations.push(installation);
        self
    }

    fn is_called(&self, issuer: &str) -> bool {
        issuer == self.id.to_string() || self.client_id.as_deref() == Some(issuer)
    }
}

impl Installation {
    /// An installation with this id at a user or an organization, in all its repositories and without a permission.
    pub fn new(id: u64, account: &str) -> Self {
        Self {
            id,
            account: account.to_owned(),
            permissions: BTreeMap::new(),
            is_suspended: false,
            repositories: None,
        }
    }

    /// Allows something, such as `secrets` at the level `write`.
    pub fn permission(mut self, permission: &str, level: &str) -> Self {
        self.permissions.insert(permission.to_owned(), level.to_owned());
        self
    }

    /// Installs it in this repository, such as `acme/api`; from the first one on, in no others.
    pub fn repository(mut self, full_name: &str) -> Self {
        self.repositories.get_or_insert_default().insert(full_name.to_ascii_lowercase());
        self
    }

    /// Declares that the account suspended it: neither the App nor a token gets in, 403.
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

    /// A token that was given to an App, if it was.
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

//! The session of a verb that uses GitHub: the client, and the sources of its address and its token.

mod address;
mod app;
mod credential;
mod gh_cli;
mod pace;
mod proxies;
mod shared_pace;
mod waits;

use crate::arguments::Global;
use crate::environment::{Environment, SSL_CERT_FILE};
use crate::files;
use crate::journal::Journal;
use crate::output::{ExitCode, Failure, Output};
use address::Address;
pub(crate) use address::Site;
use credential::{Credential, Found};
use octoseal::{AnySecrets, AnyStore, Client, Config, Error, GitHub, Token};
use shared_pace::PaceFiles;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use waits::Reporter;

/// A client with its address and credential.
pub(crate) struct Session {
    github: GitHub,
    address: Address,
    credential_source: &'static str,
    /// Whether each owner has its own token. A request without an owner then has no token.
    is_per_owner: bool,
    is_app: bool,
}

impl Session {
    /// Opens the client for `store`, or for requests about the token.
    pub(crate) async fn open(
        global: &Global,
        store: Option<&AnyStore>,
        output: Output,
        journal: &Journal,
    ) -> Result<Self, Failure> {
        let environment = Environment::Process;
        let address = Address::choose(global.api_url.as_deref(), &environment)?;
        let client = client(global, &address, &environment)?;
        let found = credential::find(&address, &environment, output).await?;
        let Found { credential, source } = found.ok_or_else(|| credential::missing(&address, store))?;
        let builder = GitHub::builder().api_url(&address.url.to_string()).transport(client);
        let mut builder =
            builder.pacing(pace::pacing(&global.pace)).observer(Reporter::new(output, &global.pace));
        builder = builder.retry(pace::retry(&global.pace));
        if let Some(seconds) = global.pace.deadline {
            builder = builder.deadline(Duration::from_secs(seconds));
        }
        let (identity, is_per_owner) = match &credential {
            Credential::Token(token) => (token, false),
            Credential::App(found) => (&found.name, found.is_per_owner),
        };
        // The client itself stores the pace, so that no verb can forget it.
        if let Some(files) = PaceFiles::find(&address.url, identity, &environment, output)? {
            builder = builder.shared_pace(Arc::new(files));
        }
        let is_app = matches!(credential, Credential::App(_));
        let github = match credential {
            Credential::Token(token) => {
                let invalid = |cause| {
                    Failure::usage(format!("{source} is not a valid token")).because(cause).argument(source)
                };
                builder.token_provider(Token::new(token).map_err(invalid)?).build()?
            }
            Credential::App(found) => builder.github_app(found.app).build()?,
        };
        journal.watch(&github);
        if let Some(advice) = credential::advice(source, github.token_kind()) {
            journal.advise(advice);
        }
        Ok(Self { github, address, credential_source: source, is_per_owner, is_app })
    }

    /// Returns the client.
    pub(crate) fn github(&self) -> &GitHub {
        &self.github
    }

    /// Returns the secrets of a store.
    pub(crate) fn secrets(&self, store: &AnyStore) -> AnySecrets {
        self.github.any_secrets(store.clone())
    }

    /// Returns the variable or option that selected the address.
    pub(crate) fn address_source(&self) -> &'static str {
        self.address.source
    }

    /// Describes the variable or option that selected the address.
    pub(crate) fn address_reason(&self) -> String {
        self.address.reason()
    }

    /// Returns the variable or program that provided the token.
    pub(crate) fn credential_source(&self) -> &'static str {
        self.credential_source
    }

    /// Returns whether the credential is a GitHub App.
    pub(crate) fn is_app(&self) -> bool {
        self.is_app
    }

    /// Returns whether each owner has its own token.
    pub(crate) fn is_per_owner(&self) -> bool {
        self.is_per_owner
    }
}

/// Returns the site that the options and the environment select.
pub(crate) fn site(global: &Global, environment: &Environment) -> Result<Site, Failure> {
    Ok(Address::choose(global.api_url.as_deref(), environment)?.site())
}

/// Creates the connections to the API. Reading the system's certificates for TLS takes time, in parallel to
/// the work before the first request, such as getting the token of the GitHub CLI or the value from the user.
fn client(global: &Global, address: &Address, environment: &Environment) -> Result<Client, Failure> {
    let mut config = Config::default();
    config.max_body = MAX_BODY;
    config.proxies = proxies::from_environment(environment)?;
    if let Some(path) = &global.ca_file {
        let pem = certificates(path).map_err(|failure| failure.argument("--ca-file"))?;
        config.root_certificates_pem.push(pem.into_bytes());
    }
    // OpenSSL reads this file itself, and ignores failures silently.
    if let Some(path) = environment.text(SSL_CERT_FILE)? {
        certificates(Path::new(&path)).map_err(|mut failure| {
            failure.message = format!("{SSL_CERT_FILE}: {}", failure.message);
            failure.argument(SSL_CERT_FILE)
        })?;
    }
    config.attempt_timeout = pace::timeout(&global.pace);
    let client = Client::new(config).map_err(Error::Settings)?;
    if address.url.origin().starts_with("https:") {
        client.warm_up();
    }
    Ok(client)
}

/// Maximum number of bytes. A system's whole bundle has a quarter of it.
const MAX_CA_FILE: u64 = 1024 * 1024;

/// Reads a file of certificates in PEM form.
fn certificates(path: &Path) -> Result<String, Failure> {
    let pem = files::read_text(path, MAX_CA_FILE).map_err(|error| files::unreadable(path, error))?;
    match pem.contains("-----BEGIN ") {
        true => Ok(pem),
        false => {
            Err(Failure::new(ExitCode::File, format!("{} has no certificate in PEM form", path.display())))
        }
    }
}
/// Bytes: a page of 30 variables of 48 KB, in which JSON writes each byte as six, has 9 MB.
const MAX_BODY: usize = 16 * 1024 * 1024;

//! The client that a verb works with: which GitHub, which way to it, and which token.

use crate::arguments::Options;
use crate::failure::Failure;
use crate::output::Output;
use crate::pace::{self, Memory};
use crate::proxies;
use crate::token::{self, Credential, Found};
use octoseal::{AnyStore, Config, Error, GitHub, Token};
use octoseal::{ApiUrl, Client};
use std::sync::Arc;

/// A client, and where its token was found.
pub(crate) struct Connection {
    pub(crate) github: GitHub,
    pub(crate) token_source: &'static str,
    /// Whether each owner has a token of its own, so that there is none for what has no owner.
    pub(crate) is_per_owner: bool,
    /// Keeps what was sent for the next run, when it is dropped at the end of this one.
    pub(crate) memory: Option<Arc<Memory>>,
}

/// Makes the client for `store`, or for questions about the token.
pub(crate) async fn open(
    options: &Options,
    store: Option<&AnyStore>,
    output: Output,
) -> Result<Connection, Failure> {
    let api = api_url(options)?;
    let client = client(&api)?;
    let Some(Found { credential, source }) = token::find(api.host()).await? else {
        return Err(token::missing(api.host(), store));
    };
    let builder = GitHub::builder().api_url(&api.to_string()).transport(client);
    let builder = builder.pacing(pace::pacing(&options.pace));
    let (digest, is_per_owner) = match &credential {
        Credential::Token(token) => (pace::digest(&api, token), false),
        Credential::App(found) => (pace::digest(&api, &found.name), found.is_per_owner),
    };
    let github = match credential {
        Credential::Token(token) => {
            let unusable =
                |cause| Failure::usage(format!("the token from {source} cannot be one")).because(cause);
            builder.token_provider(Token::new(token).map_err(unusable)?).build()?
        }
        Credential::App(found) => builder.github_app(found.app).build()?,
    };
    let account = store.filter(|_| is_per_owner).and_then(AnyStore::account).map(str::to_owned);
    let memory = Memory::open(&api, digest, account, &github, output)?;
    pace::tell_waits(&github, output, memory.as_ref());
    Ok(Connection { github, token_source: source, is_per_owner, memory })
}

/// Makes the way to the API. TLS takes its time to read the system's certificates: that overlaps what is done until the
/// first request, such as to ask the GitHub CLI for its token or a person for the value.
fn client(api: &ApiUrl) -> Result<Client, Failure> {
    let mut config = Config::default();
    config.proxies = proxies::from_environment()?;
    let client = Client::new(config).map_err(Error::Settings)?;
    if api.origin().starts_with("https:") {
        client.warm_up();
    }
    Ok(client)
}

fn api_url(options: &Options) -> Result<ApiUrl, Failure> {
    let given = match &options.api_url {
        Some(url) => Some(url.clone()),
        None => token::variable("OCTOSEAL_API_URL")?,
    };
    match given {
        Some(url) => {
            url.parse().map_err(|cause| Failure::usage("the API's URL cannot be used").because(cause))
        }
        None => Ok(ApiUrl::github()),
    }
}

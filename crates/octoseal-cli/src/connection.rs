//! The client that a verb works with: which GitHub, which way to it, and which token.

use crate::app::FoundApp;
use crate::arguments::Options;
use crate::failure::Failure;
use crate::proxies;
use crate::token::{self, Credential, Found};
use octoseal::crates::transport::{ApiUrl, Client};
use octoseal::{AnyStore, Config, Error, GitHub};

/// A client, and where its token was found.
pub(crate) struct Connection {
    pub(crate) github: GitHub,
    pub(crate) token_source: &'static str,
    /// Whether each owner has a token of its own, so that there is none for what has no owner.
    pub(crate) is_per_owner: bool,
}

/// Makes the client for `store`, or for questions about the token.
pub(crate) async fn open(options: &Options, store: Option<&AnyStore>) -> Result<Connection, Failure> {
    let api = api_url(options)?;
    let client = client(&api)?;
    let Some(Found { credential, source }) = token::find(api.host()).await? else {
        return Err(token::missing(api.host(), store));
    };
    let builder = GitHub::builder().api_url(&api.to_string()).transport(client);
    let (builder, is_per_owner) = match credential {
        Credential::Token(token) => (builder.token(token), false),
        Credential::App(FoundApp { app, is_per_owner }) => (builder.github_app(app), is_per_owner),
    };
    Ok(Connection { github: builder.build()?, token_source: source, is_per_owner })
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

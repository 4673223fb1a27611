//! The client that a verb works with: which GitHub, and which token.

use crate::arguments::Options;
use crate::failure::Failure;
use crate::token::{self, FoundToken};
use octoseal::crates::transport::ApiUrl;
use octoseal::{AnyStore, GitHub};
use std::env;

/// A client, and where its token was found.
pub(crate) struct Connection {
    pub(crate) github: GitHub,
    pub(crate) token_source: &'static str,
}

/// Makes the client for `store`, or for questions about the token.
pub(crate) async fn open(options: &Options, store: Option<&AnyStore>) -> Result<Connection, Failure> {
    let api = api_url(options)?;
    let Some(FoundToken { token, source }) = token::find(api.host()).await else {
        return Err(token::missing(api.host(), store));
    };
    let builder = GitHub::builder().token(token).api_url(&api.to_string());
    Ok(Connection { github: builder.build()?, token_source: source })
}

fn api_url(options: &Options) -> Result<ApiUrl, Failure> {
    let given = options.api_url.clone().or_else(|| env::var("OCTOSEAL_API_URL").ok());
    match given.filter(|url| !url.is_empty()) {
        Some(url) => {
            url.parse().map_err(|cause| Failure::usage("the API's URL cannot be used").because(cause))
        }
        None => Ok(ApiUrl::github()),
    }
}

//! `octoseal whoami`: which token, from where, for which GitHub, and what it may do.

use crate::arguments::Options;
use crate::connection::{self, Connection};
use crate::failure::Failure;
use crate::output::Output;
use octoseal::{GitHub, support};
use serde_json::json;

pub(crate) async fn run(options: &Options, output: Output) -> Result<(), Failure> {
    let Connection { github, token_source, is_per_owner, memory: _memory } =
        connection::open(options, None, output).await?;
    if is_per_owner {
        return app(&github, token_source, output);
    }
    let (login, scopes) = match github.send(support::authenticated_user()).await {
        Ok(account) => (Some(account.login), account.scopes),
        // An installation token belongs to no user, and a restricted one may not ask.
        Err(error) if error.is_forbidden() => (None, None),
        Err(error) => return Err(error.into()),
    };
    let limit = github.send(support::hourly_limit()).await?;
    let kind = github.token_kind().map(|kind| kind.to_string());
    let data = json!({
        "api_url": github.api_url(), "token_source": token_source, "token_kind": kind, "login": login,
        "scopes": scopes, "requests_left": limit.remaining, "requests_in_an_hour": limit.limit,
    });
    let text = format!(
        "GitHub    {}\ntoken     {}, from {token_source}\nuser      {}\nscopes    {}\nrequests  {} of {} left this hour",
        github.api_url(),
        kind.as_deref().unwrap_or("none"),
        login.as_deref().unwrap_or("none (not a user's token)"),
        scopes.as_deref().unwrap_or("none told (only classic and OAuth tokens have scopes)"),
        limit.remaining,
        limit.limit,
    );
    output.answer(&data, text)
}

/// An App without one installation for everything has no token to ask with, so nothing is asked.
fn app(github: &GitHub, token_source: &str, output: Output) -> Result<(), Failure> {
    let kind = github.token_kind().map(|kind| kind.to_string());
    let data = json!({
        "api_url": github.api_url(), "token_source": token_source, "token_kind": kind, "login": null, "scopes": null,
        "requests_left": null, "requests_in_an_hour": null,
    });
    let text = format!(
        "GitHub    {}\ntoken     {}, from {token_source}, one for each owner\nuser      none (not a user's token)",
        github.api_url(),
        kind.as_deref().unwrap_or("none"),
    );
    output.answer(&data, text)
}

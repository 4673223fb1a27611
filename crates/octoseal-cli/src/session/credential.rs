//! The selection of a token: the most specific source first, and each token only for the site it belongs to.

use super::address::{Address, Site, parse};
use super::app::{self, FoundApp};
use super::gh_cli;
use crate::environment::{
    APP_ID, Environment, GH_ENTERPRISE_TOKEN, GH_HOST, GH_TOKEN, GITHUB_API_URL, GITHUB_SERVER_URL,
    GITHUB_TOKEN, TOKEN,
};
use crate::output::{ExitCode, Failure, Output};
use octoseal::{AnyStore, TokenKind};

/// A credential and its source.
pub(crate) struct Found {
    pub(crate) credential: Credential,
    pub(crate) source: &'static str,
}

pub(crate) enum Credential {
    Token(String),
    App(FoundApp),
}

/// Finds a token for the address, or a GitHub App that can get one.
///
/// `OCTOSEAL_TOKEN` and the App of `OCTOSEAL_APP_ID` are sent to the selected address, whatever it is. Other
/// variables belong to a site, and are sent nowhere else. The GitHub CLI is asked last.
///
/// # Errors
///
/// If the only token belongs to another site, or a variable is not text.
pub(crate) async fn find(
    address: &Address,
    environment: &Environment,
    output: Output,
) -> Result<Option<Found>, Failure> {
    if let Some(token) = token(TOKEN, environment, output)? {
        if environment.has(APP_ID) {
            output.note(&format!("{TOKEN} is used, and the GitHub App of {APP_ID} is not"));
        }
        return Ok(Some(Found { credential: Credential::Token(token), source: TOKEN }));
    }
    if let Some(app) = app::find(environment)? {
        return Ok(Some(Found { credential: Credential::App(app), source: APP_ID }));
    }
    let mut elsewhere = None;
    for source in [GH_TOKEN, GITHUB_TOKEN, GH_ENTERPRISE_TOKEN] {
        if !environment.has(source) {
            continue;
        }
        match mismatch(source, address, environment)? {
            Some(failure) => elsewhere = elsewhere.or(Some(failure)),
            None => {
                let token = token(source, environment, output)?;
                let found = token.map(|token| Found { credential: Credential::Token(token), source });
                if found.is_some() {
                    return Ok(found);
                }
            }
        }
    }
    match (gh_cli::token(&address.site()).await, elsewhere) {
        (Some(token), _) => Ok(Some(Found { credential: Credential::Token(token), source: "gh auth token" })),
        (None, Some(failure)) => Err(failure),
        (None, None) => Ok(None),
    }
}

/// Reads a token. Surrounding whitespace, such as the newline of the file it was read from, is not part of a
/// token.
fn token(source: &'static str, environment: &Environment, output: Output) -> Result<Option<String>, Failure> {
    let Some(text) = environment.text(source)? else { return Ok(None) };
    let trimmed = text.trim();
    if trimmed.len() != text.len() {
        output.note(&format!("{source} has spaces or line ends around the token; they were removed"));
    }
    Ok(Some(trimmed.to_owned()).filter(|token| !token.is_empty()))
}

/// Returns the reason why a token must not be sent to the address, if it belongs to another site.
fn mismatch(
    source: &'static str,
    address: &Address,
    environment: &Environment,
) -> Result<Option<Failure>, Failure> {
    let (site, home) = (address.site(), home(source, environment)?);
    let belongs = match &home {
        Some((_, home)) => *home == site,
        None => site.is_github() == (source != GH_ENTERPRISE_TOKEN),
    };
    if belongs {
        return Ok(None);
    }
    let owner = match home {
        Some((variable, home)) => format!("{} (from {variable})", home.website()),
        None if source == GH_ENTERPRISE_TOKEN => "an Enterprise Server".to_owned(),
        None => "github.com and *.ghe.com".to_owned(),
    };
    let failure = Failure::new(
        ExitCode::Usage,
        format!("{source} belongs to {owner}, but the address is {} ({})", site.website(), address.reason()),
    );
    let hint = format!("set {TOKEN} to a token of {}, or choose the other address", site.website());
    Ok(Some(failure.hint(hint).argument(source)))
}

/// Returns the site that the environment names for a token, and the variable that names it.
fn home(source: &'static str, environment: &Environment) -> Result<Option<(&'static str, Site)>, Failure> {
    let site = |name: &'static str| -> Result<Option<(&'static str, Site)>, Failure> {
        environment.text(name)?.map(|text| Ok((name, Site::of(&parse(&text, name)?)))).transpose()
    };
    if source != GITHUB_TOKEN {
        // `GH_HOST` selects the GitHub CLI's site, if it is of the token's kind.
        let is_enterprise = source == GH_ENTERPRISE_TOKEN;
        return Ok(site(GH_HOST)?.filter(|(_, site)| site.is_github() != is_enterprise));
    }
    match (site(GITHUB_API_URL)?, site(GITHUB_SERVER_URL)?) {
        (Some((_, api)), Some((_, server))) if api != server => Err(Failure::usage(format!(
            "{GITHUB_API_URL} and {GITHUB_SERVER_URL} name different hosts ({} and {}), so {GITHUB_TOKEN} belongs to \
             neither for certain",
            api.website(), server.website()
        ))
        .argument(GITHUB_API_URL)),
        (api, server) => Ok(api.or(server)),
    }
}

/// Returns advice if GitHub refuses a token of a workflow or a codespace: no permission allows it to manage
/// secrets (GitHub: "Permissions for the `GITHUB_TOKEN`").
pub(crate) fn advice(source: &str, kind: Option<TokenKind>) -> Option<&'static str> {
    let is_of_a_job = matches!(kind, Some(TokenKind::Installation | TokenKind::UserToServer));
    (source == GITHUB_TOKEN && is_of_a_job).then_some(
        "GITHUB_TOKEN is the token of a workflow or a codespace, which can never manage secrets; set OCTOSEAL_TOKEN to a \
         personal access token, or use a GitHub App (OCTOSEAL_APP_ID)",
    )
}

/// Creates the failure of a missing token, with the needed scope and the page to create a token.
pub(crate) fn missing(address: &Address, store: Option<&AnyStore>) -> Failure {
    let site = address.site();
    let variable = if site.is_github() { GH_TOKEN } else { GH_ENTERPRISE_TOKEN };
    let mut hint = format!("set {TOKEN} or {variable}, or log in with gh");
    if let Some(store) = store {
        let (scope, website) = (store.scope(), site.website());
        hint += &format!(
            "; {store} needs the scope {scope}: https://{website}/settings/tokens/new?scopes={scope}"
        );
    }
    Failure::new(ExitCode::NotAllowed, format!("there is no token for {}", site.website())).hint(hint)
}

#[cfg(test)]
mod tests;

//! `octoseal whoami`: the token, its source, its GitHub, and its permissions.

use crate::arguments::Global;
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use octoseal::{TokenKind, support};
use serde_json::{Value, json};

pub(crate) async fn run(global: &Global, output: Output, journal: &Journal) -> Result<(), Failure> {
    let session = Session::open(global, None, output, journal).await?;
    let answer = match session.github().token_kind() {
        Some(TokenKind::Installation) if session.is_app() => app(&session).await?,
        _ => token(&session).await?,
    };
    if let Some(advice) = journal.token_advice() {
        output.warn(advice);
    }
    output.answer(&answer.data(&session), answer.text(&session))
}

/// GitHub's answers about the credential.
#[derive(Default)]
struct Identity {
    /// The name and the id of a GitHub App.
    app: Option<String>,
    login: Option<String>,
    /// Only classic and OAuth tokens have scopes.
    scopes: Option<Vec<String>>,
    /// The number of requests left, and the limit of the hour.
    requests: Option<(u64, u64)>,
}

/// Asks as the App itself, which checks its id, its key and the clock.
async fn app(session: &Session) -> Result<Identity, Failure> {
    let app = session.github().app().await?;
    Ok(Identity { app: Some(format!("{} ({})", app.name, app.id)), ..Identity::default() })
}

async fn token(session: &Session) -> Result<Identity, Failure> {
    let github = session.github();
    let (login, scopes) = match github.send(support::authenticated_user()).await {
        Ok(account) => (Some(account.login), account.scopes),
        // An installation token belongs to no user, and a restricted one may not ask.
        Err(error) if error.is_forbidden() && is_not_for_tokens_of_apps(&error) => (None, None),
        Err(error) => return Err(error.into()),
    };
    let limit = github.send(support::hourly_limit()).await?;
    let scopes = scopes.map(|scopes| {
        scopes.split(',').map(|scope| scope.trim().to_owned()).filter(|scope| !scope.is_empty()).collect()
    });
    Ok(Identity { app: None, login, scopes, requests: Some((limit.remaining, limit.limit)) })
}

/// Returns whether GitHub only answers that no user belongs to the token. A lock-out or a policy is a real
/// failure.
fn is_not_for_tokens_of_apps(error: &octoseal::Error) -> bool {
    error.refusal().is_some_and(|refusal| refusal.problem().message().contains("not accessible by"))
}

impl Identity {
    fn data(&self, session: &Session) -> Value {
        let github = session.github();
        json!({
            "api_url": github.api_url(),
            "api_url_source": session.address_source(),
            "token_source": session.credential_source(),
            "token_kind": github.token_kind().map(|kind| kind.to_string()),
            "app": self.app,
            "login": self.login,
            "scopes": self.scopes,
            "requests_left": self.requests.map(|(left, _)| left),
            "requests_per_hour": self.requests.map(|(_, limit)| limit),
        })
    }

    fn text(&self, session: &Session) -> String {
        let github = session.github();
        let kind = github.token_kind().map_or("none".to_owned(), |kind| kind.to_string());
        let owners = if session.is_per_owner() { ", one for each owner" } else { "" };
        let mut lines = vec![
            format!("GitHub    {} ({})", github.api_url(), session.address_reason()),
            format!("token     {kind}, from {}{owners}", session.credential_source()),
            format!("user      {}", self.login.as_deref().unwrap_or("none (not a user's token)")),
        ];
        lines.extend(self.app.as_ref().map(|app| format!("app       {app}")));
        if self.app.is_none() {
            lines.push(format!("scopes    {}", self.scopes_text()));
        }
        lines
            .extend(self.requests.map(|(left, limit)| format!("requests  {left} of {limit} left this hour")));
        lines.join("\n")
    }

    fn scopes_text(&self) -> String {
        match &self.scopes {
            Some(scopes) => scopes.join(", "),
            None => "unknown (only classic and OAuth tokens have scopes)".to_owned(),
        }
    }
}

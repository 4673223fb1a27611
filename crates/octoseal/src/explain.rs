//! What a refusal probably means: GitHub hides its reasons in headers, and says 404 for what a token may not see.

use http::StatusCode;
use octoseal_model::{AnyStore, Operation, Problem, Timestamp};
use octoseal_transport::{LimitKind, RateLimit, TokenKind};

/// Says what the refusal means and what to do, if there is something to say.
pub(crate) fn explain(
    problem: &Problem,
    limit: Option<RateLimit>,
    operation: &Operation,
    token: Option<TokenKind>,
) -> Option<String> {
    if let Some(limit) = limit {
        return Some(limited(limit, problem));
    }
    match problem.status() {
        StatusCode::UNAUTHORIZED => Some(unauthorized(token)),
        StatusCode::FORBIDDEN if is_lock_out(problem) => Some(
            "GitHub refuses every token for a while, since wrong ones were sent: wait some minutes, then use a \
             good one"
                .to_owned(),
        ),
        StatusCode::FORBIDDEN if problem.message().contains("archived") => None,
        StatusCode::FORBIDDEN => Some(match problem.header("x-github-sso") {
            Some(sso) => single_sign_on(sso),
            None => lacking(problem, operation, token),
        }),
        StatusCode::NOT_FOUND => Some(format!(
            "there is no such thing, or the token may not see it: {}",
            lacking(problem, operation, token)
        )),
        StatusCode::CONFLICT if operation.action().is_about_selected_repositories() => Some(
            "only a secret with the visibility selected has selected repositories; write it with that visibility \
             first"
                .to_owned(),
        ),
        _ => None,
    }
}

/// Whether GitHub refuses everything of this client for a while because of wrong tokens: "Maximum number of login attempts
/// exceeded" (GitHub: "Failed login limit").
pub(crate) fn is_lock_out(problem: &Problem) -> bool {
    problem.status() == StatusCode::FORBIDDEN && problem.message().contains("login attempts")
}

fn unauthorized(token: Option<TokenKind>) -> String {
    match token {
        None => "no token was given".to_owned(),
        Some(kind) => {
            format!("the token ({kind}) is wrong, expired or revoked, or belongs to another GitHub")
        }
    }
}

fn limited(limit: RateLimit, problem: &Problem) -> String {
    let reset = problem.header("x-ratelimit-reset").and_then(|seconds| seconds.parse().ok());
    match (limit.kind, limit.wait, reset.and_then(Timestamp::from_unix_seconds)) {
        (LimitKind::Primary, _, Some(reset)) => {
            format!("the hourly budget is used up; try again after {reset}")
        }
        (_, Some(wait), _) => format!("it is a rate limit; try again after {} seconds", wait.as_secs()),
        _ => "it is a rate limit; wait a minute or more, then try again".to_owned(),
    }
}

/// The header is `required; url=…` or `partial-results; organizations=…` (GitHub: "Authorizing a personal access token
/// for use with single sign-on").
fn single_sign_on(sso: &str) -> String {
    match sso.split_once("url=") {
        Some((_, url)) => format!("the organization wants single sign-on: authorize the token at {url}"),
        None => "the organization wants single sign-on: authorize the token for it".to_owned(),
    }
}

/// What the operation needs, and what the token has as far as GitHub tells.
fn lacking(problem: &Problem, operation: &Operation, token: Option<TokenKind>) -> String {
    let store = operation.store();
    let accepted = problem.header("x-accepted-oauth-scopes").filter(|scopes| !scopes.trim().is_empty());
    let scopes = accepted.or(store.map(scopes));
    let own = problem.header("x-oauth-scopes");
    let mut parts = match (scopes, own) {
        (Some(scopes), Some(own)) if shares_a_word(scopes, own) => {
            return format!(
                "the token's scopes ({own}) are enough, so perhaps a name is wrong or its user has no access"
            );
        }
        (Some(scopes), _) if may_be(token, has_scopes) => vec![needs_scopes(scopes, own)],
        _ => Vec::new(),
    };
    if may_be(token, |kind| !has_scopes(kind)) {
        let level = if operation.is_read() { "read" } else { "write" };
        let needed = store.map(|store| format!("{}={level}", store.permission()));
        let accepted = problem.header("x-accepted-github-permissions").map(str::to_owned);
        let permission = accepted.or(needed);
        parts
            .extend(permission.map(|it| format!("a fine-grained token or an App needs the permission {it}")));
    }
    if matches!(store, Some(AnyStore::User(_))) {
        parts.push(CODESPACES.to_owned());
    }
    if token == Some(TokenKind::Installation) {
        parts.push("the App's installation must include the repository".to_owned());
    }
    if parts.is_empty() { "the token needs access to it".to_owned() } else { parts.join("; ") }
}

/// Any one of these will do.
fn scopes(store: &AnyStore) -> &'static str {
    if matches!(store, AnyStore::User(_)) { "codespace or codespace:secrets" } else { store.scope() }
}

fn needs_scopes(scopes: &str, own: Option<&str>) -> String {
    let has = match own.map(str::trim) {
        None => String::new(),
        Some("") => "; this token has no scopes".to_owned(),
        Some(own) => format!("; this token has the scopes {own}"),
    };
    format!("a classic token needs the scope {}{has}", scopes.replace(", ", " or "))
}

/// Whether one of the scopes that are needed is there.
fn shares_a_word(needed: &str, own: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split([',', ' ']).filter(|word| !matches!(*word, "" | "or"));
        words.map(str::to_owned).collect()
    };
    let own = words(own);
    words(needed).iter().any(|word| own.contains(word))
}

/// From the page of `PUT /user/codespaces/secrets/{secret_name}`.
const CODESPACES: &str = "the user must have access to Codespaces, and a GitHub App needs the user permission \
    codespaces_user_secrets and the repository permission codespaces_secrets on every repository that is named";

fn has_scopes(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Classic | TokenKind::OAuth)
}

/// Whether a token whose kind may be unknown could be one of these.
fn may_be(token: Option<TokenKind>, is: impl Fn(TokenKind) -> bool) -> bool {
    match token {
        None | Some(TokenKind::Unknown) => true,
        Some(kind) => is(kind),
    }
}

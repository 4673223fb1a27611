//! Explanations of refusals. GitHub puts reasons into headers, and answers 404 if a token lacks access.

use http::StatusCode;
use octoseal_model::{Action, AnyStore, Operation, Problem, Resource, Timestamp};
use octoseal_transport::{LimitKind, RateLimit, TokenKind};

/// The circumstances of a refusal besides GitHub's answer.
pub(crate) struct Circumstances<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) token: Option<TokenKind>,
    /// Whether the request is part of a write, such as the request for the public key.
    pub(crate) is_write: bool,
    /// Whether GitHub runs the server, and not an enterprise.
    pub(crate) is_github: bool,
}

/// Explains the refusal, if there is anything to add to GitHub's own reason.
///
/// It names scopes and permissions only for GitHub's generic messages, or if the headers prove that one is
/// missing. Advice must not contradict GitHub's own reason.
pub(crate) fn explain(
    problem: &Problem,
    limit: Option<RateLimit>,
    circumstances: &Circumstances<'_>,
) -> Option<String> {
    if let Some(limit) = limit {
        return Some(limited(limit, problem));
    }
    if !problem.is_from_github() {
        return Some(not_from_github(circumstances));
    }
    let is_of_app = *circumstances.operation.resource() == Resource::App;
    match problem.status() {
        StatusCode::UNAUTHORIZED if is_of_app => {
            Some("check that the App's id and its private key belong together, and this machine's clock".to_owned())
        }
        // GitHub's answer to the web token of an unknown App.
        StatusCode::NOT_FOUND if problem.message() == "Integration not found" => {
            Some("GitHub knows no App with this id: check the App's id".to_owned())
        }
        StatusCode::UNAUTHORIZED => Some(unauthorized(circumstances.token)),
        StatusCode::FORBIDDEN if is_lock_out(problem) => Some(
            "GitHub refuses every token for a while, because wrong ones were sent: wait some minutes, then use a valid one"
                .to_owned(),
        ),
        StatusCode::FORBIDDEN => match problem.header("x-github-sso") {
            Some(sso) => Some(single_sign_on(sso)),
            None if is_generic(problem.message()) || lacks_scopes(problem) => {
                Some(lacking(problem, circumstances))
            }
            None => None,
        },
        StatusCode::NOT_FOUND if is_generic(problem.message()) => Some(not_found(problem, circumstances)),
        StatusCode::CONFLICT if circumstances.operation.action().is_about_selected_repositories() => {
            let what = if circumstances.operation.is_about_variables() { "variable" } else { "secret" };
            Some(format!(
                "only a {what} with the visibility selected has selected repositories; write it with that visibility first"
            ))
        }
        _ => None,
    }
}

fn not_from_github(circumstances: &Circumstances<'_>) -> String {
    let advice = "this is not GitHub's answer: check the address and what stands between, such as a proxy";
    if circumstances.is_github {
        return advice.to_owned();
    }
    format!("{advice}; the API of an Enterprise Server is at https://HOST/api/v3")
}

/// Returns whether the message is generic. GitHub uses such messages for a missing scope, permission or role.
fn is_generic(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    GENERIC.iter().any(|words| message.starts_with(words)) || message.is_empty()
}

/// The beginnings of GitHub's generic refusals, in lower case.
const GENERIC: &[&str] = &[
    "forbidden",
    "must be an organization owner",
    "must have admin",
    "must have push access",
    "must have write access",
    "not found",
    "resource not accessible by",
    "you do not have permission",
    "you must be an org admin",
    "you must have",
    "you need admin access",
];

fn not_found(problem: &Problem, circumstances: &Circumstances<'_>) -> String {
    let lacking = lacking(problem, circumstances);
    match circumstances.operation.store() {
        Some(AnyStore::Environment(_)) => format!(
            "the environment may not exist (create it in the repository's settings, or by PUT /repos/OWNER/REPO/environments/NAME), \
             or the token has no access: {lacking}"
        ),
        Some(AnyStore::Organization(_)) if circumstances.operation.action() == Action::UpdateVariable => {
            format!(
                "there is no such variable, so say which access a new one gets, or the token has no access: {lacking}"
            )
        }
        _ => format!("it does not exist, or the token has no access: {lacking}"),
    }
}

/// Returns whether GitHub refuses this client for a while because of invalid tokens: "Maximum number of login
/// attempts exceeded" (GitHub: "Failed login limit").
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

/// Explains the header, `required; url=…` or `partial-results; organizations=…` (GitHub: "Authorizing a
/// personal access token for use with single sign-on").
fn single_sign_on(sso: &str) -> String {
    match sso.split_once("url=") {
        Some((_, url)) => format!("the organization requires single sign-on: authorize the token at {url}"),
        None => "the organization requires single sign-on: authorize the token for it".to_owned(),
    }
}

/// Returns whether the headers prove that a classic token has none of the accepted scopes.
fn lacks_scopes(problem: &Problem) -> bool {
    let accepted = problem.header("x-accepted-oauth-scopes").filter(|scopes| !scopes.trim().is_empty());
    accepted
        .zip(problem.header("x-oauth-scopes"))
        .is_some_and(|(accepted, own)| !shares_a_word(accepted, own))
}

/// Names the scope or permission that the operation needs, and those of the token if the headers show them.
fn lacking(problem: &Problem, circumstances: &Circumstances<'_>) -> String {
    let (store, token) = (circumstances.operation.store(), circumstances.token);
    let accepted = problem.header("x-accepted-oauth-scopes").filter(|scopes| !scopes.trim().is_empty());
    let scopes = accepted.or(store.map(scopes));
    let own = problem.header("x-oauth-scopes");
    let mut parts = match (scopes, own) {
        (Some(scopes), Some(own)) if shares_a_word(scopes, own) => {
            return format!(
                "the token's scopes ({own}) are enough, so check the names and the user's access"
            );
        }
        (Some(scopes), _) if may_be(token, has_scopes) => vec![needs_scopes(scopes, own)],
        _ => Vec::new(),
    };
    if may_be(token, |kind| !has_scopes(kind)) {
        let level = if circumstances.is_write { "write" } else { "read" };
        let needed = circumstances.operation.permission().map(|permission| format!("{permission}={level}"));
        let accepted =
            problem.header("x-accepted-github-permissions").map(|accepted| match circumstances.is_write {
                // The header is about the request, such as the one for the key. The write needs more.
                true => accepted.replace("=read", "=write"),
                false => accepted.to_owned(),
            });
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

/// Lists the scopes. Any one of them is sufficient.
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

/// Returns whether the token has one of the needed scopes.
fn shares_a_word(needed: &str, own: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split([',', ' ']).filter(|word| !matches!(*word, "" | "or"));
        words.map(str::to_owned).collect()
    };
    let own = words(own);
    words(needed).iter().any(|word| own.contains(word))
}

/// From the page of `PUT /user/codespaces/secrets/{secret_name}`.
const CODESPACES: &str = "the user needs access to Codespaces; a GitHub App needs \
    codespaces_user_secrets, and codespaces_secrets on each named repository";

fn has_scopes(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Classic | TokenKind::OAuth)
}

/// Returns whether a token whose kind may be unknown could be one of these.
fn may_be(token: Option<TokenKind>, is: impl Fn(TokenKind) -> bool) -> bool {
    match token {
        None | Some(TokenKind::Unknown) => true,
        Some(kind) => is(kind),
    }
}

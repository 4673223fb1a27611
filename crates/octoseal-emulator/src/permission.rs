//! What an operation needs of a token, and how GitHub refuses one that lacks it.

use crate::answer::{Refusal, put};
use crate::call::Call;
use crate::route::{Operation, Route};
use crate::store::{Family, Owner, Store};
use crate::token::{self, Kind, Token};
use crate::world::World;
use http::{HeaderMap, HeaderName, StatusCode};

/// What a token must have for one operation: any of the scopes, or the permission.
struct Need {
    scopes: &'static [&'static str],
    permission: &'static str,
    level: &'static str,
}

impl World {
    /// The caller's token, or 401 (Authenticating to the REST API).
    pub(crate) fn authenticate(&self, call: &Call<'_>) -> Result<Token<'_>, Refusal> {
        let refusal = |message| Refusal::new(StatusCode::UNAUTHORIZED, message);
        let header = call.header("authorization").ok_or_else(|| refusal("Requires authentication"))?;
        match token::from_header(header) {
            Some(token) if !self.declarations.is_bad_token(token) => {
                Ok(Token::new(token, self.declarations.grants(token)))
            }
            _ => Err(refusal("Bad credentials").with_documentation(crate::documentation::ROOT)),
        }
    }

    /// Refuses a token that lacks what the operation needs.
    pub(crate) fn permit(&self, token: Token<'_>, route: &Route) -> Result<(), Refusal> {
        self.permit_organization(token, route)?;
        let need = need(route);
        match token.kind {
            Kind::Classic if token.has_scope(need.scopes) => Ok(()),
            Kind::Classic => Err(self.scope_refusal(route)),
            Kind::Installation if !open_to_apps(route) => Err(forbidden(NOT_BY_INTEGRATION)),
            _ if token.has_permission(need.permission, need.level) => Ok(()),
            Kind::FineGrained => Err(forbidden("Resource not accessible by personal access token")),
            Kind::AppUser | Kind::Installation => Err(forbidden(NOT_BY_INTEGRATION)),
        }
    }

    /// A classic token must be authorized for an organization that enforces SAML.
    fn permit_organization(&self, token: Token<'_>, route: &Route) -> Result<(), Refusal> {
        let organization = match route {
            Route::Store(Store { owner: Owner::Organization(organization), .. }, _) => Some(organization),
            _ => route.repository().map(|repository| &repository.owner),
        };
        match organization {
            Some(organization)
                if token.kind == Kind::Classic && self.declarations.enforces_saml(organization) =>
            {
                let organization = crate::store::encoded(organization);
                let url = format!("https://github.com/orgs/{organization}/sso?authorization_request=A1B2C3");
                let header = HeaderName::from_static("x-github-sso");
                Err(forbidden(SAML).with_header(header, format!("required; url={url}")))
            }
            _ => Ok(()),
        }
    }

    /// Organizations say 403 in misleading words (cli/cli#2845); what is private hides behind 404.
    fn scope_refusal(&self, route: &Route) -> Refusal {
        let hidden = match route {
            Route::Store(Store { owner: Owner::Organization(_), .. }, _) => false,
            _ => route.repository().is_none_or(|repository| self.declarations.is_private(repository)),
        };
        match hidden {
            true => Refusal::not_found(),
            false => forbidden("Must have admin rights to Repository."),
        }
    }
}

/// The headers in which GitHub says what a token has and what would have been needed.
pub(crate) fn put_headers(headers: &mut HeaderMap, token: Token<'_>, route: Option<&Route>) {
    let need = route.map(need);
    let mut put = |name, value: &str| put(headers, HeaderName::from_static(name), value);
    if token.kind == Kind::Classic {
        put("x-oauth-scopes", &token.scopes());
        let accepted = need.filter(|_| route.is_some_and(|route| route.repository().is_none()));
        put("x-accepted-oauth-scopes", &accepted.map_or(String::new(), |need| need.scopes.join(", ")));
    } else if let Some(need) = need.filter(|need| !need.permission.is_empty()) {
        put("x-accepted-github-permissions", &format!("{}={}", need.permission, need.level));
    }
}

fn need(route: &Route) -> Need {
    match route {
        Route::RateLimit | Route::User => Need { scopes: &[], permission: "", level: "" },
        Route::Repository(_) => Need { scopes: &["repo"], permission: "metadata", level: "read" },
        Route::Store(store, operation) => store_need(store, operation),
    }
}

/// "OAuth scopes" and "Permissions required" of each operation's page.
fn store_need(store: &Store, operation: &Operation) -> Need {
    let (scopes, permission): (&[&str], _) = match (&store.owner, store.family) {
        (Owner::User, _) => (&["codespace", "codespace:secrets"], "codespaces_user_secrets"),
        (Owner::Organization(_), Family::Actions) => (&["admin:org"], "organization_secrets"),
        (Owner::Organization(_), Family::Agents) => (&["admin:org"], "organization_agent_secrets"),
        (Owner::Organization(_), Family::Codespaces) => (&["admin:org"], "organization_codespaces_secrets"),
        (Owner::Organization(_), Family::Dependabot) => (&["admin:org"], "organization_dependabot_secrets"),
        (Owner::Environment { .. }, _) => (&["repo"], "environments"),
        (Owner::Repository(_), Family::Actions) => (&["repo"], "secrets"),
        (Owner::Repository(_), Family::Agents) => (&["repo"], "agent_secrets"),
        (Owner::Repository(_), Family::Codespaces) => (&["repo"], "codespaces_secrets"),
        (Owner::Repository(_), Family::Dependabot) => (&["repo"], "dependabot_secrets"),
    };
    Need { scopes, permission, level: level(store, operation) }
}

fn level(store: &Store, operation: &Operation) -> &'static str {
    match operation {
        // Even to list a repository's Codespaces secrets one must be allowed to write them.
        _ if permission_is_write_only(store) => "write",
        Operation::Get(_) | Operation::List | Operation::ListSelected(_) => "read",
        Operation::OrganizationSecrets | Operation::PublicKey => "read",
        Operation::AddSelected(..) | Operation::Delete(_) | Operation::Put(_) => "write",
        Operation::RemoveSelected(..) | Operation::SetSelected(_) => "write",
    }
}

fn permission_is_write_only(store: &Store) -> bool {
    matches!((&store.owner, store.family), (Owner::Repository(_), Family::Codespaces))
}

/// `enabledForGitHubApps` in GitHub's description: no person, no personal secrets.
fn open_to_apps(route: &Route) -> bool {
    match route {
        Route::User => false,
        Route::Store(store, _) => match store.owner {
            Owner::User => false,
            Owner::Organization(_) => store.family != Family::Codespaces,
            Owner::Environment { .. } | Owner::Repository(_) => true,
        },
        Route::RateLimit | Route::Repository(_) => true,
    }
}

fn forbidden(message: &str) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, message)
}

const NOT_BY_INTEGRATION: &str = "Resource not accessible by integration";
const SAML: &str = "Resource protected by organization SAML enforcement. You must grant your Personal Access token \
    access to this organization.";

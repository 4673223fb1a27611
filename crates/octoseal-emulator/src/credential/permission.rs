//! Permission checks, and GitHub's refusals of tokens without a permission.

mod need;

use crate::api::answer::{Refusal, put};
use crate::api::call::Call;
use crate::api::route::Route;
use crate::credential::app::{self, Apps};
use crate::credential::token::{self, Kind, Token};
use crate::world::World;
use http::{HeaderMap, HeaderName, Method, StatusCode};
use need::{need, open_to_apps};

impl World {
    /// Returns the caller's token, or 401 (Authenticating to the REST API).
    pub(crate) fn authenticate(&self, call: &Call<'_>) -> Result<Token<'_>, Refusal> {
        let refusal = |message| Refusal::new(StatusCode::UNAUTHORIZED, message);
        let header = call.header("authorization").ok_or_else(|| refusal("Requires authentication"))?;
        let bad = || refusal("Bad credentials").with_documentation(crate::api::documentation_url::ROOT);
        let token = token::from_header(header).ok_or_else(bad)?;
        let apps = &self.declarations.apps;
        if app::is_web_token(token) {
            return Ok(Token::of_app(apps.signer(token, call.now)?));
        }
        match apps.minted(token) {
            Some(minted) if minted.is_over(call.now) || self.declarations.is_revoked(token) => Err(bad()),
            Some(minted) => Ok(Token::of_installation(minted)),
            None if Apps::is_own(token) || self.declarations.is_bad_token(token) => Err(bad()),
            None => Ok(Token::new(token, self.declarations.grants(token))),
        }
    }

    /// Refuses a token without the permission for the operation.
    pub(crate) fn permit(&self, token: Token<'_>, route: &Route) -> Result<(), Refusal> {
        if token.installation_id().is_some_and(|id| self.declarations.apps.is_suspended(id)) {
            return Err(forbidden(app::SUSPENDED));
        }
        self.permit_organization(token, route)?;
        if self.is_public(route) && !matches!(token.kind, Kind::App(_)) {
            return Ok(());
        }
        if !token.reaches(route) {
            return Err(self.reach_refusal(route));
        }
        let need = need(route);
        match token.kind {
            Kind::App(_) if matches!(route, Route::App(_) | Route::RateLimit) => Ok(()),
            Kind::App(_) => Err(forbidden(NOT_BY_INTEGRATION)),
            _ if matches!(route, Route::App(_)) => {
                Err(Refusal::new(StatusCode::UNAUTHORIZED, "A JSON web token could not be decoded"))
            }
            Kind::Classic if token.has_scope(need.scopes) => Ok(()),
            Kind::Classic => Err(self.scope_refusal(route)),
            Kind::Installation if !open_to_apps(route) => Err(forbidden(NOT_BY_INTEGRATION)),
            _ if need.permission.is_empty() => Ok(()),
            _ if token.has_permission(need.permission, need.level) => Ok(()),
            Kind::FineGrained => Err(forbidden("Resource not accessible by personal access token")),
            Kind::AppUser | Kind::Installation => Err(forbidden(NOT_BY_INTEGRATION)),
        }
    }

    /// Applies the policies of the organization that the path names or that owns the repository.
    fn permit_organization(&self, token: Token<'_>, route: &Route) -> Result<(), Refusal> {
        let owner = route.repository().map(|repository| repository.owner.as_str());
        let Some(organization) = route.organization().or(owner) else {
            return Ok(());
        };
        self.declarations.policy(organization).map_or(Ok(()), |policy| policy.permit(organization, token))
    }

    /// Returns whether the operation reads a public repository, which is allowed to everyone.
    fn is_public(&self, route: &Route) -> bool {
        matches!(route, Route::Repository(repository) | Route::RepositoryTopics(repository)
            if !self.declarations.is_private(repository))
    }

    /// Returns the refusal of a repository outside the installation. A private repository is hidden.
    fn reach_refusal(&self, route: &Route) -> Refusal {
        match route.repository() {
            Some(repository) if self.declarations.is_private(repository) => Refusal::not_found(),
            _ => forbidden(NOT_BY_INTEGRATION),
        }
    }

    /// Answers 403 to a write to an archived repository.
    pub(crate) fn permit_write(&self, call: &Call<'_>, route: &Route) -> Result<(), Refusal> {
        let archived =
            route.repository().is_some_and(|repository| self.declarations.facts(repository).is_archived);
        match archived && ![Method::GET, Method::HEAD].contains(call.request.method()) {
            true => Err(forbidden("Repository was archived so is read-only.")),
            false => Ok(()),
        }
    }

    /// Returns the refusal of a missing scope. For organizations GitHub's 403 is misleading (cli/cli#2845).
    /// Private resources are 404.
    fn scope_refusal(&self, route: &Route) -> Refusal {
        let hidden = route.organization().is_none()
            && route.repository().is_none_or(|repository| self.declarations.is_private(repository));
        match hidden {
            true => Refusal::not_found(),
            false => forbidden("Must have admin rights to Repository."),
        }
    }
}

/// Sets the headers with the token's scopes and the scopes or permissions that the operation accepts.
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

fn forbidden(message: &str) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, message)
}

const NOT_BY_INTEGRATION: &str = "Resource not accessible by integration";

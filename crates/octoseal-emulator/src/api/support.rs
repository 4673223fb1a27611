//! Support operations: the repository, the caller, the rate limit, and redirects to a new name.

use crate::api::answer::{Refusal, json, put};
use crate::api::call::{Call, Version};
use crate::api::full_repository;
use crate::api::render;
use crate::api::repositories::custom_properties;
use crate::api::store::FullName;
use crate::credential::token;
use crate::world::World;
use bytes::Bytes;
use http::header::LOCATION;
use http::{Method, Response, StatusCode};
use serde_json::{Value, json};

impl World {
    /// Answers `GET /repos/{owner}/{repo}`, from which clients read a repository's id.
    pub(crate) fn repository_answer(&mut self, call: &Call<'_>, repository: &FullName) -> Response<Bytes> {
        let joined = repository.joined();
        let (id, spelling) = (self.repositories.id(&joined), self.repositories.spelling(&joined));
        let full_name = FullName::split(&spelling).unwrap_or_else(|| repository.clone());
        let mut body = self.rendered_repository(&call.base_url(), id, &full_name);
        full_repository::complete(&mut body, call);
        json(StatusCode::OK, &body)
    }

    /// Renders a `minimal-repository` with its declared fields.
    pub(crate) fn rendered_repository(&mut self, base: &str, id: u64, full_name: &FullName) -> Value {
        let owner = self.account(base, &full_name.owner);
        let mut body = render::repository(base, id, full_name, owner);
        let facts = self.declarations.facts(full_name);
        for (field, value) in [
            ("archived", facts.is_archived.into()),
            ("custom_properties", custom_properties(self, full_name).into()),
            ("fork", facts.is_fork.into()),
            (
                "permissions",
                json!({ "admin": true, "maintain": true, "pull": true, "push": true, "triage": true }),
            ),
            ("private", self.declarations.is_private(full_name).into()),
            ("topics", facts.topics.into_iter().collect()),
            ("visibility", self.declarations.visibility(full_name).word().into()),
        ] {
            body.insert(field.to_owned(), value);
        }
        body.into()
    }

    /// Renders the account of this login. It is an organization if it was declared or requested as one.
    pub(crate) fn account(&mut self, base: &str, login: &str) -> Value {
        match self.organizations.knows(login) {
            true => render::account(base, self.organizations.id(login), login, "Organization"),
            false => render::account(base, self.user_id(login), login, "User"),
        }
    }

    pub(crate) fn user_id(&mut self, login: &str) -> u64 {
        if login.eq_ignore_ascii_case("octocat") && !self.users.knows(login) {
            self.users.insert(login, OCTOCAT);
        }
        self.users.id(login)
    }

    /// Answers `GET /orgs/{org}`.
    pub(crate) fn organization_answer(&mut self, call: &Call<'_>, organization: &str) -> Response<Bytes> {
        let (id, login) = (self.organizations.id(organization), self.organizations.spelling(organization));
        json(StatusCode::OK, &render::organization(&call.base_url(), id, &login))
    }

    /// Answers `GET /user`: the user of the token.
    pub(crate) fn user_answer(&mut self, call: &Call<'_>) -> Response<Bytes> {
        let (login, id) = self.caller(call);
        json(StatusCode::OK, &render::user(&call.base_url(), id, &login))
    }

    /// Returns the login and id of the token's user.
    pub(crate) fn caller(&mut self, call: &Call<'_>) -> (String, u64) {
        let token = call.header("authorization").and_then(token::from_header).unwrap_or_default();
        let login = self.declarations.owner(token).to_owned();
        let id = self.user_id(&login);
        (login, id)
    }

    /// Answers `GET /rate_limit`, which is not counted. The later version dropped `rate`.
    pub(crate) fn rate_limit_answer(
        &mut self,
        call: &Call<'_>,
        version: Version,
    ) -> Result<Response<Bytes>, Refusal> {
        let off = || Refusal::new(StatusCode::NOT_FOUND, "Rate limiting is not enabled.");
        let core = self.quota_json(call).ok_or_else(off)?;
        let body = match version {
            Version::November2022 => json!({ "resources": { "core": core, "search": core }, "rate": core }),
            Version::March2026 => json!({ "resources": { "core": core, "search": core } }),
        };
        Ok(json(StatusCode::OK, &body))
    }

    /// Answers 301 or 307 to the numeric form of the path, if the repository was renamed (Best practices,
    /// "Follow redirects"; GET 301 and PUT 307 in gidgethub#214).
    pub(crate) fn redirect(&mut self, call: &Call<'_>) -> Option<Response<Bytes>> {
        let repository = call.route.as_ref()?.repository()?;
        let id = self.repositories.id(self.declarations.new_name(repository)?);
        let path = call.request.uri().path_and_query()?.as_str();
        let rest = path.find("/repos/").map(|start| path[start..].splitn(5, '/').nth(4).unwrap_or_default());
        let rest = rest.filter(|rest| !rest.is_empty()).map(|rest| format!("/{rest}")).unwrap_or_default();
        let url = format!("{}/repositories/{id}{rest}", call.base_url());
        let status = match *call.request.method() {
            Method::GET | Method::HEAD => StatusCode::MOVED_PERMANENTLY,
            _ => StatusCode::TEMPORARY_REDIRECT,
        };
        let body = json!({ "message": "Moved Permanently", "url": url, "documentation_url": REDIRECTS });
        let mut answer = json(status, &body);
        put(answer.headers_mut(), LOCATION, &url);
        Some(answer)
    }
}

/// Answers `GET /versions`.
pub(crate) fn versions_answer() -> Response<Bytes> {
    json(StatusCode::OK, &json!([Version::March2026.date(), Version::November2022.date()]))
}

/// The id of `octocat` at GitHub.
const OCTOCAT: u64 = 583_231;
const REDIRECTS: &str =
    "https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects";

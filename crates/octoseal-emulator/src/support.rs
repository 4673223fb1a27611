//! What stands beside the 72 operations: the repository, the caller, the rate limit, and redirects to a new name.

use crate::answer::{json, put};
use crate::call::{Call, Version};
use crate::render;
use crate::store::FullName;
use crate::world::World;
use bytes::Bytes;
use http::header::LOCATION;
use http::{Method, Response, StatusCode};
use serde_json::json;

impl World {
    /// `GET /repos/{owner}/{repo}`: where a repository's id comes from.
    pub(crate) fn repository_answer(&mut self, call: &Call<'_>, repository: &FullName) -> Response<Bytes> {
        let joined = repository.joined();
        let (id, spelling) = (self.repositories.id(&joined), self.repositories.spelling(&joined));
        let (owner, name) = spelling.split_once('/').expect("a full name has two parts");
        let full_name = FullName { owner: owner.to_owned(), name: name.to_owned() };
        let private = self.declarations.is_private(repository);
        json(StatusCode::OK, &render::repository(&call.base_url(), id, &full_name, private))
    }

    /// `GET /rate_limit`, which is not counted itself; the later version dropped `rate`.
    pub(crate) fn rate_limit_answer(&mut self, call: &Call<'_>, version: Version) -> Response<Bytes> {
        self.quota.turn(call.now);
        let core = self.quota.json();
        let body = match version {
            Version::November2022 => json!({ "resources": { "core": core, "search": core }, "rate": core }),
            Version::March2026 => json!({ "resources": { "core": core, "search": core } }),
        };
        json(StatusCode::OK, &body)
    }

    /// 301 or 307 to the numeric form of the path, if the repository has a new name (Best practices, "Follow
    /// redirects"; GET 301 and PUT 307 in gidgethub#214).
    pub(crate) fn redirect(&mut self, call: &Call<'_>) -> Option<Response<Bytes>> {
        let repository = call.route.as_ref()?.repository()?;
        let id = self.repositories.id(self.declarations.new_name(repository)?);
        let path = call.request.uri().path_and_query()?.as_str();
        let rest = path.find("/repos/").map(|start| path[start..].splitn(5, '/').nth(4).unwrap_or_default());
        let rest = rest.filter(|rest| !rest.is_empty()).map(|rest| format!("/{rest}")).unwrap_or_default();
        let url = format!("{}/repositories/{id}{rest}", call.base_url());
        let status = match *call.request.method() {
            Method::GET => StatusCode::MOVED_PERMANENTLY,
            _ => StatusCode::TEMPORARY_REDIRECT,
        };
        let body = json!({ "message": "Moved Permanently", "url": url, "documentation_url": REDIRECTS });
        let mut answer = json(status, &body);
        put(answer.headers_mut(), LOCATION, &url);
        Some(answer)
    }
}

/// `GET /user`: there is one caller, whatever the token.
pub(crate) fn user_answer(call: &Call<'_>) -> Response<Bytes> {
    json(StatusCode::OK, &render::account(&call.base_url(), "octocat"))
}

const REDIRECTS: &str =
    "https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects";

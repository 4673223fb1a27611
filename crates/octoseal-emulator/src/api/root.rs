//! `GET /`: the addresses of GitHub's API. `gh auth status` reads a token's scopes from the headers of its
//! answer.

use crate::api::answer::json;
use crate::api::call::{Call, Version};
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::Value;

/// Answers with all addresses. The later version dropped two.
pub(crate) fn answer(call: &Call<'_>, version: Version) -> Response<Bytes> {
    let base = call.base_url();
    let dropped = |name: &str| version == Version::March2026 && ["authorizations", "hub"].contains(&name);
    let paths = PATHS.iter().filter(|(name, _)| !dropped(name));
    let urls = paths.map(|(name, path)| (format!("{name}_url"), format!("{base}{path}").into()));
    json(StatusCode::OK, &Value::Object(urls.collect()))
}

const PATHS: &[(&str, &str)] = &[
    ("authorizations", "/authorizations"),
    ("code_search", "/search/code?q={query}{&page,per_page,sort,order}"),
    ("commit_search", "/search/commits?q={query}{&page,per_page,sort,order}"),
    ("current_user", "/user"),
    ("current_user_authorizations_html", "/settings/connections/applications{/client_id}"),
    ("current_user_repositories", "/user/repos{?type,page,per_page,sort}"),
    ("emails", "/user/emails"),
    ("emojis", "/emojis"),
    ("events", "/events"),
    ("feeds", "/feeds"),
    ("followers", "/user/followers"),
    ("following", "/user/following{/target}"),
    ("gists", "/gists{/gist_id}"),
    ("hub", "/hub"),
    ("issue_search", "/search/issues?q={query}{&page,per_page,sort,order}"),
    ("issues", "/issues"),
    ("keys", "/user/keys"),
    ("label_search", "/search/labels?q={query}&repository_id={repository_id}{&page,per_page}"),
    ("notifications", "/notifications"),
    ("organization", "/orgs/{org}"),
    ("organization_repositories", "/orgs/{org}/repos{?type,page,per_page,sort}"),
    ("organization_teams", "/orgs/{org}/teams"),
    ("public_gists", "/gists/public"),
    ("rate_limit", "/rate_limit"),
    ("repository", "/repos/{owner}/{repo}"),
    ("repository_search", "/search/repositories?q={query}{&page,per_page,sort,order}"),
    ("starred", "/user/starred{/owner}{/repo}"),
    ("starred_gists", "/gists/starred"),
    ("topic_search", "/search/topics?q={query}{&page,per_page}"),
    ("user", "/users/{user}"),
    ("user_organizations", "/user/orgs"),
    ("user_repositories", "/users/{user}/repos{?type,page,per_page,sort}"),
    ("user_search", "/search/users?q={query}{&page,per_page,sort,order}"),
];

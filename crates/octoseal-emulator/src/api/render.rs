//! JSON shapes and time formats of GitHub's answers.

use crate::api::call::Call;
use crate::api::kind::Kind;
use crate::api::store::{Family, FullName, Store};
use crate::world::Record;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// A secret or a variable as it is shown. Only variables show their value.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    pub(crate) name: &'a str,
    pub(crate) record: &'a Record,
    pub(crate) value: Option<&'a str>,
}

/// Renders an item. Items of an organization or a user include the access.
pub(crate) fn item(call: &Call<'_>, lateness: i64, store: &Store, kind: Kind, item: Shown<'_>) -> Value {
    let mut object = plain_item(call, lateness, store.family, item);
    if let Some(visibility) = item.record.access.visibility() {
        object.insert("visibility".to_owned(), visibility.into());
        if visibility == "selected" {
            let url = format!("{}/{store}/{}/{}/repositories", call.base_url(), kind.segment(), item.name);
            object.insert("selected_repositories_url".to_owned(), url.into());
        }
    }
    object.into()
}

/// Renders an item without its access.
pub(crate) fn plain_item(
    call: &Call<'_>,
    lateness: i64,
    family: Family,
    item: Shown<'_>,
) -> Map<String, Value> {
    let mut object = fields(json!({
        "name": item.name,
        "created_at": timestamp(family, item.record.created_at),
        "updated_at": timestamp(family, item.record.shown_update(call.now, lateness)),
    }));
    if let Some(value) = item.value {
        object.insert("value".to_owned(), value.into());
    }
    object
}

/// Renders a `minimal-repository` with its required fields and default values.
pub(crate) fn repository(base: &str, id: u64, full_name: &FullName, owner: Value) -> Map<String, Value> {
    let FullName { owner: login, name } = full_name;
    let url = format!("{base}/repos/{login}/{name}");
    let mut object = urls(&url, REPOSITORY_URLS);
    object.extend(fields(json!({
        "id": id,
        "node_id": format!("R_{id:x}"),
        "name": name,
        "full_name": full_name.joined(),
        "owner": owner,
        "html_url": format!("https://github.com/{login}/{name}"),
        "description": null,
        "url": url,
    })));
    object
}

/// Renders a `simple-user`. `kind` is `User` or `Organization`.
pub(crate) fn account(base: &str, id: u64, login: &str, kind: &str) -> Value {
    let url = format!("{base}/users/{login}");
    let mut object = urls(&url, ACCOUNT_URLS);
    object.extend(fields(json!({
        "login": login,
        "id": id,
        "node_id": format!("{}_{id:x}", &kind[..1]),
        "gravatar_id": "",
        "html_url": format!("https://github.com/{login}"),
        "site_admin": false,
        "type": kind,
        "url": url,
    })));
    object.into()
}

/// Renders a user as the user's own token sees it, without the private fields.
pub(crate) fn user(base: &str, id: u64, login: &str) -> Value {
    let mut object = fields(account(base, id, login, "User"));
    object.extend(fields(json!({
        "name": null, "company": null, "blog": "", "location": null, "email": null, "hireable": null,
        "bio": null, "public_repos": 0, "public_gists": 0, "followers": 0, "following": 0, "user_view_type": "public",
        "created_at": seconds(0), "updated_at": seconds(0),
    })));
    object.into()
}

/// Renders an `organization-full` with its required fields.
pub(crate) fn organization(base: &str, id: u64, login: &str) -> Value {
    let url = format!("{base}/orgs/{login}");
    let mut object =
        urls(&url, &["avatar", "events", "hooks", "issues", "members", "public_members", "repos"]);
    object.extend(fields(json!({
        "login": login, "id": id, "node_id": format!("O_{id:x}"), "url": url, "type": "Organization",
        "html_url": format!("https://github.com/{login}"), "description": null, "has_organization_projects": true,
        "has_repository_projects": true, "public_repos": 0, "public_gists": 0, "followers": 0, "following": 0,
        "created_at": seconds(0), "updated_at": seconds(0), "archived_at": null,
    })));
    object.into()
}

/// Formats a time as most of GitHub's answers do.
pub(crate) fn seconds(seconds: i64) -> String {
    format_time(seconds, "%Y-%m-%dT%H:%M:%SZ")
}

/// Formats an HTTP date (RFC 9110, section 5.6.7).
pub(crate) fn http_date(seconds: i64) -> String {
    format_time(seconds, "%a, %d %b %Y %H:%M:%S GMT")
}

/// Formats a timestamp. Codespaces has its own format (cli/cli#4714).
fn timestamp(family: Family, seconds: i64) -> String {
    match family {
        Family::Codespaces => format_time(seconds, "%Y-%m-%dT%H:%M:%S.000+00:00"),
        Family::Actions | Family::Agents | Family::Dependabot => format_time(seconds, "%Y-%m-%dT%H:%M:%SZ"),
    }
}

fn format_time(seconds: i64, format: &str) -> String {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX).strftime(format).to_string()
}

fn urls(url: &str, names: &[&str]) -> Map<String, Value> {
    names.iter().map(|name| (format!("{name}_url"), format!("{url}/{name}").into())).collect()
}

fn fields(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

const ACCOUNT_URLS: &[&str] = &[
    "avatar",
    "events",
    "followers",
    "following",
    "gists",
    "organizations",
    "received_events",
    "repos",
    "starred",
    "subscriptions",
];

#[rustfmt::skip]
const REPOSITORY_URLS: &[&str] = &[
    "archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare", "contents",
    "contributors", "deployments", "downloads", "events", "forks", "git_commits", "git_refs", "git_tags", "hooks",
    "issue_comment", "issue_events", "issues", "keys", "labels", "languages", "merges", "milestones",
    "notifications", "pulls", "releases", "stargazers", "statuses", "subscribers", "subscription", "tags", "teams",
    "trees",
];

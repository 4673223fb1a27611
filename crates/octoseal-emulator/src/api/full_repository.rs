//! The fields of a `full-repository` that a `minimal-repository` lacks.

use crate::api::call::{Call, Version};
use crate::api::render::seconds;
use serde_json::{Value, json};

/// Adds the required fields of a `full-repository` to a `minimal-repository`.
pub(crate) fn complete(repository: &mut Value, call: &Call<'_>) {
    let name = repository["full_name"].as_str().unwrap_or_default().to_owned();
    for (field, url) in [
        ("clone_url", format!("https://github.com/{name}.git")),
        ("git_url", format!("git://github.com/{name}.git")),
        ("ssh_url", format!("git@github.com:{name}.git")),
        ("svn_url", format!("https://github.com/{name}")),
    ] {
        repository[field] = url.into();
    }
    for field in COUNTS {
        repository[*field] = json!(0);
    }
    for field in NOTHING {
        repository[*field] = Value::Null;
    }
    for (field, is_so) in SWITCHES {
        repository[*field] = json!(is_so);
    }
    for field in TIMES {
        repository[*field] = seconds(0).into();
    }
    repository["default_branch"] = "main".into();
    // The later version dropped this field.
    if call.version().is_ok_and(|version| version == Version::November2022) {
        repository["has_downloads"] = true.into();
    }
}

#[rustfmt::skip]
const COUNTS: &[&str] = &[
    "forks", "forks_count", "network_count", "open_issues", "open_issues_count", "size", "stargazers_count",
    "subscribers_count", "watchers", "watchers_count",
];

const NOTHING: &[&str] = &["homepage", "language", "license", "mirror_url"];

const SWITCHES: &[(&str, bool)] = &[
    ("allow_forking", false),
    ("disabled", false),
    ("has_discussions", false),
    ("has_issues", true),
    ("has_pages", false),
    ("has_projects", true),
    ("has_wiki", true),
    ("is_template", false),
    ("web_commit_signoff_required", false),
];

const TIMES: &[&str] = &["created_at", "pushed_at", "updated_at"];

//! The objects of the graph: a repository, its owner and the caller, each with all emulated fields.

use super::reader::Field;
use crate::api::call::Call;
use crate::api::render::seconds;
use crate::api::route::Route;
use crate::api::store::FullName;
use crate::world::World;
use serde_json::{Value, json};

impl World {
    pub(super) fn viewer_node(&mut self, call: &Call<'_>) -> Value {
        let (login, id) = self.caller(call);
        account_node("User", &login, id)
    }

    /// Returns a repository, if the caller may see it. An old name leads to the new one.
    pub(super) fn repository_node(&mut self, call: &Call<'_>, asked: &FullName) -> Option<Value> {
        let renamed = self.declarations.new_name(asked).and_then(FullName::split);
        let repository = renamed.unwrap_or_else(|| asked.clone());
        let route = Route::Repository(repository.clone());
        let is_named = !repository.owner.is_empty() && !repository.name.is_empty();
        let token = self.authenticate(call);
        let is_seen = is_named
            && self.declarations.exists(&route)
            && token.is_ok_and(|token| self.permit(token, &route).is_ok());
        is_seen.then(|| self.seen_node(call, &repository))
    }

    /// Answers `repositoryOwner(login:)` with its connection `repositories`.
    pub(super) fn owner_node(&mut self, call: &Call<'_>, field: &Field) -> Value {
        let login = field.text("login");
        let empty = Field::default();
        let connection = field.fields.iter().find(|field| field.name == "repositories").unwrap_or(&empty);
        let is_meant = |name: &FullName| {
            let is_private = self.declarations.is_private(name);
            let is_fork = self.declarations.facts(name).is_fork;
            name.owner.eq_ignore_ascii_case(&login)
                && connection.value("isFork").as_bool().is_none_or(|wanted| wanted == is_fork)
                && connection
                    .value("privacy")
                    .as_str()
                    .is_none_or(|wanted| (wanted == "PRIVATE") == is_private)
        };
        let names: Vec<FullName> = self.seen_repositories(call).into_iter().filter(is_meant).collect();
        let first = connection.value("first").as_u64().map_or(MOST, |first| (first as usize).min(MOST));
        let skipped: usize = connection.text("after").parse().unwrap_or_default();
        let page = names.iter().skip(skipped).take(first);
        let nodes: Vec<Value> = page.map(|name| self.seen_node(call, name)).collect();
        let end = skipped + nodes.len();
        let mut node = self.account_node_of(call, &login);
        node["repositories"] = json!({
            "__typename": "RepositoryConnection",
            "totalCount": names.len(),
            "nodes": nodes,
            "pageInfo": { "__typename": "PageInfo", "hasNextPage": end < names.len(), "endCursor": end.to_string() },
        });
        node
    }

    fn seen_node(&mut self, call: &Call<'_>, repository: &FullName) -> Value {
        let id = self.repositories.id(&repository.joined());
        let spelling = self.repositories.spelling(&repository.joined());
        let owner = self.account_node_of(call, &repository.owner);
        let facts = self.declarations.facts(repository);
        let topic = |name: &String| {
            let topic = json!({ "__typename": "Topic", "name": name });
            json!({ "__typename": "RepositoryTopic", "topic": topic })
        };
        let topics: Vec<Value> = facts.topics.iter().map(topic).collect();
        json!({
            "__typename": "Repository",
            "createdAt": seconds(0),
            "databaseId": id,
            "defaultBranchRef": { "__typename": "Ref", "name": "main" },
            "description": null,
            "forkCount": 0,
            "homepageUrl": null,
            "id": format!("R_{id:x}"),
            "isArchived": facts.is_archived,
            "isFork": facts.is_fork,
            "isInOrganization": owner["__typename"] == "Organization",
            "isPrivate": self.declarations.is_private(repository),
            "isTemplate": false,
            "name": spelling.split_once('/').map_or("", |(_, name)| name),
            "nameWithOwner": spelling,
            "owner": owner,
            "parent": null,
            "pushedAt": seconds(0),
            "repositoryTopics": {
                "__typename": "RepositoryTopicConnection", "totalCount": topics.len(), "nodes": topics,
            },
            "sshUrl": format!("git@github.com:{spelling}.git"),
            "stargazerCount": 0,
            "updatedAt": seconds(0),
            "url": format!("https://github.com/{spelling}"),
            "viewerPermission": "ADMIN",
            "visibility": self.declarations.visibility(repository).word().to_ascii_uppercase(),
        })
    }

    fn account_node_of(&mut self, call: &Call<'_>, login: &str) -> Value {
        let account = self.account(&call.base_url(), login);
        let kind = account["type"].as_str().unwrap_or_default();
        account_node(kind, login, account["id"].as_u64().unwrap_or_default())
    }
}

fn account_node(kind: &str, login: &str, id: u64) -> Value {
    let node_id = format!("{}_{id:x}", &kind[..1]);
    json!({ "__typename": kind, "databaseId": id, "id": node_id, "login": login })
}

/// Maximum number of nodes on one page (Resource limitations of the GraphQL API).
const MOST: usize = 100;

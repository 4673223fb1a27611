//! GraphQL: the queries of the GitHub CLI, and errors of other queries.

use crate::common::{Answer, Client};
use serde_json::json;

fn ask(client: &mut Client, query: &str) -> Answer {
    let request = client.request("POST", "/graphql", json!({ "query": query }).to_string());
    client.send(request)
}

#[test]
fn the_query_of_the_github_cli_finds_the_ids_of_the_rest_api() {
    let mut client = Client::new();
    let id = client.get("/repos/octo/hello").json()["id"].clone();
    let query = "query MapRepositoryNames {
        repo_000: repository(owner: \"octo\", name: \"hello\") { databaseId }
        repo_001: repository(owner: \"OCTO\", name: \"Hello\") { databaseId nameWithOwner isPrivate }
    }";
    let second = json!({ "databaseId": id, "nameWithOwner": "octo/hello", "isPrivate": true });
    let expected = json!({ "data": { "repo_000": { "databaseId": id }, "repo_001": second } });
    assert_eq!(ask(&mut client, query).json(), expected);
    let request = client.request("POST", "/api/graphql", json!({ "query": query }).to_string());
    assert_eq!(client.send(request).json(), expected);
}

#[test]
fn variables_are_arguments() {
    let mut client = Client::new();
    client.world.repository_id("octo/hello", 7);
    let query = "query($o: String!, $n: String!) { repository(owner: $o, name: $n) { databaseId } }";
    let body = json!({ "query": query, "variables": { "o": "octo", "n": "hello" } }).to_string();
    let request = client.request("POST", "/graphql", body);
    assert_eq!(client.send(request).json(), json!({ "data": { "repository": { "databaseId": 7 } } }));
}

#[test]
fn a_missing_object_is_null_with_an_error() {
    let mut client = Client::new();
    client.world.repository("octo/hello").repository_id("octo/hello", 7).renamed("octo/old", "octo/hello");
    let query = "{ a: repository(owner: \"octo\", name: \"old\") { databaseId }
        b: repository(owner: \"octo\", name: \"ghost\") { databaseId } }";
    let answer = ask(&mut client, query);
    assert_eq!(answer.status(), 200);
    let body = answer.json();
    assert_eq!(body["data"], json!({ "a": { "databaseId": 7 }, "b": null }));
    assert_eq!(body["errors"][0]["type"], "NOT_FOUND");
    assert_eq!(body["errors"][0]["path"], json!(["b"]));
    let message = "Could not resolve to a Repository with the name 'octo/ghost'.";
    assert_eq!(body["errors"][0]["message"], message);
}

#[test]
fn a_private_repository_is_not_found_by_a_token_without_the_scope() {
    let mut client = Client::new();
    client.world.token("ghp_any", &[]).public_repository("octo/open").repository("octo/shut");
    for (name, found) in [("open", true), ("shut", false)] {
        let query = format!("{{ repository(owner: \"octo\", name: \"{name}\") {{ databaseId }} }}");
        assert_eq!(ask(&mut client, &query).json()["data"]["repository"].is_object(), found, "{name}");
    }
}

#[test]
fn the_viewer_is_the_user_of_the_token() {
    let mut client = Client::new();
    client.world.token_owner("ghp_any", "zoe");
    let answer = ask(&mut client, "query UserCurrent{viewer{login}}");
    assert_eq!(answer.json(), json!({ "data": { "viewer": { "login": "zoe" } } }));
}

#[test]
fn other_queries_are_errors_in_an_answer_200() {
    let mut client = Client::new();
    for (query, words) in [
        ("{ organization(login: \"acme\") { id } }", "Field 'organization' doesn't exist on type 'Query'"),
        (
            "{ repository(owner: \"o\", name: \"r\") { stars } }",
            "Field 'stars' doesn't exist on type 'Repository'",
        ),
        ("mutation { x }", "Parse error on"),
        ("{ repository(", "Parse error on"),
    ] {
        let answer = ask(&mut client, query);
        assert_eq!(answer.status(), 200, "{query}");
        assert!(
            answer.json()["errors"][0]["message"].as_str().unwrap().starts_with(words),
            "{}",
            answer.text()
        );
        assert!(answer.json().get("data").is_none());
    }
    let request = client.request("POST", "/graphql", "{");
    assert_eq!(client.send(request).refusal(), (400, "Problems parsing JSON".to_owned()));
}

#[test]
fn repo_view_and_repo_list_of_the_github_cli_find_all_their_fields() {
    let mut client = Client::new();
    client
        .world
        .repository("acme/api")
        .topic("acme/api", "rust")
        .public_repository("acme/web")
        .organization("acme");
    let query = "query { repository(owner: \"acme\", name: \"api\") {
        name, owner { id, login }, description, visibility, defaultBranchRef { name }, isFork,
        repositoryTopics(first: 100) { nodes { topic { name } } } } }";
    let found = ask(&mut client, query).json()["data"]["repository"].clone();
    assert_eq!((&found["owner"]["login"], &found["visibility"]), (&json!("acme"), &json!("PRIVATE")));
    assert_eq!(found["repositoryTopics"], json!({ "nodes": [{ "topic": { "name": "rust" } }] }));
    let query = "{ repositoryOwner(login: \"acme\") { login
        repositories(first: 1, privacy: null, ownerAffiliations: OWNER, orderBy: { field: PUSHED_AT }) {
            nodes { nameWithOwner }, totalCount, pageInfo { hasNextPage, endCursor } } } }";
    let owner = ask(&mut client, query).json()["data"]["repositoryOwner"].clone();
    let repositories = &owner["repositories"];
    assert_eq!(repositories["nodes"], json!([{ "nameWithOwner": "acme/api" }]));
    assert_eq!(repositories["pageInfo"], json!({ "hasNextPage": true, "endCursor": "1" }));
    let query = query.replace("privacy: null", "privacy: PUBLIC");
    let owner = ask(&mut client, &query).json()["data"]["repositoryOwner"].clone();
    assert_eq!(owner["repositories"]["nodes"], json!([{ "nameWithOwner": "acme/web" }]));
    let query = query.replace("nameWithOwner", "issues");
    assert_eq!(ask(&mut client, &query).json()["errors"][0]["extensions"]["typeName"], "Repository");
}

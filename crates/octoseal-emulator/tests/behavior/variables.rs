//! Variables: created, updated, renamed, listed, selected and refused.

use crate::common::{Answer, Client};
use serde_json::{Value, json};

const PLACES: [&str; 5] = [
    "repos/octo/hello/actions",
    "repos/octo/hello/agents",
    "repos/octo/hello/environments/prod",
    "orgs/acme/actions",
    "orgs/acme/agents",
];

/// Returns the fields that a creation needs besides name and value.
fn access(place: &str) -> Value {
    if place.starts_with("orgs/") { json!({ "visibility": "selected" }) } else { json!({}) }
}

fn send(client: &mut Client, method: &str, path: &str, body: Value) -> Answer {
    let request = client.request(method, path, body.to_string());
    client.send(request)
}

fn create(client: &mut Client, place: &str, name: &str, value: &str) -> Answer {
    let mut body = access(place);
    (body["name"], body["value"]) = (name.into(), value.into());
    send(client, "POST", &format!("/{place}/variables"), body)
}

fn update(client: &mut Client, place: &str, name: &str, body: Value) -> Answer {
    send(client, "PATCH", &format!("/{place}/variables/{name}"), body)
}

#[test]
fn a_variable_is_created_shown_updated_and_deleted() {
    for place in PLACES {
        let mut client = Client::new();
        let created = create(&mut client, place, "color", "blue");
        assert_eq!((created.status(), created.text().as_str()), (201, "{}"), "{place}");
        let path = format!("/{place}/variables/Color");
        assert_eq!(client.world.variable(place, "COLOR"), Some("blue"));
        let shown = client.get(&path).json();
        assert_eq!((&shown["name"], &shown["value"]), (&json!("COLOR"), &json!("blue")));
        client.now += 60;
        assert_eq!(update(&mut client, place, "color", json!({ "value": "" })).status(), 204, "{place}");
        let updated = client.get(&path).json();
        assert_eq!(updated["value"], "");
        assert_eq!(updated["created_at"], shown["created_at"]);
        assert_ne!(updated["updated_at"], shown["updated_at"]);
        assert_eq!(client.delete(&path).status(), 204);
        assert_eq!(client.delete(&path).status(), 404);
        assert_eq!(client.get(&path).status(), 404);
    }
}

#[test]
fn creating_an_existing_variable_is_a_conflict_and_updating_a_missing_one_is_404() {
    for place in PLACES {
        let mut client = Client::new();
        create(&mut client, place, "COLOR", "blue");
        let conflict = (409, "Already exists - Variable already exists".to_owned());
        assert_eq!(create(&mut client, place, "color", "red").refusal(), conflict, "{place}");
        assert_eq!(client.get(&format!("/{place}/variables/COLOR")).json()["value"], "blue");
        assert_eq!(update(&mut client, place, "OTHER", json!({ "value": "x" })).status(), 404, "{place}");
        create(&mut client, place, "OTHER", "x");
        assert_eq!(update(&mut client, place, "OTHER", json!({ "name": "color" })).refusal(), conflict);
    }
}

#[test]
fn an_update_keeps_the_fields_it_omits() {
    let mut client = Client::new();
    let place = "orgs/acme/actions";
    let body = json!({ "name": "A", "value": "1", "visibility": "selected", "selected_repository_ids": [7] });
    send(&mut client, "POST", "/orgs/acme/actions/variables", body);
    let readers = |client: &mut Client, name: &str| {
        client.get(&format!("/{place}/variables/{name}/repositories")).column("repositories", "id")
    };
    update(&mut client, place, "A", json!({ "value": "2" }));
    assert_eq!(readers(&mut client, "A"), [7]);
    update(&mut client, place, "A", json!({ "name": "b" }));
    let shown = client.get("/orgs/acme/actions/variables/B").json();
    assert_eq!((&shown["value"], &shown["visibility"]), (&json!("2"), &json!("selected")));
    update(&mut client, place, "B", json!({ "selected_repository_ids": [8, 9] }));
    assert_eq!(readers(&mut client, "B"), [8, 9]);
    update(&mut client, place, "B", json!({ "visibility": "all" }));
    assert_eq!(client.get("/orgs/acme/actions/variables/B").json()["visibility"], "all");
    assert_eq!(client.get("/orgs/acme/actions/variables/A").status(), 404);
}

#[test]
fn pages_have_ten_variables_and_at_most_thirty() {
    for place in PLACES {
        let mut client = Client::new();
        for number in 0..35 {
            create(&mut client, place, &format!("V{number:02}"), "x");
        }
        let path = format!("/{place}/variables");
        for (query, count) in [("", 10), ("?per_page=5", 5), ("?per_page=100", 30)] {
            let answer = client.get(&format!("{path}{query}"));
            assert_eq!(answer.json()["total_count"], 35);
            assert_eq!(answer.column("variables", "name").len(), count, "{place}{query}");
            assert_eq!(answer.column("variables", "value")[0], "x");
        }
        let next = client.get(&format!("{path}?per_page=30")).link("next").unwrap();
        assert_eq!(client.get(&next).column("variables", "name").len(), 5);
    }
}

#[test]
fn selected_repositories_need_that_visibility_even_for_listing() {
    for place in ["orgs/acme/actions", "orgs/acme/agents"] {
        let mut client = Client::new();
        create(&mut client, place, "A", "1");
        let path = format!("/{place}/variables/A/repositories");
        assert_eq!(client.put(&path, json!({ "selected_repository_ids": [1, 2] })).status(), 204);
        assert_eq!(client.put(&format!("{path}/3"), json!({})).status(), 204);
        assert_eq!(client.delete(&format!("{path}/1")).status(), 204);
        assert_eq!(client.get(&path).column("repositories", "id"), [2, 3]);
        let shown = client.get(&format!("/{place}/variables/A")).json();
        assert!(shown["selected_repositories_url"].as_str().unwrap().ends_with(&path));
        update(&mut client, place, "A", json!({ "visibility": "private" }));
        assert_eq!(client.get(&path).status(), 409);
        assert_eq!(client.put(&path, json!({ "selected_repository_ids": [1] })).status(), 409);
        assert_eq!(client.put(&format!("{path}/3"), json!({})).status(), 409);
    }
}

#[test]
fn a_repository_lists_the_organization_variables_that_it_has_access_to() {
    let mut client = Client::new();
    client.world.repository_id("acme/api", 7).repository_id("acme/web", 8);
    for (name, more) in [
        ("ALL", json!({ "visibility": "all" })),
        ("PRIVATE", json!({ "visibility": "private" })),
        ("CHOSEN", json!({ "visibility": "selected", "selected_repository_ids": [7] })),
    ] {
        let mut body = more;
        (body["name"], body["value"]) = (name.into(), "x".into());
        assert_eq!(send(&mut client, "POST", "/orgs/acme/agents/variables", body).status(), 201);
    }
    let path = |repository: &str| format!("/repos/acme/{repository}/agents/organization-variables");
    assert_eq!(client.get(&path("api")).column("variables", "name"), ["ALL", "CHOSEN", "PRIVATE"]);
    let answer = client.get(&path("web"));
    assert_eq!(answer.column("variables", "name"), ["ALL", "PRIVATE"]);
    assert!(answer.json()["variables"][0].get("visibility").is_none());
}

#[test]
fn names_sizes_and_bodies_are_checked() {
    let place = PLACES[0];
    let mut client = Client::new();
    let words = "Variable names can only contain alphanumeric characters";
    for name in ["1A", "A-B", "A B", "", "\u{17f}"] {
        let (status, message) = create(&mut client, place, name, "x").refusal();
        assert!(status == 422 && message.starts_with(words), "{name}: {message}");
    }
    let message = "Variable names must not start with GITHUB_.".to_owned();
    assert_eq!(create(&mut client, place, "github_x", "x").refusal(), (422, message));
    let large = "x".repeat(48 * 1024 + 1);
    assert_eq!(create(&mut client, place, "A", &large).refusal(), (422, "Value is too large.".to_owned()));
    assert_eq!(create(&mut client, place, "A", &large[1..]).status(), 201);
    assert_eq!(update(&mut client, place, "A", json!({ "value": large })).status(), 422);
    for (place, body, message) in [
        (PLACES[0], json!({ "name": "B" }), "\"value\" wasn't supplied."),
        (PLACES[3], json!({ "name": "B", "value": "x" }), "\"visibility\" wasn't supplied."),
        (PLACES[0], json!({ "name": "B", "value": 1 }), "For 'properties/value', 1 is not a string."),
        (
            PLACES[3],
            json!({ "name": "B", "value": "x", "visibility": "selected", "selected_repository_ids": ["1"] }),
            "For 'items', \"1\" is not an integer.",
        ),
    ] {
        let answer = send(&mut client, "POST", &format!("/{place}/variables"), body.clone());
        assert_eq!(answer.refusal(), (422, format!("Invalid request.\n\n{message}")), "{body}");
    }
}

#[test]
fn a_store_accepts_the_documented_maximum_of_variables() {
    for (place, most) in [(PLACES[0], 500), (PLACES[2], 100), (PLACES[3], 1_000)] {
        let mut client = Client::new();
        client.world.rate_limit(10_000);
        for number in 0..most {
            assert_eq!(create(&mut client, place, &format!("V{number}"), "x").status(), 201);
        }
        let message = format!("Variables limit reached: no more than {most} variables are allowed.");
        assert_eq!(create(&mut client, place, "MORE", "x").refusal(), (422, message), "{place}");
        assert_eq!(update(&mut client, place, "V0", json!({ "value": "y" })).status(), 204);
    }
}

#[test]
fn each_store_needs_its_permission() {
    for (place, permission) in PLACES.into_iter().zip([
        "actions_variables",
        "agent_variables",
        "environments",
        "organization_actions_variables",
        "organization_agent_variables",
    ]) {
        let mut client = Client { token: "github_pat_a", ..Client::new() };
        client.world.token("github_pat_a", &[&format!("{permission}:read")]);
        assert_eq!(client.get(&format!("/{place}/variables")).status(), 200, "{place}");
        let answer = create(&mut client, place, "A", "1");
        assert_eq!(answer.status(), 403, "{place}");
        assert_eq!(answer.header("x-accepted-github-permissions"), format!("{permission}=write"));
    }
}

#[test]
fn variables_create_no_key_and_are_not_secrets() {
    let mut client = Client::new();
    create(&mut client, PLACES[0], "A", "1");
    assert_eq!(client.world.keys_made(), 0);
    assert_eq!(client.world.secret_keys_json().expose(), b"{}");
    assert_eq!(client.get("/repos/octo/hello/actions/secrets/A").status(), 404);
    client.put_secret(PLACES[0], "A", "s3cr3t", json!({}));
    assert_eq!(client.get("/repos/octo/hello/actions/variables/A").json()["value"], "1");
    client.delete("/repos/octo/hello/actions/variables/A");
    assert_eq!(client.opened(PLACES[0], "A").as_deref(), Some("s3cr3t"));
    assert_eq!(client.delete("/repos/octo/hello/environments/prod").status(), 204);
    client.put("/repos/octo/hello/environments/prod", json!({}));
    assert_eq!(client.get("/repos/octo/hello/environments/prod/variables").json()["total_count"], 0);
}

#[test]
fn stale_reads_and_changing_listings_apply_to_variables_too() {
    let place = PLACES[0];
    let mut client = Client::new();
    client.world.stale_requests(1);
    create(&mut client, place, "A", "1");
    let path = format!("/{place}/variables/A");
    assert_eq!(client.get(&path).status(), 404);
    assert_eq!(client.get(&path).status(), 200);
    update(&mut client, place, "A", json!({ "value": "2" }));
    assert_eq!(client.get(&path).json()["value"], "1");
    assert_eq!(client.get(&path).json()["value"], "2");
    client.world.stale_requests(0).between_pages(octoseal_emulator::BetweenPages::Delete, 1);
    for name in ["B", "C"] {
        create(&mut client, place, name, "x");
    }
    let path = format!("/{place}/variables?per_page=2");
    assert_eq!(client.get(&path).column("variables", "name"), ["A", "B"]);
    assert_eq!(client.get(&path).column("variables", "name"), ["B", "C"]);
}

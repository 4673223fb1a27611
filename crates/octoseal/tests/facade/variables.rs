//! Variables against a simulated store: the requests of a put, and its handling of lost answers.

mod many;
mod older_path;
mod played;

use super::*;
use octoseal::{
    AnyAccess, AnyVariables, Error, Organization, Repository, TransportError, VariableFamily, VariableName,
    VariableStore, Visibility, Written, looks_like_a_credential,
};
use played::{Play, Played};
use std::sync::Arc;
use std::time::Duration;

fn level() -> VariableName {
    VariableName::new("log_level").unwrap()
}

fn repository() -> VariableStore<Repository> {
    Repository::new("octo", "hello").unwrap().variables(VariableFamily::Actions)
}

fn organization(played: &Arc<Played>) -> AnyVariables {
    played.client().any_variables("orgs/acme/agents".parse().unwrap())
}

#[tokio::test]
async fn a_put_updates_first_and_creates_what_is_missing() {
    let played = Played::new();
    let variables = played.client().variables(repository());
    assert_eq!(variables.put(&level(), "debug", ()).await.unwrap(), Written::Created);
    assert_eq!(variables.put(&level(), "", ()).await.unwrap(), Written::Updated);
    assert_eq!(played.sent(), ["PATCH LOG_LEVEL 404", "POST 201", "PATCH LOG_LEVEL 204"]);
    assert_eq!(played.value("LOG_LEVEL").as_deref(), Some(""));
    assert_eq!(variables.get(&level()).await.unwrap().value, "");
}

#[tokio::test]
async fn after_a_listing_a_put_sends_one_request_either_way() {
    let played = Played::with(&[("LOG_LEVEL", "info")]);
    let variables = played.client().variables(repository());
    let listed = variables.list().await.unwrap();
    assert_eq!((listed.len(), listed[0].value.as_str()), (1, "info"));
    let other = VariableName::new("REGION").unwrap();
    assert_eq!(variables.put(&level(), "debug", ()).await.unwrap(), Written::Updated);
    assert_eq!(variables.put(&other, "eu", ()).await.unwrap(), Written::Created);
    assert_eq!(variables.put(&other, "us", ()).await.unwrap(), Written::Updated);
    variables.delete(&other).await.unwrap();
    assert_eq!(variables.find(&other).await.unwrap(), None);
    assert_eq!(variables.put(&other, "eu", ()).await.unwrap(), Written::Created);
    let writes: Vec<String> = played.sent().into_iter().filter(|sent| !sent.starts_with("GET")).collect();
    let expected = ["PATCH LOG_LEVEL 204", "POST 201", "PATCH REGION 204", "DELETE REGION 204", "POST 201"];
    assert_eq!(writes, expected);
}

#[tokio::test]
async fn a_variable_that_another_client_created_meanwhile_is_updated() {
    let played = Played::new();
    let variables = played.client().variables(repository());
    variables.list().await.unwrap();
    played.insert("LOG_LEVEL", "theirs");
    assert_eq!(variables.put(&level(), "ours", ()).await.unwrap(), Written::Updated);
    assert_eq!(played.sent()[1..], ["POST 409", "PATCH LOG_LEVEL 204"]);
    assert_eq!(played.value("LOG_LEVEL").as_deref(), Some("ours"));
}

#[tokio::test(start_paused = true)]
async fn a_create_whose_answer_is_lost_is_settled_by_an_update_and_not_repeated() {
    for (play, sent) in [
        (Play::DoneAndLost, ["PATCH LOG_LEVEL 404", "POST lost", "PATCH LOG_LEVEL 204"].as_slice()),
        (Play::DoneAnd(500), &["PATCH LOG_LEVEL 404", "POST 500", "PATCH LOG_LEVEL 204"]),
        (Play::DoneAnd(200), &["PATCH LOG_LEVEL 404", "POST 200", "PATCH LOG_LEVEL 204"]),
        (Play::Lost, &["PATCH LOG_LEVEL 404", "POST lost", "PATCH LOG_LEVEL 404", "POST 201"]),
    ] {
        let played = Played::new();
        played.next_post(play);
        let variables = played.client().variables(repository());
        let written = variables.put(&level(), "debug", ()).await.unwrap();
        let is_new = sent.last() == Some(&"POST 201");
        assert_eq!(written, if is_new { Written::Created } else { Written::Updated });
        assert_eq!(played.sent(), sent);
        assert_eq!(played.value("LOG_LEVEL").as_deref(), Some("debug"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_create_that_never_succeeds_ends_with_its_own_failure() {
    let played = Played::new();
    (0..9).for_each(|_| played.next_post(Play::Lost));
    let variables = played.client().variables(repository());
    let error = variables.put(&level(), "debug", ()).await.unwrap_err();
    assert!(error.is_unknown_outcome() && error.to_string().starts_with("POST "), "{error}");
    assert_eq!(played.sent().iter().filter(|sent| sent.starts_with("POST")).count(), 2);

    // The update that would settle the outcome fails, too.
    let played = Played::new();
    played.next_post(Play::Lost);
    played.forbid_after_a_post();
    let error = played.client().variables(repository()).put(&level(), "debug", ()).await.unwrap_err();
    assert!(error.is_unknown_outcome(), "{error}");
    assert_eq!(played.sent(), ["PATCH LOG_LEVEL 404", "POST lost", "PATCH LOG_LEVEL 403"]);
}

#[tokio::test(start_paused = true)]
async fn an_update_is_retried_automatically() {
    let played = Played::with(&[("LOG_LEVEL", "info")]);
    played.next_patch(Play::DoneAndLost);
    played.next_patch(Play::DoneAnd(503));
    let variables = played.client().variables(repository());
    assert_eq!(variables.put(&level(), "debug", ()).await.unwrap(), Written::Updated);
    assert_eq!(played.sent(), ["PATCH LOG_LEVEL lost", "PATCH LOG_LEVEL 503", "PATCH LOG_LEVEL 204"]);
}

#[tokio::test]
async fn keeping_an_access_needs_no_read_but_a_new_variable_needs_an_access() {
    let played = Played::new();
    let variables = organization(&played);
    let error = variables.put(&level(), "debug", AnyAccess::Keep).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert!(error.to_string().contains("say which access a new one gets"), "{error}");
    assert!(error.to_string().contains("organization_agent_variables=write"), "{error}");
    let private = AnyAccess::KeepOr(Visibility::Private);
    assert_eq!(variables.put(&level(), "debug", private.clone()).await.unwrap(), Written::Created);
    assert_eq!(played.access("LOG_LEVEL"), "private");
    variables.put(&level(), "info", Visibility::selected([7])).await.unwrap();
    variables.put(&level(), "warn", private).await.unwrap();
    variables.put(&level(), "warn", AnyAccess::Keep).await.unwrap();
    variables.organization().unwrap().replace_value(&level(), "error").await.unwrap();
    assert_eq!(played.access("LOG_LEVEL"), "selected");
    assert_eq!(played.value("LOG_LEVEL").as_deref(), Some("error"));
    assert!(!played.sent().iter().any(|sent| sent.starts_with("GET")));
}

#[tokio::test]
async fn invalid_values_are_refused_before_anything_is_sent() {
    let played = Played::new();
    let long = "x".repeat(octoseal::limits::MAX_VALUE_BYTES + 1);
    let error = organization(&played).put(&level(), &long, AnyAccess::All).await.unwrap_err();
    assert!(matches!(error, Error::ValueTooLong { .. }));
    let any = played.client().any_variables("repos/octo/hello/actions".parse().unwrap());
    let error = any.put(&level(), "v", AnyAccess::All).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    assert!(any.organization().unwrap_err().is_invalid_input());
    let acme =
        played.client().variables(Organization::new("acme").unwrap().variables(VariableFamily::Agents));
    assert!(acme.replace_value(&level(), &long).await.is_err());
    assert!(played.sent().is_empty());
    organization(&played).put(&level(), &long[1..], AnyAccess::All).await.expect("just short enough");
}

#[tokio::test(start_paused = true)]
async fn writes_to_one_store_are_sequential_and_to_several_stores_concurrent() {
    let played = Played::new();
    let github = played.client();
    let put = |path: &'static str, number: usize| {
        let variables = github.any_variables(path.parse().unwrap());
        let name = VariableName::new(&format!("V_{number}")).unwrap();
        async move { variables.put(&name, "v", AnyAccess::Keep).await.map(|_| ()) }
    };
    let one_store: Vec<_> =
        (0..8).map(|number| tokio::spawn(put("repos/octo/hello/actions", number))).collect();
    for task in one_store {
        task.await.unwrap().unwrap();
    }
    assert_eq!(played.most_at_once(), 1);
    let (one, other) = (put("repos/octo/hello/actions", 9), put("repos/octo/hello/agents", 9));
    let (one, other) = tokio::join!(one, other);
    one.and(other).unwrap();
    assert_eq!(played.most_at_once(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_put_releases_its_turn() {
    let played = Played::new();
    let variables = played.client().variables(repository());
    played.next_patch(Play::Hangs);
    let (name, put) = (level(), variables.clone());
    let dropped = tokio::time::timeout(Duration::from_secs(1), put.put(&name, "a", ())).await;
    assert!(dropped.is_err());
    assert_eq!(variables.put(&level(), "b", ()).await.unwrap(), Written::Created);
}

#[tokio::test(start_paused = true)]
async fn a_delete_with_a_lost_answer_is_confirmed_by_the_listing() {
    let played = Played::with(&[("LOG_LEVEL", "info")]);
    played.next_delete(Play::DoneAndLost);
    played.client().variables(repository()).delete(&level()).await.unwrap();
    assert_eq!(played.sent(), ["DELETE LOG_LEVEL lost", "DELETE LOG_LEVEL 404", "GET 200"]);
    let error = played.client().variables(repository()).delete(&level()).await.unwrap_err();
    assert!(error.is_not_found() && error.to_string().contains("actions_variables=write"), "{error}");
}

#[tokio::test]
async fn an_organization_selects_repositories_and_a_409_is_explained() {
    let played = Played::with(&[("LOG_LEVEL", "info")]);
    let variables = organization(&played).organization().unwrap();
    variables.set_selected_repositories(&level(), [7, 8]).await.unwrap();
    variables.add_selected_repository(&level(), 9.into()).await.unwrap();
    assert_eq!(variables.selected_repositories(&level()).await.unwrap()[0].full_name, "acme/api");
    let error = variables.remove_selected_repository(&level(), 409.into()).await.unwrap_err();
    assert!(error.is_conflict());
    assert!(error.to_string().contains("only a variable with the visibility selected"), "{error}");
}

#[test]
fn values_with_prefixes_of_credentials_are_found_and_words_are_not() {
    for value in [
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "github_pat_11ABCDEFG0123456789_abc",
        "AKIAIOSFODNN7EXAMPLE",
        " xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOHcbrzqgy",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
    ] {
        assert!(looks_like_a_credential(value), "{value}");
    }
    for value in [
        "",
        "debug",
        "npm_config_cache",
        "AKIA",
        "-----BEGIN CERTIFICATE-----\nMIIE",
        "npm_ run with a sentence",
    ] {
        assert!(!looks_like_a_credential(value), "{value}");
    }
}

//! Many writes in one call: each has its own result, and a write that is known to fail is not sent.

use super::*;
use octoseal::{Error, Family, Organization, Pacing, Repository, Store, User, Written};
use std::time::Duration;

fn named(number: usize) -> SecretName {
    SecretName::new(&format!("S_{number}")).unwrap()
}

fn values(numbers: impl Iterator<Item = usize>) -> impl Iterator<Item = (SecretName, SecretValue)> {
    numbers.map(|number| (named(number), SecretValue::from(format!("value {number}").into_bytes())))
}

fn repositories(names: &[&str]) -> Vec<Store<Repository>> {
    names.iter().map(|name| Repository::new("octo", *name).unwrap().store(Family::Actions)).collect()
}

#[tokio::test]
async fn a_hundred_values_need_one_key_and_have_results_in_order() {
    let (emulator, github) = start().await;
    let results = github.secrets(User.store()).put_all(values(0..100), []).await;
    for (number, (name, result)) in results.iter().enumerate() {
        assert_eq!((name, result.as_ref().unwrap()), (&named(number), &Written::Created));
        let opened = emulator.opened_value(CODESPACES, name.as_str()).unwrap();
        assert_eq!(opened.expose(), format!("value {number}").as_bytes());
    }
    assert_eq!((results.len(), sent(&emulator).len()), (100, 101));
    assert_eq!(sent(&emulator)[0], "GET /user/codespaces/secrets/public-key 200");
}

#[tokio::test]
async fn no_value_is_no_request() {
    let (emulator, github) = start().await;
    assert!(github.secrets(User.store()).put_all(values(0..0), []).await.is_empty());
    assert!(sent(&emulator).is_empty());
}

/// Creates a client with at most `in_flight` requests in flight.
fn with_in_flight(emulator: &Emulator, in_flight: usize) -> GitHub {
    let mut pacing = Pacing::from(Profile::Unlimited);
    pacing.in_flight = in_flight;
    let builder = GitHub::builder().token("ghp_test").api_url(&emulator.url());
    builder.pacing(pacing).build().unwrap()
}

#[tokio::test]
async fn the_writes_in_flight_respect_the_limit() {
    let emulator = recording::start().await;
    emulator.set_latency(Duration::from_millis(5));
    let github = with_in_flight(&emulator, 3);
    let mut results = github.secrets(User.store()).put_each(values(0..20), []);
    let mut most = 0;
    while let Some((_, result)) = results.next().await {
        result.unwrap();
        let pace = github.metrics().pace;
        most = most.max(pace.in_flight + pace.waiting);
    }
    assert!((2..=3).contains(&most), "{most}");
}

#[tokio::test]
async fn one_bad_value_stops_no_other_and_a_repeated_name_is_not_sent() {
    let (emulator, github) = start().await;
    let mut all: Vec<_> = values(0..3).collect();
    all[1].1 = vec![7; 49_153].into();
    all.push((named(0), SecretValue::from("another")));
    answer_once(&emulator, http::Method::PUT, "S_2", 404, "{}");
    let results = github.secrets(User.store()).put_all(all, []).await;
    let names: Vec<&str> = results.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["S_0", "S_1", "S_2", "S_0"]);
    assert!(results[0].1.is_ok());
    assert!(matches!(results[1].1, Err(Error::ValueTooLong { .. })));
    assert!(results[2].1.as_ref().is_err_and(Error::is_not_found));
    assert!(matches!(results[3].1, Err(Error::RepeatedName)));
    assert_eq!(emulator.opened_value(CODESPACES, "S_0").unwrap().expose(), b"value 0");
    assert_eq!(sent(&emulator).len(), 3, "{:?}", sent(&emulator));
}

#[tokio::test]
async fn a_key_that_changes_during_the_call_is_renewed_once_for_all() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), []).await.unwrap();
    emulator.rotate_key(CODESPACES).unwrap();
    emulator.set_latency(Duration::from_millis(20));
    let results = secrets.put_all(values(0..30), []).await;
    assert!(results.iter().all(|(_, result)| result.is_ok()));
    let keys = sent(&emulator).iter().filter(|line| line.contains("public-key")).count();
    assert_eq!(keys, 2);
    let metrics = github.metrics();
    assert_eq!((metrics.key_misses, metrics.key_renewals), (1, 1));
}

#[tokio::test]
async fn without_a_key_nothing_is_sent_and_each_name_has_an_error() {
    let (emulator, github) = start().await;
    emulator.with_world(|world| {
        world.missing("repos/octo/ghost");
    });
    let ghost = repositories(&["ghost"]).remove(0);
    let results = github.secrets(ghost).put_all(values(0..50), ()).await;
    assert_eq!(results.len(), 50);
    for (_, result) in results {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::NotTried(_)) && error.is_not_found() && !error.is_unknown_outcome());
    }
    assert_eq!(sent(&emulator), ["GET /repos/octo/ghost/actions/secrets/public-key 404"]);
}

#[tokio::test]
async fn a_token_that_is_revoked_during_the_call_is_not_sent_repeatedly() {
    let (emulator, github) = start().await;
    emulator.set_latency(Duration::from_millis(2));
    let mut stream = github.secrets(User.store()).put_each(values(0..200), []);
    let mut results = Vec::new();
    while let Some(result) = stream.next().await {
        results.push(result);
        if results.len() == 20 {
            emulator.with_world(|world| {
                world.bad_token("ghp_test");
            });
        }
    }
    let count = |holds: fn(&Error) -> bool| {
        results.iter().filter(|(_, result)| result.as_ref().is_err_and(holds)).count()
    };
    let refused = count(|error| matches!(error, Error::Refused(_)));
    assert!((1..=8).contains(&refused), "{refused}");
    assert!(count(Error::is_unauthorized) >= 100, "{}", count(Error::is_unauthorized));
    assert_eq!(count(Error::is_unauthorized), refused + count(|error| matches!(error, Error::NotTried(_))));
    assert_eq!(sent(&emulator).iter().filter(|line| line.ends_with("401")).count(), refused);
}

#[tokio::test]
async fn one_value_is_written_to_every_possible_store() {
    let (emulator, github) = start().await;
    emulator.with_world(|world| {
        world.missing("repos/octo/ghost");
    });
    let stores = repositories(&["one", "ghost", "two"]);
    answer_once(&emulator, http::Method::PUT, "/two/", 403, "{}");
    let stores = stores.into_iter().chain(repositories(&["three"]));
    let results = github.put_everywhere(stores, &name(), &value(), ()).await;
    let paths: Vec<String> = results.iter().map(|(store, _)| store.to_string()).collect();
    let expected = ["one", "ghost", "two", "three"].map(|name| format!("repos/octo/{name}/actions"));
    assert_eq!(paths, expected);
    assert!(results[0].1.is_ok() && results[3].1.is_ok(), "{results:?}");
    assert!(results[1].1.as_ref().is_err_and(Error::is_not_found));
    assert!(results[2].1.as_ref().is_err_and(Error::is_forbidden));
    assert_eq!(emulator.opened_values().len(), 2);
}

#[tokio::test]
async fn an_organizations_four_stores_accept_the_same_access() {
    let (emulator, github) = start().await;
    let acme = Organization::new("acme").unwrap();
    let stores = Family::ALL.map(|family| acme.store(family));
    let selected = octoseal::Visibility::selected([7, 8]);
    let results = github.put_everywhere(stores, &name(), &value(), selected).await;
    assert!(results.iter().all(|(_, result)| matches!(result, Ok(Written::Created))), "{results:?}");
    let readers = github.secrets(acme.store(Family::Agents)).selected_repositories(&name()).await.unwrap();
    assert_eq!((emulator.opened_values().len(), readers.len()), (4, 2));
}

#[tokio::test]
async fn an_invalid_token_is_sent_to_few_stores() {
    let (emulator, github) = start().await;
    emulator.with_world(|world| {
        world.bad_token("ghp_test");
    });
    let names: Vec<String> = (0..100).map(|number| format!("r{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let results = github.put_everywhere(repositories(&names), &name(), &value(), ()).await;
    assert!(results.iter().all(|(_, result)| result.as_ref().is_err_and(Error::is_unauthorized)));
    assert!(sent(&emulator).len() <= 8, "{}", sent(&emulator).len());
}

#[cfg(feature = "github-app")]
mod app {
    use super::*;
    use crate::credentials::app::start_with;

    /// Writes to two hundred stores of `owners` owners in turn, none of which gets a token.
    async fn refused(status: u16, owners: usize) -> (Vec<Error>, Vec<String>) {
        let (emulator, github) = start_with(8).await;
        let refusal = http::Response::builder().status(status);
        let refusal = if status == 429 { refusal.header("retry-after", "3600") } else { refusal };
        let refusal = Fault::Answer(refusal.body("{}".into()).unwrap());
        emulator.script(Script::new(refusal).path("installation").times(1_000));
        let store = |number: usize| {
            let owner = format!("owner{}", number % owners);
            Repository::new(owner, format!("r{number}")).unwrap().store(Family::Actions)
        };
        let results = github.put_everywhere((0..200).map(store), &name(), &value(), ()).await;
        let errors = results.into_iter().map(|(_, result)| result.unwrap_err()).collect();
        (errors, sent(&emulator))
    }

    fn not_tried(errors: &[Error]) -> usize {
        errors.iter().filter(|error| matches!(error, Error::NotTried(_))).count()
    }

    #[tokio::test]
    async fn an_account_without_a_token_is_tried_once_and_the_rest_is_not_tried() {
        for status in [401, 403, 429] {
            let (errors, sent) = refused(status, 1).await;
            assert_eq!(sent.len(), 1, "{sent:?}");
            assert!(not_tried(&errors) >= 190, "{status}: {}", not_tried(&errors));
            let is_limited = status == 429;
            for error in errors {
                assert_eq!(
                    (error.is_rate_limited(), error.is_unauthorized()),
                    (is_limited, !is_limited),
                    "{error}"
                );
                assert_eq!(error.retry_after().is_some(), is_limited);
                assert!(!error.is_unknown_outcome());
            }
        }
    }

    #[tokio::test]
    async fn an_app_that_is_unknown_stops_all_accounts_and_one_account_no_other() {
        let (errors, sent) = refused(401, 200).await;
        assert!(sent.len() <= 8, "{sent:?}");
        assert!(not_tried(&errors) >= 190, "{}", not_tried(&errors));
        let (errors, sent) = refused(403, 20).await;
        assert_eq!(sent.len(), 20, "{sent:?}");
        assert!(not_tried(&errors) <= 180, "{}", not_tried(&errors));
    }
}

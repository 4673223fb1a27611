//! An access is kept, or an error reports that it was not.

use super::*;
use octoseal::{AnyAccess, AnySecrets, Error, Visibility, Written};

const STORES: [&str; 2] = ["orgs/acme/actions", "user/codespaces"];

fn kept() -> [AnyAccess; 2] {
    [AnyAccess::Keep, AnyAccess::KeepOr(Visibility::selected([99]))]
}

/// Creates a store with a secret that two repositories have access to.
async fn with_a_secret(path: &str) -> (Emulator, AnySecrets) {
    let (emulator, github) = start().await;
    let secrets = github.any_secrets(path.parse().unwrap());
    secrets.put(&name(), &value(), AnyAccess::Selected([7, 8].into())).await.unwrap();
    (emulator, secrets)
}

fn puts(emulator: &Emulator) -> usize {
    sent(emulator).iter().filter(|line| line.starts_with("PUT")).count()
}

/// Puts a secret, and expects an error and no second write.
async fn refused(emulator: &Emulator, secrets: &AnySecrets, access: AnyAccess) -> Error {
    let before = emulator.secrets(&secrets.store().to_string());
    let error = secrets.put(&name(), &value(), access).await.unwrap_err();
    assert_eq!(emulator.secrets(&secrets.store().to_string()), before);
    assert_eq!(puts(emulator), 1);
    error
}

#[tokio::test]
async fn a_missing_list_of_repositories_does_not_mean_a_missing_secret() {
    for path in STORES {
        for access in kept() {
            let (emulator, secrets) = with_a_secret(path).await;
            answer_once(&emulator, http::Method::GET, "/NPM_TOKEN/repositories", 404, "{}");
            let error = refused(&emulator, &secrets, access).await;
            assert!(matches!(error, Error::Refused(_)) && error.is_not_found(), "{path}: {error:?}");
        }
    }
}

#[tokio::test]
async fn a_missing_second_page_of_repositories_does_not_mean_it_either() {
    for path in STORES {
        for access in kept() {
            let (emulator, secrets) = with_a_secret(path).await;
            let address = format!("{}/{path}/secrets/NPM_TOKEN/repositories", emulator.url());
            let page = http::Response::builder().header("link", format!("<{address}?page=2>; rel=\"next\""));
            let page = page.body(r#"{"total_count":2,"repositories":[{"id":7,"full_name":"a/b"}]}"#.into());
            let first = Script::new(Fault::Answer(page.unwrap())).method(http::Method::GET);
            // The list is read once more from its start.
            emulator.script(first.path("/repositories?per_page").times(2));
            let missing = http::Response::builder().status(404).body("{}".into()).unwrap();
            emulator.script(Script::new(Fault::Answer(missing)).path("page=2").times(2));
            let error = refused(&emulator, &secrets, access).await;
            assert!(matches!(error, Error::Incomplete { .. }) && !error.is_not_found(), "{path}: {error:?}");
            assert!(sent(&emulator).iter().any(|line| line.ends_with("page=2 404")), "{:?}", sent(&emulator));
        }
    }
}

#[tokio::test]
async fn only_a_404_of_the_secret_itself_means_nothing_to_keep() {
    for path in STORES {
        let (emulator, github) = start().await;
        let secrets = github.any_secrets(path.parse().unwrap());
        let error = secrets.put(&name(), &value(), AnyAccess::Keep).await.unwrap_err();
        assert!(matches!(error, Error::NothingToKeep { .. }), "{error:?}");
        let get = format!("GET /{path}/secrets/NPM_TOKEN 404");
        assert_eq!(sent(&emulator)[1..], [get]);
        let [_, new] = kept();
        assert_eq!(secrets.put(&name(), &value(), new).await.unwrap(), Written::Created);
    }
}

#[tokio::test]
async fn an_answer_about_another_secret_stops_the_write() {
    for access in kept() {
        let (emulator, secrets) = with_a_secret("orgs/acme/actions").await;
        let body = r#"{"name":"OTHER","visibility":"all"}"#;
        answer_once(&emulator, http::Method::GET, "/NPM_TOKEN", 200, body);
        let error = refused(&emulator, &secrets, access).await;
        assert!(matches!(error, Error::Answer { .. }) && !error.is_unknown_outcome(), "{error:?}");
    }
    let (emulator, secrets) = with_a_secret("orgs/acme/actions").await;
    answer_once(
        &emulator,
        http::Method::GET,
        "/NPM_TOKEN",
        200,
        r#"{"name":"npm_token","visibility":"all"}"#,
    );
    secrets.put(&name(), &value(), AnyAccess::Keep).await.expect("case is ignored");
}

#[tokio::test]
async fn an_access_replaced_after_a_stale_read_is_an_error() {
    let (emulator, secrets) = with_a_secret("orgs/acme/actions").await;
    answer_once(&emulator, http::Method::GET, "/NPM_TOKEN", 404, "{}");
    let access = AnyAccess::KeepOr(Visibility::All);
    let error = secrets.put(&name(), &SecretValue::from("new"), access).await.unwrap_err();
    let Error::AccessReplaced { store, name, access, is_proven: true } = &error else { panic!("{error:?}") };
    assert_eq!((&**store, name.as_str(), access), (secrets.store(), "NPM_TOKEN", &Visibility::All));
    assert!(error.to_string().contains("its access was replaced with all"), "{error}");
    assert!(error.is_written() && !error.is_unknown_outcome());
    assert_eq!(emulator.opened_value("orgs/acme/actions", "NPM_TOKEN").unwrap().expose(), b"new");
}

#[tokio::test(start_paused = true)]
async fn after_a_lost_answer_a_replaced_access_is_not_reported_as_proven() {
    let (emulator, github) = start().await;
    let secrets = github.any_secrets("user/codespaces".parse().unwrap());
    emulator.script(Script::new(Fault::HandleThenReset).method(http::Method::PUT));
    let [_, access] = kept();
    let error = secrets.put(&name(), &value(), access).await.unwrap_err();
    assert!(matches!(error, Error::AccessReplaced { is_proven: false, .. }), "{error:?}");
    assert!(error.to_string().contains("it is unknown whether an earlier secret"), "{error}");
}

#[tokio::test]
async fn stale_reads_replace_no_access_silently() {
    let (emulator, github) = start().await;
    let secrets = github.any_secrets("orgs/acme/actions".parse().unwrap());
    emulator.with_world(|world| {
        world.stale_requests(3);
    });
    secrets.put(&name(), &value(), Visibility::selected([7])).await.unwrap();
    let error = secrets.put(&name(), &value(), AnyAccess::KeepOr(Visibility::Private)).await.unwrap_err();
    assert!(matches!(error, Error::AccessReplaced { is_proven: true, .. }), "{error:?}");
}

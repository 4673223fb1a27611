//! A new value keeps the access, or nothing is written.

use super::*;
use octoseal::{Error, Family, Organization, Secrets, User, Visibility};

fn organization(github: &GitHub) -> Secrets<Organization> {
    github.secrets(Organization::new("acme").unwrap().store(Family::Dependabot))
}

fn puts(emulator: &Emulator) -> usize {
    sent(emulator).iter().filter(|line| line.starts_with("PUT")).count()
}

#[tokio::test]
async fn every_visibility_is_kept() {
    let (emulator, github) = start().await;
    let secrets = organization(&github);
    for visibility in
        [Visibility::All, Visibility::Private, Visibility::selected([7, 8]), Visibility::selected([])]
    {
        secrets.put(&name(), &value(), visibility).await.unwrap();
        let before = emulator.secrets("orgs/acme/dependabot");
        secrets.replace_value(&name(), &SecretValue::from("new")).await.unwrap();
        assert_eq!(emulator.secrets("orgs/acme/dependabot"), before);
        let opened = emulator.opened_value("orgs/acme/dependabot", "NPM_TOKEN").unwrap();
        assert_eq!(opened.expose(), b"new");
    }
}

#[tokio::test]
async fn more_repositories_than_one_page_are_kept() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    let ids: octoseal::RepositoryIds = (1..=120).map(octoseal::RepositoryId).collect();
    secrets.put(&name(), &value(), ids).await.unwrap();
    let before = emulator.secrets(CODESPACES);
    secrets.replace_value(&name(), &SecretValue::from("new")).await.unwrap();
    assert_eq!(emulator.secrets(CODESPACES), before);
}

#[tokio::test]
async fn an_unknown_visibility_stops_the_write() {
    let (emulator, github) = start().await;
    let secrets = organization(&github);
    secrets.put(&name(), &value(), Visibility::Private).await.unwrap();
    let body = r#"{"name":"NPM_TOKEN","visibility":"friends"}"#;
    answer_once(&emulator, http::Method::GET, "NPM_TOKEN", 200, body);
    let error = secrets.replace_value(&name(), &value()).await.unwrap_err();
    assert!(matches!(error, Error::UnknownVisibility));
    assert_eq!(puts(&emulator), 1);
}

#[tokio::test]
async fn an_incomplete_list_of_repositories_stops_the_write() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), [1, 2]).await.unwrap();
    let body = r#"{"total_count":2,"repositories":[{"id":1,"full_name":"octo/hello"}]}"#;
    let cut = Fault::Answer(http::Response::new(body.into()));
    emulator.script(Script::new(cut).method(http::Method::GET).path("/repositories").times(2));
    let error = secrets.replace_value(&name(), &value()).await.unwrap_err();
    assert!(matches!(error, Error::Incomplete { found: 1, total: 2 }), "{error}");
    assert_eq!(puts(&emulator), 1);
}

#[tokio::test]
async fn a_missing_secret_is_not_created() {
    let (emulator, github) = start().await;
    assert!(organization(&github).replace_value(&name(), &value()).await.unwrap_err().is_not_found());
    let secrets = github.secrets(User.store());
    assert!(secrets.replace_value(&name(), &value()).await.unwrap_err().is_not_found());
    assert_eq!(puts(&emulator), 0);
}

#[tokio::test]
async fn access_changes_without_the_value() {
    let (emulator, github) = start().await;
    let secrets = organization(&github);
    secrets.put(&name(), &value(), Visibility::selected([1])).await.unwrap();
    secrets.add_selected_repository(&name(), octoseal::RepositoryId(2)).await.unwrap();
    secrets.remove_selected_repository(&name(), octoseal::RepositoryId(1)).await.unwrap();
    let ids: Vec<u64> =
        secrets.selected_repositories(&name()).await.unwrap().iter().map(|found| found.id.0).collect();
    assert_eq!(ids, [2]);
    secrets.set_selected_repositories(&name(), []).await.unwrap();
    assert!(secrets.selected_repositories(&name()).await.unwrap().is_empty());
    assert_eq!(
        emulator.opened_value("orgs/acme/dependabot", "NPM_TOKEN").unwrap().expose(),
        value().expose()
    );
    secrets.put(&name(), &value(), Visibility::All).await.unwrap();
    let error = secrets.set_selected_repositories(&name(), [1]).await.unwrap_err();
    assert!(error.is_conflict() && error.to_string().contains("visibility selected"), "{error}");
}

#[tokio::test]
async fn access_that_changes_while_it_is_read_stops_the_write() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), [1, 2, 3, 4]).await.unwrap();
    // Of four repositories, one on the first page is removed before the second page is read.
    let page = |ids: &str, total: u64, next: bool| {
        let link = if next {
            format!(
                "<{}/user/codespaces/secrets/NPM_TOKEN/repositories?page=2>; rel=\"next\"",
                emulator.url()
            )
        } else {
            String::new()
        };
        let body = format!(r#"{{"total_count":{total},"repositories":[{ids}]}}"#);
        let response = http::Response::builder().header("link", link).body(body.into()).unwrap();
        Script::new(Fault::Answer(response)).method(http::Method::GET).path("/repositories")
    };
    let repository = |id: u64| format!(r#"{{"id":{id},"full_name":"octo/r{id}"}}"#);
    for earlier in [0, 2] {
        emulator.script(page(&format!("{},{}", repository(1), repository(2)), 4, true).after(earlier));
        emulator.script(page(&repository(4), 3, false).after(earlier + 1));
    }
    let error = secrets.replace_value(&name(), &value()).await.unwrap_err();
    assert!(matches!(error, Error::Incomplete { found: 3, total: 3 }), "{error:?}");
    assert_eq!(puts(&emulator), 1);
}

//! Look-ups against the emulator: listings with and without a total, environments, and the App of the
//! credential.

use super::*;
use octoseal::support::Account;
use octoseal::{Environment, Organization, PageRequest, Repository, RepositoryId};

fn environment(name: &str) -> Environment {
    Repository::new("acme", "api").unwrap().environment(name).unwrap()
}

#[tokio::test]
async fn listings_without_a_total_follow_their_links_to_the_end() {
    let (emulator, github) = start().await;
    emulator.with_world(|world| {
        for number in 0..5 {
            world.repository(&format!("acme/r{number}"));
        }
    });
    let (acme, page) = (Organization::new("acme").unwrap(), PageRequest::new(2).unwrap());
    let repositories = github.pages(acme.repositories(page)).all().await.unwrap();
    assert_eq!(repositories.len(), 5, "{repositories:?}");
    let account = Account::new("acme").unwrap();
    assert_eq!(github.pages(account.repositories(page)).all().await.unwrap(), repositories);
    let properties = github.pages(acme.property_values(page)).all().await.unwrap();
    assert!(properties.iter().all(|of| of.repository_full_name.starts_with("acme/")), "{properties:?}");

    let RepositoryId(id) = repositories[3].id;
    let found = github.send(RepositoryId(id).look_up()).await.unwrap();
    assert_eq!(found, repositories[3]);
    assert_eq!(github.send(acme.look_up()).await.unwrap().login, "acme");
}

#[tokio::test]
async fn an_environment_is_created_once_and_listed() {
    let (emulator, github) = start().await;
    emulator.with_world(|world| {
        world.missing("repos/acme/api/environments/prod%2Feu");
    });
    let first = github.create_environment(&environment("prod/eu")).await.unwrap();
    assert_eq!(github.create_environment(&environment("PROD/eu")).await.unwrap().id, first.id);
    let list = environment("x").repository().environments(PageRequest::default());
    let listed = github.pages(list).all().await.unwrap();
    assert_eq!(listed.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["prod/eu"]);
    let puts = sent(&emulator).iter().filter(|sent| sent.starts_with("PUT")).count();
    assert_eq!(puts, 1, "{:?}", sent(&emulator));
}

#[tokio::test]
async fn a_token_is_not_an_app() {
    let (emulator, github) = start().await;
    let error = github.app().await.unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("only the credential of a GitHub App"), "{cause}");
    assert!(sent(&emulator).is_empty());
}

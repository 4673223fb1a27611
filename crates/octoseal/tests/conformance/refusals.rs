//! Every refusal in the description of an operation, and those that GitHub documents only in prose.

use super::*;
use octoseal::{
    Error, Family, Organization, Owner, Repository, RepositoryId, SecretValue, Secrets, SelectedRepositories,
    SelectsRepositories, Store, User, Visibility,
};

#[tokio::test]
async fn missing_resources_are_404_in_each_store() {
    for version in VERSIONS {
        let emulator = recording::start().await;
        let github = client(&emulator, "ghp_any", version);
        let ghost = Repository::new("octo", "ghost").unwrap();
        let absent = Organization::new("absent").unwrap();
        emulator.with_world(|world| {
            world.missing("repos/octo/ghost").missing("orgs/absent");
        });
        for family in Family::ALL {
            missing(&github, ghost.store(family), ()).await;
            missing(&github, absent.store(family), Visibility::All).await;
            no_secret(&github, Repository::new("octo", "hello").unwrap().store(family)).await;
            no_selection(&github, Organization::new("acme").unwrap().store(family)).await;
        }
        missing(&github, ghost.environment("prod").unwrap().store(), ()).await;
        no_selection(&github, User.store()).await;
    }
}

/// Checks a missing owner.
async fn missing<O: Owner>(github: &GitHub, store: Store<O>, access: O::Access) {
    let secrets = github.secrets(store);
    assert!(secrets.key().await.unwrap_err().is_not_found());
    assert!(secrets.list().await.unwrap_err().is_not_found());
    let put = secrets.put(&name("A"), &SecretValue::from("x"), access).await;
    assert!(put.unwrap_err().is_not_found());
    no_secret(github, secrets.store().clone()).await;
}

/// Checks a missing secret.
async fn no_secret<O: Owner>(github: &GitHub, store: Store<O>) {
    let secrets = github.secrets(store);
    assert!(secrets.get(&name("A")).await.unwrap_err().is_not_found());
    assert!(secrets.delete(&name("A")).await.unwrap_err().is_not_found());
}

async fn no_selection<O: SelectsRepositories>(github: &GitHub, store: Store<O>) {
    no_secret(github, store.clone()).await;
    each_selection(&github.secrets(store), Error::is_not_found).await;
}

/// Checks that all four operations of a selection end with this error.
async fn each_selection<O: SelectsRepositories>(secrets: &Secrets<O>, expected: fn(&Error) -> bool) {
    assert!(expected(&secrets.selected_repositories(&name("A")).await.unwrap_err()));
    writes_of_a_selection(secrets, expected).await;
}

async fn writes_of_a_selection<O: SelectsRepositories>(secrets: &Secrets<O>, expected: fn(&Error) -> bool) {
    let name = name("A");
    assert!(expected(&secrets.set_selected_repositories(&name, [1]).await.unwrap_err()));
    assert!(expected(&secrets.add_selected_repository(&name, RepositoryId(1)).await.unwrap_err()));
    assert!(expected(&secrets.remove_selected_repository(&name, RepositoryId(1)).await.unwrap_err()));
}

#[tokio::test]
async fn an_invalid_token_is_401_and_one_without_permission_403_in_each_store() {
    for version in VERSIONS {
        let emulator = recording::start().await;
        emulator.with_world(|world| {
            world.bad_token("ghp_old").token("github_pat_poor", &[]);
        });
        for (token, expected) in [
            ("ghp_old", Error::is_unauthorized as fn(&Error) -> bool),
            ("github_pat_poor", |error: &Error| error.is_forbidden() || error.is_not_found()),
        ] {
            let github = client(&emulator, token, version);
            for family in Family::ALL {
                let store = Organization::new("acme").unwrap().store(family);
                each_selection(&github.secrets(store.clone()), expected).await;
                closed(&github, store, expected).await;
                closed(&github, Repository::new("octo", "hello").unwrap().store(family), expected).await;
            }
            each_selection(&github.secrets(User.store()), expected).await;
            closed(&github, User.store(), expected).await;
        }
    }
}

async fn closed<O: Owner>(github: &GitHub, store: Store<O>, expected: fn(&Error) -> bool) {
    let secrets = github.secrets(store);
    assert!(expected(&secrets.key().await.unwrap_err()));
    assert!(expected(&secrets.list().await.unwrap_err()));
    assert!(expected(&secrets.get(&name("A")).await.unwrap_err()));
    assert!(expected(&secrets.delete(&name("A")).await.unwrap_err()));
}

#[tokio::test]
async fn a_selection_of_another_visibility_is_409_in_each_family() {
    for version in VERSIONS {
        let emulator = recording::start().await;
        let github = client(&emulator, "ghp_any", version);
        for family in Family::ALL {
            let secrets = github.secrets(Organization::new("acme").unwrap().store(family));
            secrets.put(&name("A"), &SecretValue::from("x"), Visibility::Private).await.unwrap();
            writes_of_a_selection(&secrets, Error::is_conflict).await;
        }
    }
}

#[tokio::test]
async fn a_value_that_does_not_open_is_422_in_each_store() {
    for version in VERSIONS {
        let emulator = recording::start().await;
        let github = client(&emulator, "ghp_any", version);
        let repository = Repository::new("octo", "hello").unwrap();
        for family in Family::ALL {
            stale(&emulator, &github, repository.store(family), ()).await;
            let organization = Organization::new("acme").unwrap();
            stale(&emulator, &github, organization.store(family), Visibility::All).await;
        }
        stale(&emulator, &github, repository.environment("prod/eu").unwrap().store(), ()).await;
        stale(&emulator, &github, User.store(), SelectedRepositories::from([])).await;
        let refused = emulator.requests().iter().filter(|one| one.status.unwrap() == 422).count();
        assert_eq!(refused, 10);
    }
}

/// Writes with a key that has changed. GitHub refuses it, and the client seals again.
async fn stale<O: Owner>(emulator: &Emulator, github: &GitHub, store: Store<O>, access: O::Access) {
    let secrets = github.secrets(store);
    let value = SecretValue::from("plain-text-secret");
    secrets.put(&name("A"), &value, access.clone()).await.unwrap();
    emulator.rotate_key(&secrets.store().to_string()).unwrap();
    secrets.put(&name("A"), &value, access).await.unwrap();
}

//! Every operation once with success, and the first two pages of each listing.

use super::*;
use octoseal::{
    Family, Organization, Owner, PageRequest, Repository, RepositoryId, SecretValue, SelectedRepositories,
    SelectsRepositories, Store, User, Visibility, Written,
};
use std::collections::BTreeSet;

#[tokio::test]
async fn all_72_operations_under_both_versions() {
    for version in VERSIONS {
        let emulator = recording::start().await;
        let github = client(&emulator, "ghp_any", version);
        perform(&github).await;
        let sent = emulator.requests();
        let shapes: BTreeSet<String> =
            sent.iter().map(|one| shape(one.method.as_str(), &one.target)).collect();
        assert_eq!(shapes.len(), 73, "72 and the repository's own: {shapes:#?}");
        assert!(sent.iter().all(|one| one.status.unwrap().is_success()));
    }
}

async fn perform(github: &GitHub) {
    let repository = Repository::new("octo", "hello").unwrap();
    let organization = Organization::new("acme").unwrap();
    let selected = Repository::new("acme", "hello").unwrap(); // an organization selects its own repositories
    let id = github.send(selected.look_up()).await.unwrap().id;
    for family in Family::ALL {
        let store = organization.store(family);
        five(github, &store, || Visibility::selected([id.0])).await;
        four(github, &store, Visibility::selected([id.0]), id).await;
        let store = repository.store(family);
        five(github, &store, || ()).await;
        if let Some(request) = store.organization_secrets(PageRequest::default()) {
            github.send(request).await.unwrap();
        }
    }
    five(github, &repository.environment("prod/eu").unwrap().store(), || ()).await;
    five(github, &User.store(), || SelectedRepositories::from([id.0])).await;
    four(github, &User.store(), SelectedRepositories::from([id.0]), id).await;
}

/// Performs the five operations of each store.
async fn five<O: Owner>(github: &GitHub, store: &Store<O>, access: impl Fn() -> O::Access) {
    let secrets = github.secrets(store.clone());
    let value = SecretValue::from("plain-text-secret");
    assert_eq!(secrets.put(&name("npm_token"), &value, access()).await.unwrap(), Written::Created);
    assert_eq!(secrets.put(&name("NPM_TOKEN"), &value, access()).await.unwrap(), Written::Updated);
    secrets.put(&name("_SECOND"), &value, access()).await.unwrap();
    github.send(store.list(PageRequest::new(1).unwrap())).await.unwrap();
    assert_eq!(secrets.list().await.unwrap().len(), 2);
    secrets.get(&name("NPM_TOKEN")).await.unwrap();
    secrets.delete(&name("_SECOND")).await.unwrap();
}

/// Performs the four operations of stores with selected repositories.
async fn four<O: SelectsRepositories>(
    github: &GitHub,
    store: &Store<O>,
    access: O::Access,
    id: RepositoryId,
) {
    let secrets = github.secrets(store.clone());
    let (name, value) = (name("SELECTED"), SecretValue::from("plain-text-secret"));
    secrets.put(&name, &value, access).await.unwrap();
    secrets.set_selected_repositories(&name, [id.0, 7, 8]).await.unwrap();
    secrets.add_selected_repository(&name, RepositoryId(9)).await.unwrap();
    secrets.remove_selected_repository(&name, RepositoryId(9)).await.unwrap();
    assert_eq!(secrets.selected_repositories(&name).await.unwrap().len(), 3);
    github.send(store.selected_repositories(&name, PageRequest::new(1).unwrap())).await.unwrap();
}

/// Returns the operation with placeholders instead of names, for counting.
fn shape(method: &str, target: &str) -> String {
    let path = target.split('?').next().unwrap();
    let names = ["NPM_TOKEN", "npm_token", "_SECOND", "SELECTED"];
    let segment = |segment: &str| match segment {
        text if names.iter().any(|name| name.eq_ignore_ascii_case(text)) => "{secret_name}".to_owned(),
        text if text.parse::<u64>().is_ok() => "{repository_id}".to_owned(),
        text => text.to_owned(),
    };
    format!("{method} {}", path.split('/').map(segment).collect::<Vec<_>>().join("/"))
}

//! The 35 operations on variables, with success and with their refusals, and the look-ups.

use super::*;
use octoseal::support::{Account, authenticated_user};
use octoseal::{
    AnyAccess, AnyVariableStore, Error, Organization, PageRequest, Repository, RepositoryId, VariableFamily,
    VariableName, VariableOwner, VariableStore, Visibility, Written,
};
use std::collections::BTreeSet;

fn variable(text: &str) -> VariableName {
    VariableName::new(text).unwrap()
}

fn repository() -> Repository {
    Repository::new("octo", "hello").unwrap()
}

#[tokio::test]
async fn all_35_operations_under_both_versions() {
    for version in VERSIONS {
        let emulator = recording::start().await;
        let github = client(&emulator, "ghp_any", version);
        let api = Repository::new("acme", "hello").unwrap(); // an organization selects its own repositories
        let id = github.send(api.look_up()).await.unwrap().id;
        for family in [VariableFamily::Actions, VariableFamily::Agents] {
            let store = repository().variables(family);
            verbs(&github, &store, || ()).await;
            github.send(store.organization_variables(PageRequest::default())).await.unwrap();
            let store = Organization::new("acme").unwrap().variables(family);
            verbs(&github, &store, || Visibility::selected([id.0])).await;
            selected(&github, store, id).await;
        }
        verbs(&github, &repository().environment("prod/eu").unwrap().variables(), || ()).await;
        let done: BTreeSet<String> = emulator.requests().iter().filter_map(succeeded).collect();
        assert_eq!(done.len(), 35, "{done:#?}");
    }
}

async fn verbs<O: VariableOwner>(github: &GitHub, store: &VariableStore<O>, access: impl Fn() -> O::Access) {
    let variables = github.variables(store.clone());
    let (first, second) = (variable("color"), variable("_SECOND"));
    assert_eq!(variables.put(&first, "blue", access()).await.unwrap(), Written::Created);
    assert_eq!(variables.put(&first, "two\nlines \u{e9}", access()).await.unwrap(), Written::Updated);
    assert_eq!(variables.get(&first).await.unwrap().value, "two\nlines \u{e9}");
    variables.put(&second, "green", access()).await.unwrap();
    github.send(store.list(PageRequest::new(1).unwrap())).await.unwrap();
    assert_eq!(variables.list().await.unwrap().len(), 2);
    variables.delete(&second).await.unwrap();
    assert_eq!(variables.find(&second).await.unwrap(), None);
}

async fn selected(github: &GitHub, store: VariableStore<Organization>, id: RepositoryId) {
    let variables = github.variables(store);
    let name = variable("COLOR");
    variables.set_selected_repositories(&name, [id.0, 7]).await.unwrap();
    variables.add_selected_repository(&name, RepositoryId(8)).await.unwrap();
    variables.remove_selected_repository(&name, RepositoryId(7)).await.unwrap();
    assert_eq!(variables.selected_repositories(&name).await.unwrap().len(), 2);
    variables.replace_value(&name, "red").await.unwrap();
    let kept = variables.get(&name).await.unwrap();
    assert_eq!((kept.value.as_str(), kept.visibility.unwrap().as_str()), ("red", "selected"));
    assert_eq!(variables.selected_repositories(&name).await.unwrap().len(), 2);
}

/// Returns the operation of a request, if it succeeded and is about variables.
fn succeeded(one: &octoseal_emulator::RecordedRequest) -> Option<String> {
    let path = one.target.split('?').next().unwrap();
    if !one.status.unwrap().is_success() || !path.contains("variables") {
        return None;
    }
    let segment = |segment: &str| match segment {
        "COLOR" | "_SECOND" => "{name}".to_owned(),
        text if text.parse::<u64>().is_ok() => "{repository_id}".to_owned(),
        text => text.to_owned(),
    };
    Some(format!("{} {}", one.method, path.split('/').map(segment).collect::<Vec<_>>().join("/")))
}

#[tokio::test]
async fn refusals_of_variables_under_both_versions() {
    for version in VERSIONS {
        let emulator = recording::start().await;
        emulator.with_world(|world| {
            world.bad_token("ghp_old").token("github_pat_poor", &[]).missing("repos/octo/ghost");
        });
        let github = client(&emulator, "ghp_any", version);
        let name = variable("COLOR");
        let ghost: AnyVariableStore = "repos/octo/ghost/actions".parse().unwrap();
        assert!(
            github.any_variables(ghost).put(&name, "x", AnyAccess::Keep).await.unwrap_err().is_not_found()
        );
        for path in ["repos/octo/hello/agents", "repos/octo/hello/environments/prod", "orgs/acme/actions"] {
            let store: AnyVariableStore = path.parse().unwrap();
            refused(&github, &store, Error::is_not_found).await;
            refused(&client(&emulator, "ghp_old", version), &store, Error::is_unauthorized).await;
            let poor = client(&emulator, "github_pat_poor", version);
            refused(&poor, &store, |error| error.is_forbidden() || error.is_not_found()).await;
        }
        let acme = github.variables(Organization::new("acme").unwrap().variables(VariableFamily::Actions));
        acme.put(&name, "x", Visibility::Private).await.unwrap();
        let again = acme.store().create(&name, "y", Visibility::All);
        assert!(github.send(again).await.unwrap_err().is_conflict());
        assert!(acme.set_selected_repositories(&name, [7]).await.unwrap_err().is_conflict());
    }
}

async fn refused(github: &GitHub, store: &AnyVariableStore, expected: fn(&Error) -> bool) {
    let name = variable("MISSING");
    assert!(expected(&github.send(store.get(&name)).await.unwrap_err()));
    assert!(expected(&github.send(store.update(&name, "x")).await.unwrap_err()));
    assert!(expected(&github.send(store.delete(&name)).await.unwrap_err()));
}

#[tokio::test]
async fn the_look_ups_under_both_versions() {
    for version in VERSIONS {
        let emulator = recording::start().await;
        emulator.with_world(|world| {
            world.repository("acme/api").missing("repos/acme/api/environments/new");
        });
        let github = client(&emulator, "ghp_any", version);
        let (acme, api) = (Organization::new("acme").unwrap(), Repository::new("acme", "api").unwrap());
        let page = PageRequest::new(1).unwrap();
        let found = github.send(api.look_up()).await.unwrap();
        let account = Account::new("acme").unwrap();
        for listing in [acme.repositories(page), account.repositories(page)] {
            let listed = github.pages(listing).all().await.unwrap();
            assert_eq!(listed.iter().map(|it| it.id).collect::<Vec<_>>(), [found.id]);
        }
        assert_eq!(github.send(found.id.look_up()).await.unwrap(), found);
        github.pages(acme.property_values(page)).all().await.unwrap();
        github.send(acme.look_up()).await.unwrap();
        github.send(authenticated_user()).await.unwrap();
        let environment = api.clone().environment("new").unwrap();
        let created = github.create_environment(&environment).await.unwrap();
        assert_eq!(github.pages(api.environments(page)).all().await.unwrap(), [created]);
    }
}

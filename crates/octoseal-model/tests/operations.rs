//! Every operation that GitHub publishes can be built, and no other.

#![expect(clippy::unwrap_used, reason = "a helper of a test may")]

use octoseal_model::*;
use std::collections::BTreeSet;

const PUBLISHED: &str = include_str!("../../../docs/operations.txt");

#[derive(Default)]
struct Built {
    paths: BTreeSet<String>,
    templates: BTreeSet<String>,
}

impl Built {
    fn add<R>(&mut self, request: Request<R>) {
        let http = request.to_http(ApiVersion::default());
        self.paths.insert(format!("{} {}", http.method(), http.uri().path()));
        self.templates.insert(format!("{} {}", request.operation().method(), request.operation().template()));
    }

    fn five_verbs<O: Owner>(&mut self, store: &Store<O>, access: O::Access) {
        let name = SecretName::new("secret_name").unwrap();
        self.add(store.list(PageRequest::default()));
        self.add(store.public_key());
        self.add(store.get(&name));
        self.add(store.put(&name, &sealed(), access));
        self.add(store.delete(&name));
    }

    /// Adds the operations on variables: there is no public key, and a write is two operations.
    fn variables<O: Owner>(&mut self, store: &VariableStore<O>, access: O::Access) {
        let name = VariableName::new("name").unwrap();
        self.add(store.list(PageRequest::default()));
        self.add(store.get(&name));
        self.add(store.create(&name, "value", access));
        self.add(store.update(&name, "value"));
        self.add(store.delete(&name));
    }

    fn selected_for_variables(&mut self, store: &VariableStore<Organization>) {
        let name = VariableName::new("name").unwrap();
        self.add(store.selected_repositories(&name, PageRequest::default()));
        self.add(store.set_selected_repositories(&name, [7]));
        self.add(store.add_selected_repository(&name, RepositoryId(7)));
        self.add(store.remove_selected_repository(&name, RepositoryId(7)));
    }

    fn four_verbs_more<O: SelectsRepositories>(&mut self, store: &Store<O>) {
        let name = SecretName::new("secret_name").unwrap();
        self.add(store.selected_repositories(&name, PageRequest::default()));
        self.add(store.set_selected_repositories(&name, [7]));
        self.add(store.add_selected_repository(&name, RepositoryId(7)));
        self.add(store.remove_selected_repository(&name, RepositoryId(7)));
    }
}

/// Builds the support operations, which `docs/operations.txt` does not list.
fn support() -> Built {
    let (mut built, page) = (Built::default(), PageRequest::default());
    let repository = Repository::new("o", "r").unwrap();
    let environment = repository.clone().environment("e").unwrap();
    let organization = Organization::new("o").unwrap();
    let account = support::Account::new("o").unwrap();
    built.add(repository.look_up());
    built.add(repository.environments(page));
    built.add(environment.look_up());
    built.add(environment.create());
    built.add(RepositoryId(7).look_up());
    built.add(organization.look_up());
    built.add(organization.repositories(page));
    built.add(organization.property_values(page));
    built.add(account.repositories(page));
    built.add(account.installation_repositories(page));
    built.add(support::app());
    built.add(support::authenticated_user());
    built.add(support::hourly_limit());
    built
}

fn sealed() -> SealedValue {
    let key = StoreKey { key_id: "1".to_owned(), key: String::new() };
    SealedValue::new(&key, "A".repeat(64)).expect("48 bytes are enough")
}

fn all() -> Built {
    let mut built = Built::default();
    for family in Family::ALL {
        let store = Repository::new("o", "r").unwrap().store(family);
        built.five_verbs(&store, ());
        store.organization_secrets(PageRequest::default()).into_iter().for_each(|request| built.add(request));
        let store = Organization::new("o").unwrap().store(family);
        built.five_verbs(&store, Visibility::All);
        built.four_verbs_more(&store);
    }
    for family in [VariableFamily::Actions, VariableFamily::Agents] {
        let store = Repository::new("o", "r").unwrap().variables(family);
        built.variables(&store, ());
        built.add(store.organization_variables(PageRequest::default()));
        let store = Organization::new("o").unwrap().variables(family);
        built.variables(&store, Visibility::All);
        built.selected_for_variables(&store);
    }
    let environment = Repository::new("o", "r").unwrap().environment("e").unwrap();
    built.variables(&environment.variables(), ());
    built.five_verbs(&environment.store(), ());
    built.five_verbs(&User.store(), [1].into());
    built.four_verbs_more(&User.store());
    built
}

fn filled(line: &str) -> String {
    let placeholders = [
        ("{owner}", "o"),
        ("{repo}", "r"),
        ("{org}", "o"),
        ("{username}", "o"),
        ("{environment_name}", "e"),
        ("{secret_name}", "SECRET_NAME"),
        ("{name}", "NAME"),
        ("{repository_id}", "7"),
    ];
    placeholders.iter().fold(line.to_owned(), |line, (from, to)| line.replace(from, to))
}

#[test]
fn the_107_operations_and_no_others_can_be_built() {
    let published: BTreeSet<String> = PUBLISHED.lines().map(filled).collect();
    assert_eq!(published.len(), 72 + 35);
    assert_eq!(all().paths, published);
}

#[test]
fn every_request_knows_its_operation() {
    let published: BTreeSet<String> = PUBLISHED.lines().map(str::to_owned).collect();
    assert_eq!(all().templates, published);
}

#[test]
fn the_13_support_operations_have_the_paths_of_their_templates() {
    let Built { paths, templates } = support();
    assert_eq!(templates.len(), 13);
    assert_eq!(templates.iter().map(|template| filled(template)).collect::<BTreeSet<_>>(), paths);
    for template in [
        "GET /app",
        "GET /installation/repositories",
        "GET /orgs/{org}/properties/values",
        "GET /repos/{owner}/{repo}/environments",
        "GET /repositories/{repository_id}",
        "GET /users/{username}/repos",
        "PUT /repos/{owner}/{repo}/environments/{environment_name}",
    ] {
        assert!(templates.contains(template), "{template}");
    }
}

//! Every operation that GitHub publishes can be built, and nothing else.

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

    fn four_verbs_more<O: SelectsRepositories>(&mut self, store: &Store<O>) {
        let name = SecretName::new("secret_name").unwrap();
        self.add(store.selected_repositories(&name, PageRequest::default()));
        self.add(store.set_selected_repositories(&name, [7]));
        self.add(store.add_selected_repository(&name, RepositoryId(7)));
        self.add(store.remove_selected_repository(&name, RepositoryId(7)));
    }
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
    built.five_verbs(&Repository::new("o", "r").unwrap().environment("e").unwrap().store(), ());
    built.five_verbs(&User.store(), [1].into());
    built.four_verbs_more(&User.store());
    built
}

#[test]
fn the_72_operations_and_no_others_can_be_built() {
    let placeholders = [
        ("{owner}", "o"),
        ("{repo}", "r"),
        ("{org}", "o"),
        ("{environment_name}", "e"),
        ("{secret_name}", "SECRET_NAME"),
        ("{repository_id}", "7"),
    ];
    let fill =
        |line: &str| placeholders.iter().fold(line.to_owned(), |line, (from, to)| line.replace(from, to));
    let published: BTreeSet<String> = PUBLISHED.lines().map(fill).collect();
    assert_eq!(published.len(), 72);
    assert_eq!(all().paths, published);
}

#[test]
fn every_request_knows_its_operation() {
    let published: BTreeSet<String> = PUBLISHED.lines().map(str::to_owned).collect();
    assert_eq!(all().templates, published);
}

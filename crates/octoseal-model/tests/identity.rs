//! Owners and stores are the same where GitHub takes them for the same; how they are spelled stays.

use octoseal_model::{AnyStore, Family, Organization, Repository, Store, User};
use std::collections::{BTreeSet, HashSet};

fn any(path: &str) -> AnyStore {
    path.parse().expect("it is the path of a store")
}

#[test]
fn ascii_case_does_not_count_and_stays_as_it_was_written() {
    for (one, other) in [
        ("repos/Acme/API/actions", "repos/acme/api/actions"),
        ("orgs/ACME/dependabot", "orgs/acme/dependabot"),
        ("repos/octo/hello/environments/Prod%2FEU", "repos/Octo/Hello/environments/prod%2feu"),
    ] {
        let stores = [any(one), any(other)];
        assert_eq!(stores[0], stores[1]);
        assert_eq!(stores.iter().collect::<HashSet<_>>().len(), 1);
        assert_eq!(stores.iter().collect::<BTreeSet<_>>().len(), 1);
        assert_eq!(stores[0].to_string(), one);
    }
}

#[test]
fn other_differences_count() {
    let paths = [
        "repos/acme/api/actions",
        "repos/acme/api/agents",
        "repos/acme/ap/actions",
        "repos/acmea/pi/actions",
        "repos/acme/api/environments/actions",
        "repos/acme/api/environments/\u{e9}",
        "repos/acme/api/environments/\u{c9}",
        "orgs/acme/actions",
        "user/codespaces",
    ];
    let stores = paths.map(any);
    assert_eq!(stores.iter().collect::<HashSet<_>>().len(), paths.len());
    assert_eq!(stores.iter().collect::<BTreeSet<_>>().len(), paths.len());
}

#[test]
fn a_store_keeps_its_owner() {
    let store = Repository::new("Octo", "hello").unwrap().environment("prod/eu").unwrap().store();
    assert_eq!(store.owner().name(), "prod/eu");
    assert_eq!((store.owner().repository().owner(), store.owner().repository().name()), ("Octo", "hello"));
    assert_eq!(store.family(), Family::Actions);
    assert_eq!(AnyStore::from(store).account(), Some("Octo"));
    assert_eq!(Organization::new("acme").unwrap().store(Family::Agents).owner().login(), "acme");
    assert_eq!(AnyStore::from(User.store()).account(), None);
    assert_eq!(any("orgs/acme/dependabot").family(), Family::Dependabot);
}

#[test]
fn a_store_of_a_known_owner_is_parsed_from_its_path_and_from_no_other() {
    let path = "orgs/acme/dependabot";
    assert_eq!(path.parse::<Store<Organization>>().unwrap().to_string(), path);
    assert!(path.parse::<Store<Repository>>().is_err());
    assert!("user/codespaces".parse::<Store<User>>().is_ok());
}

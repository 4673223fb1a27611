//! Owners and stores are equal where GitHub treats them as equal. Their spelling is kept.

use octoseal_model::{AnyStore, Environment, Family, Organization, Repository, Store, Timestamp, User};
use std::collections::{BTreeSet, HashSet};

fn any(path: &str) -> AnyStore {
    path.parse().expect("it is the path of a store")
}

#[test]
fn ascii_case_is_ignored_in_comparisons_and_kept_in_the_text() {
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
fn other_differences_make_stores_unequal() {
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
fn a_store_of_a_known_owner_is_parsed_only_from_its_own_path() {
    let path = "orgs/acme/dependabot";
    assert_eq!(path.parse::<Store<Organization>>().unwrap().to_string(), path);
    assert!(path.parse::<Store<Repository>>().is_err());
    assert!("user/codespaces".parse::<Store<User>>().is_ok());
}

#[test]
fn owners_and_families_round_trip_through_text() {
    for text in ["octo/hello/environments/prod%2Feu", "Octo/hello/environments/100%25"] {
        assert_eq!(text.parse::<Environment>().unwrap().to_string(), text);
    }
    assert_eq!("Acme/API".parse::<Repository>().unwrap().to_string(), "Acme/API");
    assert_eq!("Acme".parse::<Organization>().unwrap().to_string(), "Acme");
    assert_eq!("user".parse::<User>().unwrap().to_string(), "user");
    for family in Family::ALL {
        assert_eq!(family.to_string().parse::<Family>().unwrap(), family);
    }
    for text in
        ["", "octo/hello", "octo/hello/environments/", "octo/hello/environments/a/b", "octo/hello/env/a"]
    {
        assert!(text.parse::<Environment>().is_err(), "{text}");
    }
    assert!("me".parse::<User>().is_err() && "Actions".parse::<Family>().is_err());
}

#[test]
fn a_timestamp_converts_to_system_time() {
    let moment = |text: &str| text.parse::<Timestamp>().unwrap().system_time().unwrap();
    let epoch = std::time::SystemTime::UNIX_EPOCH;
    assert_eq!(moment("1970-01-01T00:00:01.5Z").duration_since(epoch).unwrap().as_millis(), 1_500);
    assert_eq!(epoch.duration_since(moment("1969-12-31T23:59:59Z")).unwrap().as_secs(), 1);
    assert!("yesterday".parse::<Timestamp>().is_err());
}

#[cfg(feature = "serde")]
#[test]
fn names_stores_and_times_serialize_as_text_and_are_checked_when_read() {
    let text = "orgs/acme/dependabot";
    let json = serde_json::to_string(&any(text)).unwrap();
    assert_eq!(json, format!("{text:?}"));
    assert_eq!(serde_json::from_str::<AnyStore>(&json).unwrap(), any(text));
    assert!(serde_json::from_str::<Store<Repository>>(&json).is_err());
    assert!(serde_json::from_str::<octoseal_model::SecretName>("\"npm-token\"").is_err());
    let listed = r#"{"name":"A","created_at":"2023-11-23T16:23:35Z","updated_at":null,"visibility":"all"}"#;
    let secret: octoseal_model::Secret = serde_json::from_str(listed).unwrap();
    assert_eq!(serde_json::to_string(&secret).unwrap(), listed);
}

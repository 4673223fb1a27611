//! Small values: counting, conversion and printing.

use octoseal_model::*;

#[test]
fn ids_are_a_set_and_are_counted() {
    let ids = RepositoryIds::from([7, 1, 7]);
    assert_eq!((ids.len(), ids.is_empty()), (2, false));
    assert_eq!(ids.iter().collect::<Vec<_>>(), [RepositoryId(1), RepositoryId(7)]);
    let none = RepositoryIds::default();
    assert_eq!((none.len(), none.is_empty()), (0, true));
}

#[test]
fn ids_are_made_of_one_id_a_list_or_an_iterator() {
    let seven = RepositoryIds::from([7]);
    assert_eq!(RepositoryIds::from(RepositoryId(7)), seven);
    assert_eq!(RepositoryIds::from(vec![RepositoryId(7)]), seven);
    assert_eq!([RepositoryId(7)].into_iter().collect::<RepositoryIds>(), seven);
    let lent: Vec<u64> = (&seven).into_iter().map(u64::from).collect();
    assert_eq!((lent, seven.iter().len()), (vec![7], 1));
}

#[test]
fn names_are_githubs() {
    let visibilities = [Visibility::All, Visibility::Private, Visibility::selected([1])];
    assert_eq!(visibilities.map(|visibility| visibility.as_str()), ["all", "private", "selected"]);
    for word in ["all", "private", "selected", "friends"] {
        assert_eq!(VisibilityName::from(word.to_owned()).as_str(), word);
    }
    assert_eq!(Family::ALL.map(Family::as_str), ["actions", "agents", "codespaces", "dependabot"]);
    assert_eq!(ApiVersion::V2022_11_28.as_str(), "2022-11-28");
    assert_eq!(ApiVersion::V2026_03_10.as_str(), "2026-03-10");
}

#[test]
fn stores_and_requests_print_their_paths() {
    let store = User.store();
    assert_eq!(format!("{store:?} {store:>16}|"), "Store(user/codespaces)  user/codespaces|");
    assert_eq!(format!("{:?}", store.public_key()), "Request(GET /user/codespaces/secrets/public-key)");
    assert_eq!(format!("{:>8}|", Family::Agents), "  agents|");
    assert_eq!(RepositoryId(1_296_269).to_string(), "1296269");
    assert_eq!(SecretName::new("a").unwrap().to_string(), "A");
    assert_eq!(Repository::new("octo", "hello").unwrap().to_string(), "octo/hello");
}

#[test]
fn types_that_print_as_one_text_accept_a_width() {
    let padded = |text: &dyn std::fmt::Display| (text.to_string(), format!("{text:>80}"));
    let store = Repository::new("octo", "hello").unwrap().environment("prod").unwrap().store();
    let request = store.public_key();
    let (name, id) = (SecretName::new("A").unwrap(), RepositoryId(7));
    let time: Timestamp = "2023-11-23T16:23:35Z".parse().unwrap();
    let organization = Organization::new("acme").unwrap();
    let operation = request.operation();
    let texts: [&dyn std::fmt::Display; 12] = [
        &name,
        &id,
        &time,
        &Family::Actions,
        &User,
        &organization,
        store.owner(),
        store.owner().repository(),
        &store,
        &AnyStore::from(store.clone()),
        operation,
        operation.resource(),
    ];
    for (text, wide) in texts.map(padded) {
        assert_eq!(wide, format!("{text:>80}"));
    }
}

#[test]
fn stores_are_equal_if_their_paths_are() {
    let store = |login: &str| Organization::new(login).unwrap().store(Family::Actions);
    assert_eq!(store("acme"), store("acme").clone());
    assert_ne!(store("acme"), store("other"));
    assert_eq!((store("acme").family(), User.store().family()), (Family::Actions, Family::Codespaces));
}

#[test]
fn only_dependabots_first_version_has_ids_as_text() {
    let key = StoreKey { key_id: "7".to_owned(), key: String::new() };
    let (name, value) = (SecretName::new("A").unwrap(), SealedValue::new(&key, "A".repeat(64)).unwrap());
    for family in Family::ALL {
        let store = Organization::new("acme").unwrap().store(family);
        let put = store.put(&name, &value, Visibility::selected([1]));
        let as_text = |version| String::from_utf8_lossy(put.to_http(version).body()).contains("[\"1\"]");
        assert_eq!(as_text(ApiVersion::V2022_11_28), family == Family::Dependabot, "{family}");
        assert!(!as_text(ApiVersion::V2026_03_10), "{family}");
    }
}

#[test]
fn a_page_has_from_1_to_100_items() {
    for size in [1, 100] {
        let target = User.store().list(PageRequest::new(size).unwrap()).target().to_owned();
        assert_eq!(target, format!("/user/codespaces/secrets?per_page={size}"));
    }
    for size in [0, 101] {
        let error = PageRequest::new(size).unwrap_err();
        assert_eq!(error.to_string(), "a page has between 1 and 100 items");
    }
}

#[test]
fn a_time_round_trips_through_seconds_and_text() {
    let time = Timestamp::from_unix_seconds(1_700_756_615).unwrap();
    assert_eq!((time.unix_seconds(), time.to_string().as_str()), (1_700_756_615, "2023-11-23T16:23:35Z"));
    assert_eq!(Timestamp::parse("2023-11-23T16:23:35Z"), Some(time));
    assert_eq!(Timestamp::from_unix_seconds(i64::MAX), None);
    assert_eq!(Timestamp::parse("yesterday"), None);
}

#[test]
fn the_limits_are_those_of_the_documentation() {
    assert_eq!((limits::MAX_VALUE_BYTES, limits::MAX_NAME_BYTES), (49_152, 255));
}

#[test]
fn a_sealed_value_has_at_least_48_bytes() {
    let key = StoreKey { key_id: "7".to_owned(), key: String::new() };
    let value = SealedValue::new(&key, "A".repeat(64)).unwrap();
    assert_eq!((value.encrypted_value(), value.key_id()), ("A".repeat(64).as_str(), "7"));
    for wrong in ["A".repeat(60), "A".repeat(65), "-".repeat(64), String::new()] {
        let error = SealedValue::new(&key, wrong).unwrap_err();
        assert!(error.to_string().starts_with("the sealed value is not standard base64"), "{error}");
    }
}

//! A value that was sealed elsewhere is written only if the store still has its key.

use super::*;
use octoseal::{AnyAccess, AnyStore, Error, PreparedValue, StoreKey, User, Written};

fn store() -> AnyStore {
    CODESPACES.parse().unwrap()
}

/// Seals a value to the store's current key.
async fn prepared(github: &GitHub) -> PreparedValue {
    let key = github.any_secrets(store()).key().await.unwrap();
    PreparedValue::seal(store(), name(), key, &value()).unwrap()
}

#[tokio::test]
async fn the_store_opens_a_prepared_value() {
    let (emulator, github) = start().await;
    let prepared = prepared(&github).await;
    let access = AnyAccess::from(octoseal::Visibility::selected([]));
    assert_eq!(github.put_prepared(&prepared, access).await.unwrap(), Written::Created);
    assert_eq!(emulator.opened_value(CODESPACES, "NPM_TOKEN").unwrap().expose(), value().expose());
    assert_eq!(github.put_prepared(&prepared, AnyAccess::Keep).await.unwrap(), Written::Updated);
}

#[tokio::test]
async fn nothing_is_written_after_the_key_has_changed() {
    for keeps_id in [false, true] {
        let (emulator, github) = start().await;
        let prepared = prepared(&github).await;
        let rotated = if keeps_id {
            emulator.rotate_key_keeping_id(CODESPACES)
        } else {
            emulator.rotate_key(CODESPACES)
        };
        rotated.unwrap();
        let error = github.put_prepared(&prepared, AnyAccess::Keep).await.unwrap_err();
        assert!(matches!(error, Error::KeyChanged { .. }), "{error}");
        assert!(sent(&emulator).iter().all(|line| !line.starts_with("PUT")), "{:?}", sent(&emulator));
    }
}

#[tokio::test]
async fn a_cached_key_is_fetched_again_before_a_value_is_refused_and_after_github_refuses_one() {
    let (emulator, github) = start().await;
    let old = prepared(&github).await;
    github.secrets(User.store()).put(&name(), &value(), []).await.unwrap(); // fills the cache
    emulator.rotate_key(CODESPACES).unwrap();
    let refused = github.put_prepared(&old, AnyAccess::Keep).await.unwrap_err();
    assert!(matches!(refused, Error::KeyChanged { .. }), "{refused}");

    let (emulator, github) = start().await;
    github.secrets(User.store()).put(&name(), &value(), []).await.unwrap();
    emulator.rotate_key(CODESPACES).unwrap();
    let new = prepared(&github).await;
    assert_eq!(github.put_prepared(&new, AnyAccess::Keep).await.unwrap(), Written::Updated);
}

#[tokio::test]
async fn an_invalid_key_or_sealed_value_is_refused_without_a_request() {
    let weak = StoreKey { key_id: "1".to_owned(), key: "A".repeat(43) + "=" };
    let sealed = PreparedValue::seal(store(), name(), weak, &value());
    assert!(matches!(sealed, Err(Error::Key { .. })), "{sealed:?}");
    let (_emulator, github) = start().await;
    let key = github.any_secrets(store()).key().await.unwrap();
    let plain = PreparedValue::new(store(), name(), key.clone(), "aHVudGVyMg==".to_owned());
    assert!(matches!(plain, Err(Error::Invalid(_))), "{plain:?}");
    let longest = SecretValue::from(vec![b'x'; octoseal::limits::MAX_VALUE_BYTES]);
    let longest = PreparedValue::seal(store(), name(), key.clone(), &longest).unwrap();
    let longer =
        PreparedValue::new(store(), name(), key.clone(), format!("{}AAAA", longest.encrypted_value()));
    assert!(matches!(longer, Err(Error::ValueTooLong { bytes: 49_155 })), "{longer:?}");
    let long = SecretValue::from(vec![b'x'; octoseal::limits::MAX_VALUE_BYTES + 1]);
    assert!(matches!(PreparedValue::seal(store(), name(), key, &long), Err(Error::ValueTooLong { .. })));
}

#[tokio::test]
async fn many_prepared_values_are_written_each_once_and_each_with_its_result() {
    let (emulator, github) = start().await;
    let names = ["A", "B", "C"].map(|name| SecretName::new(name).unwrap());
    let key = github.any_secrets(store()).key().await.unwrap();
    let mut values: Vec<_> = (names.iter().cloned())
        .map(|name| PreparedValue::seal(store(), name, key.clone(), &value()).unwrap())
        .collect();
    values.push(values[0].clone());
    let access = AnyAccess::from(octoseal::Visibility::selected([]));
    let mut results = github.put_prepared_each(values, access);
    let (mut created, mut repeated) = (Vec::new(), 0);
    while let Some(((_, name), result)) = results.next().await {
        match result {
            Ok(written) => created.push((name, written)),
            Err(Error::RepeatedName) => repeated += 1,
            Err(error) => panic!("{name}: {error}"),
        }
    }
    created.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(created, names.map(|name| (name, Written::Created)));
    assert_eq!(repeated, 1);
    assert_eq!(sent(&emulator).iter().filter(|line| line.starts_with("PUT")).count(), 3);
}

#[tokio::test]
async fn a_check_of_a_prepared_value_writes_nothing_and_finds_a_new_key() {
    let (emulator, github) = start().await;
    let prepared = prepared(&github).await;
    github.check_prepared(&prepared).await.unwrap();
    emulator.rotate_key(CODESPACES).unwrap();
    let error = client(&emulator, "ghp_test").check_prepared(&prepared).await.unwrap_err();
    assert!(matches!(error, Error::KeyChanged { .. }), "{error}");
    assert!(sent(&emulator).iter().all(|line| !line.starts_with("PUT")), "{:?}", sent(&emulator));
}

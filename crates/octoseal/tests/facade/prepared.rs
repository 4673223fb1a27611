//! A value that was sealed elsewhere is written while the store's key is the one that it was sealed to.

use super::*;
use octoseal::{AnyAccess, AnyStore, Error, PreparedValue, StoreKey, User, Written};

fn store() -> AnyStore {
    CODESPACES.parse().unwrap()
}

/// Seals a value to the key that the store has now.
async fn prepared(github: &GitHub) -> PreparedValue {
    let key = github.any_secrets(store()).key().await.unwrap();
    PreparedValue::seal(store(), name(), key, &value()).unwrap()
}

#[tokio::test]
async fn a_prepared_value_is_what_the_store_opens() {
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
async fn what_is_not_a_key_or_not_sealed_is_refused_without_a_request() {
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

//! Any text is refused as a store, or prints as it was parsed and never leaves its path.
#![no_main]

use libfuzzer_sys::fuzz_target;
use octoseal_model::{AnyStore, Error};

fuzz_target!(|text: &str| match text.parse::<AnyStore>() {
    Ok(store) => stays(&store, text),
    Err(error) => hints(&error, text),
});

fn stays(store: &AnyStore, text: &str) {
    let path = store.to_string();
    assert_eq!(&path.parse::<AnyStore>().expect("a printed path parses"), store);
    assert!(path.is_ascii() && !path.contains(['?', '#', ' ', '\\']), "{path:?}");
    assert!(path.split('/').all(|segment| !matches!(segment, "" | "." | "..")), "{path:?}");
    let key = match store {
        AnyStore::Repository(store) => store.public_key().to_http(Default::default()),
        AnyStore::Environment(store) => store.public_key().to_http(Default::default()),
        AnyStore::Organization(store) => store.public_key().to_http(Default::default()),
        AnyStore::User(store) => store.public_key().to_http(Default::default()),
    };
    assert_eq!(key.uri().path(), format!("/{path}/secrets/public-key"));
    if !matches!(store, AnyStore::Environment(_)) {
        assert_eq!(path, text, "only an environment's name has a second spelling");
    }
}

fn hints(error: &Error, text: &str) {
    assert!(error.to_string().len() < 400, "{error}");
    if let Error::NoSuchStore { suggestion: Some(suggestion) } = error {
        assert!(text.len() <= 40, "a long text may be a secret and must not be repeated");
        suggestion.parse::<AnyStore>().expect("the suggestion is a store");
    }
}

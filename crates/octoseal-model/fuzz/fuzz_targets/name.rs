//! Any text is refused as a name, a sealed value or a time, or is kept unchanged as one segment of a path.
#![no_main]

use libfuzzer_sys::fuzz_target;
use octoseal_model::*;

fuzz_target!(|text: &str| {
    secret_name(text);
    owners(text);
    if let Some(time) = Timestamp::parse(text) {
        assert_eq!(Timestamp::parse(&time.to_string()), Some(time));
        assert!(Timestamp::from_unix_seconds(time.unix_seconds()).is_some());
    }
    let key = StoreKey { key_id: "1".to_owned(), key: String::new() };
    if let Ok(value) = SealedValue::new(&key, text.to_owned()) {
        assert!(text.len() >= 64 && text.len() % 4 == 0);
        assert_eq!(value.encrypted_value(), text);
    }
});

fn secret_name(text: &str) {
    match SecretName::new(text) {
        Ok(name) => {
            assert_eq!(name.as_str(), text.to_ascii_uppercase());
            assert!(!name.as_str().starts_with("GITHUB_") && name.as_str().len() <= 255);
            assert_eq!(segments(&User.store().get(&name)), 4);
        }
        Err(error) => assert!(error.to_string().len() < 200),
    }
}

fn owners(text: &str) {
    if let Ok(organization) = Organization::new(text) {
        assert_eq!(segments(&organization.store(Family::Actions).public_key()), 5);
    }
    if let Ok(repository) = text.parse::<Repository>() {
        assert_eq!(repository.to_string(), text);
        assert_eq!(segments(&repository.look_up()), 3);
    }
    let repository = Repository::new("octo", "hello").expect("it is a name");
    if let Ok(environment) = repository.environment(text) {
        let store = environment.store();
        assert_eq!(segments(&store.public_key()), 7);
        assert_eq!(store.to_string().parse::<AnyStore>().expect("it was printed"), store.into());
    }
}

fn segments<R>(request: &Request<R>) -> usize {
    request.to_http(ApiVersion::default()).uri().path().split('/').count() - 1
}

//! Tests of the tables in docs/errors.md against the errors, and of error chains without repetitions.

use super::Error;
use crate::{GitHub, Profile, RetryPolicy, SecretName, SecretValue, User};
use http::Response;
use std::collections::BTreeSet;
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

const TABLES: &str = include_str!("../../../../docs/errors.md");
const KEY: &str = r#"{"key_id":"568250167242549743","key":"2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="}"#;

/// Returns the predicates of a row in the tables: the words in backquotes of its second cell.
fn promised(first_cell: &str) -> BTreeSet<&'static str> {
    let start = format!("| {first_cell} | ");
    let row = TABLES.lines().find_map(|line| line.strip_prefix(start.as_str()));
    let row = row.unwrap_or_else(|| panic!("docs/errors.md has no row for {first_cell}"));
    let cell = row.split('|').next().unwrap_or_default();
    cell.split('`').filter(|word| word.starts_with("is_")).collect()
}

fn held(error: &Error) -> BTreeSet<&'static str> {
    let predicates = [
        ("is_not_found", error.is_not_found()),
        ("is_validation_failed", error.is_validation_failed()),
        ("is_unauthorized", error.is_unauthorized()),
        ("is_locked_out", error.is_locked_out()),
        ("is_forbidden", error.is_forbidden()),
        ("is_conflict", error.is_conflict()),
        ("is_rate_limited", error.is_rate_limited()),
        ("is_invalid_input", error.is_invalid_input()),
        ("is_written", error.is_written()),
        ("is_unknown_outcome", error.is_unknown_outcome()),
    ];
    predicates.into_iter().filter_map(|(name, holds)| holds.then_some(name)).collect()
}

/// Writes to a server that always sends this answer, and returns the error.
async fn answered(status: u16, headers: &'static [(&'static str, &'static str)]) -> Error {
    answered_with(status, headers, "{}").await
}

async fn answered_with(
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
) -> Error {
    let server = move |request: http::Request<bytes::Bytes>| async move {
        if request.method() == "GET" {
            return Ok(Response::new(KEY.into()));
        }
        let mut answer = Response::builder().status(status);
        for (name, value) in headers {
            answer = answer.header(*name, *value);
        }
        Ok(answer.body(body.into()).expect("it is an answer"))
    };
    let mut retry = RetryPolicy::default();
    retry.limits = 0;
    let builder = GitHub::builder().token("ghp_test").retry(retry).pacing(Profile::Unlimited);
    let github = builder.transport(server).build().expect("the settings are valid");
    let name = SecretName::new("A").expect("it is a name");
    let put = github.secrets(User.store()).put(&name, &SecretValue::from("x"), []).await;
    put.expect_err("it is no success")
}

#[tokio::test(start_paused = true)]
async fn every_status_of_the_table_has_its_predicates() {
    let rows = TABLES.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let statuses: Vec<&str> = rows.filter(|cell| cell.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(statuses.len(), 17);
    for row in statuses {
        let limited: &[_] = if row.ends_with("a limit") { &[("retry-after", "61")] } else { &[] };
        let body = if row.ends_with("locked out") { r#"{"message":"login attempts"}"# } else { "{}" };
        let error = answered_with(row[..3].parse().expect("a status"), limited, body).await;
        assert_eq!(held(&error), promised(row), "{row}: {error}");
        assert_eq!(error.retry_after(), (!limited.is_empty()).then_some(Duration::from_secs(61)), "{row}");
        never_repeats_itself(&error);
    }
}

/// Creates an error of each variant, with the name of the variant.
async fn one_of_each() -> Vec<(&'static str, Error)> {
    let store = || "user/codespaces".to_owned();
    let invalid = SecretName::new("1").expect_err("it starts with a digit");
    let settings = GitHub::builder().api_url("no address").build().expect_err("the URL is invalid");
    let other = |_: http::Request<bytes::Bytes>| async { Ok(Response::new(KEY.into())) };
    let unused = GitHub::builder().config(crate::Config::default()).transport(other).build();
    let unused = unused.expect_err("both were given");
    let key = Error::Key { store: store(), source: octoseal_crypto::Error::WeakKey };
    let refused = Arc::new(answered(401, &[]).await);
    let lost = octoseal_transport::Error::answer_lost(std::io::Error::other("the cable is cut"));
    let broken = serde_json::from_str::<u8>("{").expect_err("it is cut off");
    let answer = octoseal_model::Error::UnexpectedAnswer {
        status: http::StatusCode::OK,
        source: Some(Arc::new(broken)),
    };
    let operation = || {
        let name = SecretName::new("A").unwrap();
        let key = octoseal_model::StoreKey { key_id: "1".to_owned(), key: String::new() };
        let value = octoseal_model::SealedValue::new(&key, "A".repeat(64)).unwrap();
        Box::new(User.store().put(&name, &value, [].into()).operation().clone())
    };
    let errors = vec![
        Error::Invalid(invalid),
        Error::ValueTooLong { bytes: 49_153 },
        Error::RepeatedName,
        Error::RepeatedStore,
        Error::NotTried(refused),
        Error::InstallationToken,
        Error::InvalidUserAgent,
        unused,
        settings,
        Error::KeyTooLate { store: store() },
        key,
        Error::Seal(octoseal_crypto::Error::Backend),
        key_changed(),
        answered(404, &[]).await,
        Error::Transport { operation: operation(), source: lost },
        Error::Answer { operation: operation(), source: answer },
        nothing_to_keep().await,
        replaced(true),
        Error::UnknownVisibility,
        Error::Incomplete { found: 1, total: 2 },
        Error::PartialResults { organizations: "21955855".to_owned() },
        Error::TooManyPages,
    ];
    errors.into_iter().map(|error| (variant(&error), error)).collect()
}

async fn nothing_to_keep() -> Error {
    let server = |request: http::Request<bytes::Bytes>| async move {
        let is_key = request.uri().path().ends_with("/public-key");
        let answer = Response::builder().status(if is_key { 200 } else { 404 });
        Ok(answer.body(if is_key { KEY.into() } else { "{}".into() }).expect("it is an answer"))
    };
    let github =
        GitHub::builder().token("ghp_test").transport(server).build().expect("the settings are valid");
    let name = SecretName::new("A").expect("it is a name");
    let put = github.secrets(User.store()).replace_value(&name, &SecretValue::from("x")).await;
    put.expect_err("the secret is missing")
}

fn key_changed() -> Error {
    Error::KeyChanged {
        store: Box::new(User.store().into()),
        name: SecretName::new("A").expect("it is a name"),
    }
}

fn replaced(is_proven: bool) -> Error {
    let store = Box::new(User.store().into());
    let name = SecretName::new("A").expect("it is a name");
    Error::AccessReplaced { store, name, access: crate::Visibility::All, is_proven }
}

/// A new variant does not compile here. It needs a row in docs/errors.md and an example above.
fn variant(error: &Error) -> &'static str {
    match error {
        Error::Invalid(_) => "Invalid",
        Error::ValueTooLong { .. } => "ValueTooLong",
        Error::RepeatedName => "RepeatedName",
        Error::RepeatedStore => "RepeatedStore",
        Error::NotTried(_) => "NotTried",
        Error::InstallationToken => "InstallationToken",
        Error::UnusedConfig => "UnusedConfig",
        Error::Stopped => "Stopped",
        Error::InvalidUserAgent => "InvalidUserAgent",
        Error::Settings(_) => "Settings",
        Error::KeyTooLate { .. } => "KeyTooLate",
        Error::Key { .. } => "Key",
        Error::Seal(_) => "Seal",
        Error::KeyChanged { .. } => "KeyChanged",
        Error::Refused(_) => "Refused",
        Error::Transport { .. } => "Transport",
        Error::Answer { .. } => "Answer",
        Error::NothingToKeep { .. } => "NothingToKeep",
        Error::AccessReplaced { .. } => "AccessReplaced",
        Error::UnknownVisibility => "UnknownVisibility",
        Error::Incomplete { .. } => "Incomplete",
        Error::PartialResults { .. } => "PartialResults",
        Error::TooManyPages => "TooManyPages",
    }
}

#[tokio::test(start_paused = true)]
async fn every_variant_has_its_row_and_no_repetition() {
    let errors = one_of_each().await;
    assert_eq!(errors.iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len(), 22, "one of each");
    for (name, error) in errors {
        let promised = promised(&format!("`{name}`"));
        match name {
            "NotTried" => assert_eq!(held(&error), BTreeSet::from(["is_unauthorized"])),
            "Refused" => assert_eq!(held(&error), BTreeSet::from(["is_not_found"])),
            "Transport" => assert_eq!(held(&error), BTreeSet::from(["is_unknown_outcome"])),
            _ => assert_eq!(held(&error), promised, "{name}"),
        }
        never_repeats_itself(&error);
    }
}

#[tokio::test]
async fn a_connection_failure_has_no_repetition() {
    // The port is bound but not listening, so it stays reserved and refuses connections.
    let unused = tokio::net::TcpSocket::new_v4().expect("there is a port");
    unused.bind(([127, 0, 0, 1], 0).into()).expect("there is a port");
    let address = unused.local_addr().expect("it is bound");
    let mut retry = RetryPolicy::default();
    retry.attempts = 1;
    let proxies = octoseal_transport::Proxies::default().all(&format!("http://{address}")).expect("a proxy");
    let mut proxied = crate::Config::default();
    proxied.proxies = proxies;
    let cases = [
        (format!("http://{address}"), crate::Config::default()),
        (format!("https://{address}"), crate::Config::default()),
        (format!("http://{address}"), proxied),
    ];
    for (url, config) in cases {
        let builder = GitHub::builder().token("ghp_test").api_url(&url).config(config).retry(retry);
        let listing = builder.build().expect("the settings are valid").secrets(User.store()).list().await;
        let error = listing.expect_err("the port is not listening");
        assert!(error.source().and_then(|cause| cause.source()).is_some(), "{error:?}");
        never_repeats_itself(&error);
    }
}

/// Checks that no text of the chain is a part of another one.
fn never_repeats_itself(error: &Error) {
    let mut chain = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        chain.push(error.to_string());
        cause = error.source();
    }
    for (position, text) in chain.iter().enumerate() {
        assert!(!text.is_empty(), "{chain:?}");
        let others = chain.iter().enumerate().filter(|(other, _)| *other != position);
        for (_, other) in others {
            assert!(!other.contains(text.as_str()), "{text} stands in {other}");
        }
    }
}

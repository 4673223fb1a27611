//! Values are created, updated and opened. Invalid values are not sent.

use super::*;
use octoseal::{Environment, Error, Family, Organization, Repository, User, Visibility, Written};

#[tokio::test]
async fn a_user_secret_is_created_then_updated_and_opens_as_the_same_value() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    assert_eq!(secrets.put(&name(), &value(), [1_296_269]).await.unwrap(), Written::Created);
    assert_eq!(secrets.put(&name(), &SecretValue::from("new"), []).await.unwrap(), Written::Updated);
    assert_eq!(emulator.opened_value(CODESPACES, "NPM_TOKEN").unwrap().expose(), b"new");
    assert_eq!(
        sent(&emulator),
        [
            "GET /user/codespaces/secrets/public-key 200",
            "PUT /user/codespaces/secrets/NPM_TOKEN 201",
            "PUT /user/codespaces/secrets/NPM_TOKEN 204",
        ]
    );
}

#[tokio::test]
async fn each_of_the_ten_stores_accepts_a_value_and_opens_it() {
    let (emulator, github) = start().await;
    let repository = Repository::new("octo", "hello").unwrap();
    let organization = Organization::new("acme").unwrap();
    for family in Family::ALL {
        let store = repository.store(family);
        github.secrets(store.clone()).put(&name(), &value(), ()).await.unwrap();
        assert!(emulator.opened_value(&store.to_string(), "NPM_TOKEN").is_some(), "{store}");
        let store = organization.store(family);
        let selected = Visibility::selected([1, 2]);
        github.secrets(store.clone()).put(&name(), &value(), selected).await.unwrap();
        assert!(emulator.opened_value(&store.to_string(), "NPM_TOKEN").is_some(), "{store}");
    }
    let environment: Environment = repository.environment("prod/eu").unwrap();
    github.secrets(environment.store()).put(&name(), &value(), ()).await.unwrap();
    github.secrets(User.store()).put(&name(), &value(), []).await.unwrap();
    let opened = emulator.opened_values();
    assert_eq!(opened.len(), 10);
    assert!(opened.iter().all(|opened| opened.value.expose() == b"plain-text-secret"));
}

#[tokio::test]
async fn any_bytes_up_to_the_limit_are_written_and_one_more_is_not_sent() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    let values: [&[u8]; 5] = [b"", b"\0", b"\xff\xfe\r\n", "schlüssel".as_bytes(), &[7; 49_152]];
    for bytes in values {
        secrets.put(&name(), &bytes.into(), []).await.unwrap();
        assert_eq!(emulator.opened_value(CODESPACES, "NPM_TOKEN").unwrap().expose(), bytes);
    }
    let before = emulator.requests().len();
    let error = secrets.put(&name(), &[7; 49_153][..].into(), []).await.unwrap_err();
    assert!(matches!(error, Error::ValueTooLong { bytes: 49_153 }));
    assert_eq!(emulator.requests().len(), before);
}

#[tokio::test]
async fn an_invalid_public_key_is_refused_and_nothing_is_written() {
    let low_order = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let short = "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcA==";
    let long = "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCUA";
    for key in ["", "no base64!", short, long, low_order] {
        let (emulator, github) = start().await;
        let body = serde_json::json!({ "key_id": "1", "key": key }).to_string();
        answer_once(&emulator, http::Method::GET, "public-key", 200, &body);
        let error = github.secrets(User.store()).put(&name(), &value(), []).await.unwrap_err();
        assert!(matches!(&error, Error::Key { store, .. } if store == CODESPACES), "{key}: {error}");
        assert_eq!(sent(&emulator), ["GET /user/codespaces/secrets/public-key 200"]);
    }
}

#[tokio::test]
async fn a_write_without_a_proper_answer_is_not_reported_as_done() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    answer_once(&emulator, http::Method::PUT, "/secrets/", 200, "<html>Welcome to our WLAN</html>");
    let error = secrets.put(&name(), &value(), []).await.unwrap_err();
    assert!(matches!(error, Error::Answer { .. }));
    assert!(error.is_unknown_outcome(), "and not a failure either");
}

#[tokio::test]
async fn a_closure_can_be_the_transport_and_sees_the_credential() {
    let github = GitHub::builder()
        .token("ghp_test")
        .transport(|request: http::Request<bytes::Bytes>| async move {
            assert_eq!(request.headers()["authorization"], "Bearer ghp_test");
            assert_eq!(request.uri(), "https://api.github.com/user/codespaces/secrets/NPM_TOKEN");
            assert!(request.headers()["user-agent"].to_str().unwrap().starts_with("octoseal/"));
            Ok(http::Response::new(r#"{"name":"NPM_TOKEN"}"#.into()))
        })
        .build()
        .unwrap();
    assert_eq!(github.secrets(User.store()).get(&name()).await.unwrap().name, "NPM_TOKEN");
}

#[tokio::test(start_paused = true)]
async fn a_write_whose_answer_is_lost_is_retried() {
    let (emulator, github) = start().await;
    emulator.script(Script::new(Fault::HandleThenReset).method(http::Method::PUT));
    let written = github.secrets(User.store()).put(&name(), &value(), []).await.unwrap();
    assert_eq!(written, Written::Updated, "GitHub cannot distinguish the retry from an update");
}

#[tokio::test(start_paused = true)]
async fn a_write_without_an_answer_has_an_unknown_outcome() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    emulator.script(Script::new(Fault::HandleThenReset).method(http::Method::PUT).times(9));
    let error = secrets.put(&name(), &value(), []).await.unwrap_err();
    assert!(error.is_unknown_outcome(), "{error}");

    let (emulator, github) = start().await;
    let failed = http::Response::builder().status(502).body("<html>".into()).unwrap();
    emulator.script(Script::new(Fault::HandleThenAnswer(failed)).method(http::Method::PUT).times(9));
    let error = github.secrets(User.store()).put(&name(), &value(), []).await.unwrap_err();
    assert!(error.is_unknown_outcome(), "{error}");
    assert_eq!(emulator.requests().len(), 6, "a key and five attempts");
}

#[tokio::test(start_paused = true)]
async fn a_delete_whose_first_answer_was_lost_is_done() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), []).await.unwrap();
    emulator.script(Script::new(Fault::HandleThenClose).method(http::Method::DELETE));
    secrets.delete(&name()).await.unwrap();
    let error = secrets.delete(&name()).await.unwrap_err();
    assert!(error.is_not_found() && !error.is_unknown_outcome());
}

#[tokio::test(start_paused = true)]
async fn a_delete_with_an_unknown_outcome_is_not_reported_as_done() {
    let (emulator, github) = start().await;
    let answer = |status: u16| http::Response::builder().status(status).body("{}".into()).unwrap();
    emulator.script(Script::new(Fault::Answer(answer(502))).method(http::Method::DELETE));
    emulator.script(Script::new(Fault::Answer(answer(404))).method(http::Method::DELETE).after(1));
    emulator.script(Script::new(Fault::Answer(answer(404))).method(http::Method::GET));
    let error = github.secrets(User.store()).delete(&name()).await.unwrap_err();
    assert!(
        error.is_not_found() && error.is_unknown_outcome(),
        "the token has no access to the store: {error}"
    );
}

#[tokio::test]
async fn invalid_settings_are_invalid_input() {
    for (token, url) in
        [("a b", "https://x"), ("", "https://x"), ("t", "ftp://x"), ("t", "http://example.com")]
    {
        let error = GitHub::builder().token(token).api_url(url).build().unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
    }
    let error = GitHub::builder().user_agent("a\nb").build().unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
}

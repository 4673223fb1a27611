//! Key renewal: a changed key is detected and renewed once for all, and an unchanged key causes no second
//! write.

use super::*;
use octoseal::{Error, Pacing, User, Written};
use std::time::Duration;
use tokio::task::JoinSet;

fn count(emulator: &Emulator, method: &str, part: &str) -> usize {
    let matches = |line: &&String| line.starts_with(method) && line.contains(part);
    sent(emulator).iter().filter(matches).count()
}

#[tokio::test]
async fn a_value_sealed_to_an_old_key_is_sealed_to_the_new_one() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), []).await.unwrap();
    emulator.rotate_key(CODESPACES).unwrap();
    assert_eq!(secrets.put(&name(), &SecretValue::from("new"), []).await.unwrap(), Written::Updated);
    assert_eq!(emulator.opened_value(CODESPACES, "NPM_TOKEN").unwrap().expose(), b"new");
    assert_eq!(
        sent(&emulator)[2..],
        [
            "PUT /user/codespaces/secrets/NPM_TOKEN 422",
            "GET /user/codespaces/secrets/public-key 200",
            "PUT /user/codespaces/secrets/NPM_TOKEN 204",
        ]
    );
}

#[tokio::test]
async fn a_new_key_under_the_same_id_is_detected_too() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), []).await.unwrap();
    emulator.rotate_key_keeping_id(CODESPACES).unwrap();
    assert_eq!(secrets.put(&name(), &value(), []).await.unwrap(), Written::Updated);
}

#[tokio::test]
async fn twenty_writes_at_once_with_a_stale_key_cause_one_key_request() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), []).await.unwrap();
    emulator.rotate_key(CODESPACES).unwrap();
    emulator.set_latency(Duration::from_millis(20));
    let mut writes = JoinSet::new();
    for number in 0..20 {
        let secrets = secrets.clone();
        writes.spawn(async move {
            let name = SecretName::new(&format!("S_{number}")).unwrap();
            secrets.put(&name, &value(), []).await
        });
    }
    let results = writes.join_all().await;
    assert!(results.iter().all(|result| matches!(result, Ok(Written::Created))), "{results:?}");
    assert_eq!(count(&emulator, "GET", "public-key"), 2, "one at first, one for all twenty");
    assert_eq!(emulator.opened_values().len(), 21);
}

#[tokio::test]
async fn an_unchanged_key_causes_no_second_write() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), []).await.unwrap();
    answer_once(&emulator, http::Method::PUT, "/secrets/", 422, r#"{"message":"spammed"}"#);
    let error = secrets.put(&name(), &value(), []).await.unwrap_err();
    assert!(error.is_validation_failed(), "{error}");
    assert_eq!(
        sent(&emulator)[2..],
        ["PUT /user/codespaces/secrets/NPM_TOKEN 422", "GET /user/codespaces/secrets/public-key 200"]
    );
}

#[tokio::test]
async fn a_refusal_of_a_value_sealed_to_a_fresh_key_is_returned_unchanged() {
    let (emulator, github) = start().await;
    answer_once(&emulator, http::Method::PUT, "/secrets/", 422, r#"{"message":"spammed"}"#);
    let error = github.secrets(User.store()).put(&name(), &value(), []).await.unwrap_err();
    assert!(error.is_validation_failed(), "{error}");
    assert_eq!(sent(&emulator).len(), 2);
}

#[tokio::test]
async fn the_refusal_stays_if_the_key_cannot_be_renewed() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), []).await.unwrap();
    emulator.rotate_key(CODESPACES).unwrap();
    answer_once(&emulator, http::Method::GET, "public-key", 404, "{}");
    let error = secrets.put(&name(), &value(), []).await.unwrap_err();
    assert!(error.is_validation_failed(), "{error}");
    assert_eq!(
        secrets.put(&name(), &value(), []).await.unwrap(),
        Written::Updated,
        "and the next write renews the key"
    );
}

#[tokio::test]
async fn a_cancelled_key_request_blocks_no_task() {
    let (emulator, github) = start().await;
    emulator.set_latency(Duration::from_millis(50));
    let secrets = github.secrets(User.store());
    let first = tokio::spawn({
        let secrets = secrets.clone();
        async move { secrets.put(&name(), &value(), []).await }
    });
    while emulator.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let second = tokio::spawn(async move { secrets.put(&name(), &value(), []).await });
    tokio::task::yield_now().await;
    first.abort();
    assert_eq!(second.await.unwrap().unwrap(), Written::Created);
}

#[tokio::test]
async fn stores_that_share_a_key_id_do_not_share_a_key() {
    use octoseal::{Family, Repository};
    let (emulator, github) = start().await;
    let mut ids = Vec::new();
    for repository in ["one", "two"] {
        let store = Repository::new("octo", repository).unwrap().store(Family::Actions);
        let secrets = github.secrets(store);
        ids.push(secrets.key().await.unwrap());
        secrets.put(&name(), &value(), ()).await.unwrap();
    }
    assert_eq!(ids[0].key_id, ids[1].key_id);
    assert_ne!(ids[0].key, ids[1].key);
    assert_eq!(emulator.opened_values().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_outcome_of_a_write_stays_unknown_if_the_renewal_fails() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), []).await.unwrap();
    let put = |fault| Script::new(fault).method(http::Method::PUT);
    let answer = |status: u16| http::Response::builder().status(status).body("{}".into()).unwrap();
    emulator.rotate_key(CODESPACES).unwrap();
    emulator.script(put(Fault::HandleThenReset)); // the client cannot know whether it was stored
    emulator.script(put(Fault::Answer(answer(403))).after(2)); // after the 422, the renewed value is refused
    let error = secrets.put(&name(), &value(), []).await.unwrap_err();
    assert!(error.is_unknown_outcome(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn no_task_waits_for_a_key_without_end() {
    let (emulator, _) = start().await;
    emulator.set_latency(Duration::from_secs(3_600));
    let mut pacing = Pacing::default();
    pacing.max_wait = Duration::from_secs(60);
    let builder = GitHub::builder().token("ghp_test").api_url(&emulator.url());
    let github = builder.pacing(pacing).build().unwrap();
    let started = tokio::time::Instant::now();
    let mut writes = JoinSet::new();
    for _ in 0..50 {
        let secrets = github.secrets(User.store());
        writes.spawn(async move { secrets.put(&name(), &value(), []).await });
    }
    assert!(writes.join_all().await.iter().all(Result::is_err));
    let minutes = started.elapsed().as_secs() / 60;
    assert!(minutes <= 6, "three minutes for the lock and three for its own request, not {minutes}");
}

fn all_refused(emulator: &Emulator) {
    let answer = http::Response::builder().status(422).body(r#"{"message":"Validation Failed"}"#.into());
    let script = Script::new(Fault::Answer(answer.unwrap())).method(http::Method::PUT);
    emulator.script(script.times(1_000));
}

/// Puts fifty values in one call, all of which GitHub refuses, and counts the requests for the key.
async fn keys_of_fifty_refusals(emulator: &Emulator, github: &GitHub) -> usize {
    let before = count(emulator, "GET", "public-key");
    let values = (0..50).map(|number| (SecretName::new(&format!("S_{number}")).unwrap(), value()));
    let results = github.secrets(User.store()).put_all(values, []).await;
    assert!(results.iter().all(|(_, result)| result.as_ref().is_err_and(Error::is_validation_failed)));
    count(emulator, "GET", "public-key") - before
}

#[tokio::test]
async fn refusals_that_are_not_about_the_key_cause_one_renewal_in_a_call() {
    let (emulator, github) = start().await;
    all_refused(&emulator);
    assert_eq!(keys_of_fifty_refusals(&emulator, &github).await, 1, "this call fetches the key");
    assert_eq!(keys_of_fifty_refusals(&emulator, &github).await, 1, "the cached key is renewed once");
    assert_eq!(github.metrics().key_renewals, 1);
}

#[tokio::test]
async fn a_refusal_after_reading_the_access_causes_no_renewal_of_a_key_from_the_same_call() {
    let (emulator, github) = start().await;
    github.secrets(User.store()).put(&name(), &value(), []).await.unwrap();
    all_refused(&emulator);
    let fresh = client(&emulator, "ghp_test");
    let error = fresh.secrets(User.store()).replace_value(&name(), &value()).await.unwrap_err();
    assert!(error.is_validation_failed(), "{error}");
    assert_eq!(count(&emulator, "GET", "public-key"), 2, "one for each client");
}

#[tokio::test(start_paused = true)]
async fn a_key_that_changes_during_a_long_call_is_renewed() {
    let (emulator, _) = start().await;
    let builder = GitHub::builder().token("ghp_test").api_url(&emulator.url());
    let github = builder.pacing(Profile::Slow).build().unwrap();
    let values = (0..30).map(|number| (SecretName::new(&format!("S_{number}")).unwrap(), value()));
    let secrets = github.secrets(User.store());
    let mut results = secrets.put_each(values, []);
    let mut written = 0;
    while let Some((name, result)) = results.next().await {
        result.unwrap_or_else(|error| panic!("{name}: {error}"));
        written += 1;
        if written == 20 {
            emulator.rotate_key(CODESPACES).unwrap();
        }
    }
    assert_eq!((written, github.metrics().key_renewals), (30, 1));
}

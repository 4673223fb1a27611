//! Arbitrary server answers: every operation ends with a result, without a panic or an endless loop.

use super::*;
use bytes::Bytes;
use http::{Request, Response};
use octoseal::{Error, Family, Organization, User, Visibility};
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// A sequence that is the same in every run, and looks random (Numerical Recipes, section 7.1).
struct Random(u64);

impl Random {
    fn draw<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from[(self.0 >> 33) as usize % from.len()]
    }
}

const STATUSES: [&u16; 20] = [
    &200, &200, &200, &201, &204, &206, &299, &301, &302, &308, &304, &400, &401, &403, &404, &409, &422,
    &429, &503, &999,
];

const BODIES: [&str; 20] = [
    "",
    "null",
    "{}",
    "[]",
    "\u{0}",
    "<html>",
    "{\"key_id\":\"1\"",
    r#"{"key_id":"1","key":"2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="}"#,
    r#"{"key_id":"1","key":"2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="}"#,
    r#"{"key_id":"1","key":"2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="}"#,
    r#"{"key_id":"2","key":"AAAA"}"#,
    r#"{"total_count":1,"secrets":[{"name":"A"}]}"#,
    r#"{"total_count":18446744073709551615,"secrets":[]}"#,
    r#"{"total_count":-1,"secrets":7}"#,
    r#"{"total_count":1,"repositories":[{"id":1,"full_name":"o/r"}]}"#,
    r#"{"total_count":2,"repositories":[{"id":1,"full_name":"o/r"}]}"#,
    r#"{"name":"A","visibility":"selected","created_at":"99999-99-99T99:99:99Z"}"#,
    r#"{"name":"A","visibility":"all"}"#,
    r#"{"message":"rate limit","errors":[[[[[{"a":1}]]]],null,7,"x"]}"#,
    r#"{"message":"\u001b[2J\ud83d secondary rate limit","errors":{}}"#,
];

const HEADERS: [&(&str, &str); 15] = [
    &("x-nothing", ""),
    &("retry-after", "0"),
    &("retry-after", "-1"),
    &("retry-after", "99999999999999999999"),
    &("retry-after", "Thu, 01 Jan 1970 00:00:00 GMT"),
    &("x-ratelimit-remaining", "0"),
    &("x-ratelimit-reset", "18446744073709551615"),
    &("x-ratelimit-reset", "-1"),
    &("date", "never"),
    &("location", "/elsewhere"),
    &("location", "https://api.github.com/elsewhere"),
    &("location", "::"),
    &("link", "<https://api.github.com/user/codespaces/secrets?page=2>; rel=\"next\""),
    &("link", "<<>; rel=next, ,;"),
    &("x-github-sso", "required; url="),
];

fn client(seed: u64) -> GitHub {
    let lots = Mutex::new(Random(seed));
    let server = move |_: Request<Bytes>| {
        let mut lots = lots.lock().unwrap();
        let mut answer = Response::builder().status(*lots.draw(&STATUSES));
        for _ in 0..3 {
            let (name, value) = lots.draw(&HEADERS);
            answer = answer.header(*name, *value);
        }
        let answer = answer.body(Bytes::from_static(lots.draw(&BODIES).as_bytes()));
        async move { Ok(answer.unwrap()) }
    };
    let builder = GitHub::builder().token("ghp_test").pacing(Profile::Unlimited);
    builder.transport(server).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn no_server_answer_causes_a_panic_or_an_endless_loop() {
    let (mut good, mut bad) = (0, 0);
    let mut count = |result: Result<(), Error>| match result {
        Ok(()) => good += 1,
        Err(error) => {
            bad += 1;
            let text = format!("{error} {error:?} {:?}", error.retry_after());
            assert!(!text.contains("plain-text-secret") && !text.contains("ghp_test"), "{text}");
        }
    };
    for seed in 0..1_000 {
        let github = client(seed);
        let mine = github.secrets(User.store());
        let acme = github.secrets(Organization::new("acme").unwrap().store(Family::Dependabot));
        let (name, value) = (name(), value());
        let started = Instant::now();
        let all = async {
            count(mine.put(&name, &value, [1]).await.map(|_| ()));
            count(mine.list().await.map(|_| ()));
            count(mine.replace_value(&name, &value).await.map(|_| ()));
            count(acme.put(&name, &value, Visibility::selected([1])).await.map(|_| ()));
            count(acme.replace_value(&name, &value).await.map(|_| ()));
            count(acme.get(&name).await.map(|_| ()));
            count(acme.delete(&name).await);
            for (_, result) in mine.put_all([(name.clone(), SecretValue::from("x"))], []).await {
                count(result.map(|_| ()));
            }
        };
        timeout(Duration::from_secs(10 * 86_400), all).await.expect("it ends");
        assert!(started.elapsed() < Duration::from_secs(2 * 86_400), "{seed}: {:?}", started.elapsed());
        assert_eq!(github.metrics().pace.in_flight, 0);
    }
    assert!(good > 50 && bad > 3_000, "{good} went well and {bad} did not");
}

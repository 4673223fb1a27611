//! Dropping a future at any poll harms no other task: no permit is lost, no task is blocked, no key is
//! incomplete.

use super::*;
use octoseal::{Error, Family, Metrics, Organization, Pacing, Repository, User, Visibility};
use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Maximum number of polls of a future in these tests.
const MOST_POLLS: usize = 500;

/// Polls a future at most `times` times, each time after it was woken, and then drops it.
pub(crate) async fn polled<F: Future>(future: F, times: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = times;
    poll_fn(|context| {
        if left == 0 {
            return std::task::Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

fn client(emulator: &Emulator, in_flight: usize) -> GitHub {
    let mut pacing = Pacing::from(Profile::Unlimited);
    pacing.in_flight = in_flight;
    let builder = GitHub::builder().token("ghp_test").api_url(&emulator.url());
    builder.pacing(pacing).build().unwrap()
}

/// Drops the future of `act` at each of its polls, and then checks that all is well. First with one request
/// at a time, so that a lost permit blocks everything. Then with three at a time, so that more is in flight.
async fn at_every_poll<T>(
    prepare: impl AsyncFn(&Emulator, &GitHub),
    act: impl AsyncFn(&GitHub) -> Result<T, Error>,
) {
    for in_flight in [1, 3] {
        let mut polls = 0;
        loop {
            let emulator = recording::start().await;
            let github = client(&emulator, in_flight);
            prepare(&emulator, &github).await;
            let ended = polled(act(&github), polls).await;
            all_is_well(&emulator, &github).await;
            if let Some(result) = ended {
                result.unwrap();
                break;
            }
            polls += 1;
            assert!(polls < MOST_POLLS, "it never ends");
        }
        assert!(polls > 1, "it was dropped at some polls");
    }
}

async fn all_is_well(emulator: &Emulator, github: &GitHub) {
    is_at_rest(&github.metrics());
    for number in 0..2 {
        let before = github.metrics();
        let secrets = github.secrets(User.store());
        let put = tokio::spawn(async move { secrets.put(&name(), &SecretValue::from("fresh"), []).await });
        timeout(Duration::from_secs(300), put).await.expect("no task is blocked").unwrap().unwrap();
        assert_eq!(emulator.opened_value(CODESPACES, "NPM_TOKEN").unwrap().expose(), b"fresh");
        let after = github.metrics();
        if number == 1 {
            assert_eq!(after.key_misses, before.key_misses, "the key is complete");
        }
        is_at_rest(&after);
    }
}

fn is_at_rest(metrics: &Metrics) {
    let pace = &metrics.pace;
    assert_eq!((pace.in_flight, pace.waiting, pace.wait), (0, 0, None));
}

async fn nothing(_: &Emulator, _: &GitHub) {}

async fn written(_: &Emulator, github: &GitHub) {
    github.secrets(User.store()).put(&name(), &value(), [1, 2]).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_put_without_a_key() {
    at_every_poll(nothing, async |github| github.secrets(User.store()).put(&name(), &value(), []).await)
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_put_with_a_cached_key() {
    at_every_poll(written, async |github| github.secrets(User.store()).put(&name(), &value(), []).await)
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_put_that_renews_a_stale_key() {
    let stale = async |emulator: &Emulator, github: &GitHub| {
        written(emulator, github).await;
        emulator.rotate_key(CODESPACES).unwrap();
    };
    at_every_poll(stale, async |github| github.secrets(User.store()).put(&name(), &value(), []).await).await;
}

#[tokio::test(start_paused = true)]
async fn a_put_that_waits_for_a_limit_and_for_a_retry() {
    let limited = async |emulator: &Emulator, _: &GitHub| {
        let answer = http::Response::builder().status(429).header("retry-after", "30").body("{}".into());
        emulator.script(Script::new(Fault::Answer(answer.unwrap())).method(http::Method::GET));
        emulator.script(Script::new(Fault::Reset).method(http::Method::PUT));
    };
    at_every_poll(limited, async |github| github.secrets(User.store()).put(&name(), &value(), []).await)
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_new_value_with_the_same_access() {
    at_every_poll(written, async |github| {
        github.secrets(User.store()).replace_value(&name(), &value()).await
    })
    .await;
    let acme = || Organization::new("acme").unwrap().store(Family::Actions);
    let selected = async |_: &Emulator, github: &GitHub| {
        let put = github.secrets(acme()).put(&name(), &value(), Visibility::selected([7])).await;
        put.unwrap();
    };
    at_every_poll(selected, async |github| github.secrets(acme()).replace_value(&name(), &value()).await)
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_listing_of_two_pages_and_a_delete() {
    at_every_poll(two_pages, async |github| github.secrets(User.store()).list().await).await;
    at_every_poll(written, async |github| github.secrets(User.store()).delete(&name()).await).await;
}

#[tokio::test(start_paused = true)]
async fn many_values_into_one_store() {
    let put_all = async |github: &GitHub| {
        let value = |number| (SecretName::new(&format!("S_{number}")).unwrap(), value());
        let results = github.secrets(User.store()).put_all((0..5).map(value), []).await;
        results.into_iter().try_for_each(|(_, result)| result.map(|_| ()))
    };
    at_every_poll(nothing, put_all).await;
}

#[tokio::test(start_paused = true)]
async fn one_value_into_many_stores() {
    let put_everywhere = async |github: &GitHub| {
        let stores = Family::ALL.map(|family| Repository::new("octo", "hello").unwrap().store(family));
        let results = github.put_everywhere(stores, &name(), &value(), ()).await;
        results.into_iter().try_for_each(|(_, result)| result.map(|_| ()))
    };
    at_every_poll(nothing, put_everywhere).await;
}

#[tokio::test(start_paused = true)]
async fn the_task_that_fetches_a_key_for_all_waiting_tasks() {
    for polls in 0..MOST_POLLS {
        let emulator = recording::start().await;
        emulator.set_latency(Duration::from_millis(20));
        let github = client(&emulator, 1);
        let mut waiters = JoinSet::new();
        for _ in 0..5 {
            let secrets = github.secrets(User.store());
            waiters.spawn(async move { secrets.put(&name(), &value(), []).await });
        }
        // The waiting tasks run when this one waits for the first time. It has requested the key before them.
        let leader = polled(github.secrets(User.store()).put(&name(), &value(), []), polls).await;
        let waited = timeout(Duration::from_secs(300), waiters.join_all()).await.expect("no task is blocked");
        assert!(waited.iter().all(Result::is_ok), "{waited:?}");
        assert!(github.metrics().key_misses <= 2, "one that was dropped, and one for all waiting tasks");
        all_is_well(&emulator, &github).await;
        if leader.is_some() {
            return;
        }
    }
    panic!("it never ends");
}

/// Prepares the first page of a listing that has another page after it.
async fn two_pages(emulator: &Emulator, github: &GitHub) {
    written(emulator, github).await;
    let first = SecretName::new("A").unwrap();
    github.secrets(User.store()).put(&first, &value(), []).await.unwrap();
    let next = format!("<{}/user/codespaces/secrets?per_page=1&page=2>; rel=\"next\"", emulator.url());
    let page = http::Response::builder().header("link", next);
    let page = page.body(r#"{"total_count":2,"secrets":[{"name":"A"}]}"#.into()).unwrap();
    emulator.script(Script::new(Fault::Answer(page)).path("per_page=100").method(http::Method::GET));
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_listing_does_not_look_complete() {
    for polls in 0..MOST_POLLS {
        let (emulator, github) = start().await;
        two_pages(&emulator, &github).await;
        let mut secrets = github.secrets(User.store()).pages().each();
        assert_eq!(secrets.next().await.unwrap().unwrap().name, "A");
        let is_done = polled(secrets.next(), polls).await.is_some();
        if is_done {
            return;
        }
        assert_eq!(secrets.next().await.unwrap().unwrap().name, "NPM_TOKEN", "dropped at poll {polls}");
        assert!(secrets.next().await.unwrap().is_none());
    }
    panic!("it never ends");
}

//! Results that are taken one by one: the writes continue by themselves, and block no other task.

use super::*;
use crate::cancelling::polled;
use octoseal::{AnyAccess, Error, Family, Pacing, Repository, Results, User, Visibility, Written};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

fn values(prefix: &str, count: usize) -> Vec<(SecretName, SecretValue)> {
    let named = |number| SecretName::new(&format!("{prefix}_{number}")).unwrap();
    (0..count).map(|number| (named(number), value())).collect()
}

fn paced(emulator: &Emulator, pacing: impl Into<Pacing>) -> GitHub {
    let builder = GitHub::builder().token("ghp_test").api_url(&emulator.url());
    builder.pacing(pacing).build().unwrap()
}

fn with_in_flight(emulator: &Emulator, in_flight: usize) -> GitHub {
    let mut pacing = Pacing::from(Profile::Unlimited);
    pacing.in_flight = in_flight;
    paced(emulator, pacing)
}

#[tokio::test(start_paused = true)]
async fn a_request_between_two_results_gets_its_turn() {
    for (profile, count, seconds) in [(Profile::Slow, 5, 60), (Profile::Normal, 90, 600)] {
        let emulator = recording::start().await;
        let secrets = paced(&emulator, profile).secrets(User.store());
        let (mut results, started) = (secrets.put_each(values("S", count), []), Instant::now());
        while let Some((name, result)) = results.next().await {
            result.unwrap();
            secrets.get(&name).await.unwrap();
            assert!(started.elapsed() < Duration::from_secs(seconds), "{:?}", started.elapsed());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_consumer_stops_no_other_task() {
    let emulator = recording::start().await;
    let github = paced(&emulator, Profile::Slow);
    let mut results = github.secrets(User.store()).put_each(values("S", 5), []);
    results.next().await.unwrap().1.unwrap();
    let other = github.secrets(Repository::new("octo", "hello").unwrap().store(Family::Actions));
    let listing = tokio::spawn(async move { other.list().await });
    sleep(Duration::from_secs(60)).await;
    assert!(listing.is_finished());
    assert_eq!((results.remaining(), emulator.opened_values().len()), (4, 5), "the writes continued");
    while let Some((_, result)) = results.next().await {
        assert_eq!(result.unwrap(), Written::Created);
    }
}

#[tokio::test]
async fn a_key_request_without_a_waiting_consumer_stops_no_other_write() {
    let (emulator, github) = start().await;
    emulator.set_latency(Duration::from_millis(50));
    let secrets = github.secrets(User.store());
    let mut results = secrets.put_each(values("S", 1), []);
    assert!(timeout(Duration::from_millis(10), results.next()).await.is_err());
    let put = timeout(Duration::from_secs(5), secrets.put(&name(), &value(), [])).await;
    put.expect("the key arrives").unwrap();
    assert!(results.next().await.unwrap().1.is_ok());
}

#[tokio::test(start_paused = true)]
async fn several_calls_share_few_permits() {
    let emulator = recording::start().await;
    let secrets = with_in_flight(&emulator, 2).secrets(User.store());
    let mut calls = ["A", "B", "C"].map(|prefix| secrets.put_each(values(prefix, 10), []));
    let started = Instant::now();
    for _ in 0..10 {
        for results in &mut calls {
            results.next().await.unwrap().1.unwrap();
        }
    }
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

/// Takes all results, and drops every second call of `next` at some poll.
async fn all_of<K: Send + Ord + 'static>(mut results: Results<K>, polls: usize) -> BTreeSet<K> {
    let mut seen = BTreeSet::new();
    loop {
        if let Some(Some((target, result))) = polled(results.next(), polls).await {
            result.unwrap();
            assert!(seen.insert(target));
        }
        let Some((target, result)) = results.next().await else { break };
        result.unwrap();
        assert!(seen.insert(target));
    }
    assert!(results.next().await.is_none());
    seen
}

#[tokio::test]
async fn a_dropped_call_of_next_loses_no_result() {
    for in_flight in [0, 1, 3] {
        for polls in 0..5 {
            let emulator = recording::start().await;
            let github = with_in_flight(&emulator, in_flight);
            let results = github.secrets(User.store()).put_each(values("S", 20), []);
            assert_eq!(all_of(results, polls).await.len(), 20);
            assert_eq!(sent(&emulator).len(), 21);
            let stores = (0..10)
                .map(|number| Repository::new("octo", format!("r{number}")).unwrap().store(Family::Actions));
            let results = github.put_everywhere_each(stores, &name(), &value(), ());
            assert_eq!(all_of(results, polls).await.len(), 10);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn results_that_are_dropped_at_any_poll_leave_nothing_behind() {
    for polls in 0..40 {
        let (emulator, github) = start().await;
        let secrets = github.any_secrets("orgs/acme/actions".parse().unwrap());
        secrets.put(&name(), &value(), Visibility::selected([7])).await.unwrap();
        emulator.rotate_key("orgs/acme/actions").unwrap();
        let mut results = secrets.put_each(values("S", 6), AnyAccess::KeepOr(Visibility::Private));
        // The task runs between the polls.
        for _ in 0..polls {
            let _ = polled(results.next(), 1).await;
            tokio::task::yield_now().await;
        }
        drop(results);
        let started = Instant::now();
        secrets.put(&name(), &SecretValue::from("fresh"), AnyAccess::Keep).await.unwrap();
        assert!(started.elapsed() < Duration::from_secs(10));
        assert_eq!(emulator.opened_value("orgs/acme/actions", "NPM_TOKEN").unwrap().expose(), b"fresh");
        let pace = github.metrics().pace;
        assert_eq!((pace.in_flight, pace.waiting), (0, 0));
    }
}

#[tokio::test]
async fn a_panic_of_a_write_reaches_the_caller() {
    let transport = |_: http::Request<bytes::Bytes>| async { panic!("a custom transport") };
    let github = GitHub::builder().token("ghp_test").transport(transport).build().unwrap();
    let mut results = github.secrets(User.store()).put_each(values("S", 3), []);
    let joined = tokio::spawn(async move { results.next().await.is_some() }).await;
    assert!(joined.unwrap_err().is_panic());
}

#[tokio::test]
async fn invalid_writes_are_found_before_anything_is_sent() {
    let (emulator, github) = start().await;
    emulator.with_world(|world| {
        world.missing("repos/octo/ghost");
    });
    let ghost = github.any_secrets("repos/octo/ghost/actions".parse().unwrap());
    for (_, result) in ghost.put_all(values("S", 3), AnyAccess::All).await {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Invalid(octoseal::ModelError::AccessUnavailable { .. })), "{error}");
    }
    let long = || SecretValue::from(vec![7; 49_153]);
    for (_, result) in ghost.put_all([(name(), long())], AnyAccess::Keep).await {
        assert!(matches!(result, Err(Error::ValueTooLong { bytes: 49_153 })));
    }
    let stores = ["repos/octo/ghost/actions", "orgs/acme/actions"].map(|path| path.parse().unwrap());
    let stores: [octoseal::AnyStore; 2] = stores;
    for (_, result) in github.put_everywhere(stores.clone(), &name(), &long(), AnyAccess::Keep).await {
        assert!(matches!(result, Err(Error::ValueTooLong { .. })));
    }
    let results = github.put_everywhere(stores[..1].to_vec(), &name(), &value(), AnyAccess::All).await;
    assert!(matches!(results[0].1, Err(Error::Invalid(_))));
    assert!(sent(&emulator).is_empty(), "{:?}", sent(&emulator));
}

#[tokio::test]
async fn a_store_that_is_named_twice_is_written_once() {
    let (emulator, github) = start().await;
    let paths = ["repos/Acme/API/actions", "repos/acme/api/actions", "repos/acme/api/agents"];
    let stores = paths.map(|path| path.parse::<octoseal::AnyStore>().unwrap());
    let results = github.put_everywhere(stores, &name(), &value(), ()).await;
    assert!(results[0].1.is_ok() && results[2].1.is_ok(), "{results:?}");
    assert!(matches!(results[1].1, Err(Error::RepeatedStore)), "{results:?}");
    assert_eq!(sent(&emulator).iter().filter(|line| line.starts_with("PUT")).count(), 2);
}

#[tokio::test]
async fn results_outlive_the_names_and_values_that_they_are_made_from() {
    let (_emulator, github) = start().await;
    let results = {
        let (name, value) = (name(), value());
        let stores = Family::ALL.map(|family| Repository::new("octo", "hello").unwrap().store(family));
        github.put_everywhere_each(stores, &name, &value, ())
    };
    let written = tokio::spawn(async move {
        let mut results = results;
        let mut written = 0;
        while let Some((_, result)) = results.next().await {
            written += usize::from(result.is_ok());
        }
        written
    });
    assert_eq!(written.await.unwrap(), 4);
}

#[cfg(feature = "stream")]
#[tokio::test]
async fn the_stream_has_as_many_items_as_results_remain() {
    use futures_core::Stream as _;
    let (_emulator, github) = start().await;
    let mut results = github.secrets(User.store()).put_each(values("S", 3), []);
    let mut seen = 0;
    loop {
        assert_eq!(results.size_hint(), (3 - seen, Some(3 - seen)));
        let next = std::future::poll_fn(|context| std::pin::Pin::new(&mut results).poll_next(context)).await;
        let Some((_, result)) = next else { break };
        result.unwrap();
        seen += 1;
    }
    assert_eq!(seen, 3);
}

#[tokio::test(start_paused = true)]
async fn a_stopped_call_starts_no_write_and_finishes_those_in_flight() {
    let emulator = recording::start().await;
    emulator.set_latency(Duration::from_secs(1));
    let secrets = with_in_flight(&emulator, 2).secrets(User.store());
    let mut results = secrets.put_each(values("S", 10), []);
    results.next().await.unwrap().1.unwrap();
    results.stop();
    let (mut written, mut not_tried) = (1, 0);
    while let Some((_, result)) = results.next().await {
        match result {
            Ok(_) => written += 1,
            Err(Error::NotTried(cause)) => {
                assert!(matches!(*cause, Error::Stopped));
                not_tried += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!(written <= 4 && written + not_tried == 10, "{written} {not_tried}");
    assert_eq!(emulator.opened_values().len(), written);
}

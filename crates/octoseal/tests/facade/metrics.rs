//! The counters of a client, and watching them.

use super::*;
use octoseal::User;
use std::time::Duration;
use tokio::time::timeout;

#[tokio::test]
async fn the_key_cache_counts_hits_misses_and_renewals() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    let counts = || {
        let metrics = github.metrics();
        (metrics.key_hits, metrics.key_misses, metrics.key_renewals, metrics.pace.requests)
    };
    assert_eq!(counts(), (0, 0, 0, 0));
    secrets.put(&name(), &value(), []).await.unwrap();
    assert_eq!(counts(), (0, 1, 0, 2));
    secrets.put(&name(), &value(), []).await.unwrap();
    assert_eq!(counts(), (1, 1, 0, 3));
    emulator.rotate_key(CODESPACES).unwrap();
    secrets.put(&name(), &value(), []).await.unwrap();
    assert_eq!(counts(), (2, 1, 1, 6));
}

#[tokio::test(start_paused = true)]
async fn a_watch_reports_changes_and_the_end() {
    let (_emulator, github) = start().await;
    let mut watch = github.watch();
    let nothing = timeout(Duration::from_secs(60), watch.changed()).await;
    assert!(nothing.is_err(), "nothing has changed");
    let secrets = github.secrets(User.store());
    let put = tokio::spawn(async move { secrets.put(&name(), &value(), []).await });
    let seen = watch.changed().await.unwrap();
    assert!(seen.pace.waiting + seen.pace.requests > 0);
    put.await.unwrap().unwrap();
    let mut last = watch.metrics();
    assert_eq!((last.key_misses, last.pace.requests, last.pace.writes), (1, 2, 1));
    drop(github);
    while let Some(metrics) = watch.changed().await {
        last = metrics;
    }
    assert_eq!(last, watch.metrics(), "the last counts stay");
}

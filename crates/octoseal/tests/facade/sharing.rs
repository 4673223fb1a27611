//! A failure is shared by all tasks that waited for it.

use super::*;
use bytes::Bytes;
use http::{Request, Response};
use octoseal::{Error, Family, Repository};
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Writes a hundred values to one store at once, without a cached key.
async fn hundred(github: &GitHub) -> Vec<Result<octoseal::Written, Error>> {
    let secrets = github.secrets(Repository::new("octo", "hello").unwrap().store(Family::Actions));
    let mut tasks = JoinSet::new();
    for number in 0..100 {
        let secrets = secrets.clone();
        let name = SecretName::new(&format!("S_{number}")).unwrap();
        tasks.spawn(async move { secrets.put(&name, &value(), ()).await });
    }
    tasks.join_all().await
}

#[tokio::test(start_paused = true)]
async fn a_hundred_cold_writes_with_a_wrong_token_send_one_key_request() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let server = move |_: Request<Bytes>| {
        counted.fetch_add(1, Relaxed);
        async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            Ok(Response::builder().status(401).body(Bytes::from_static(b"{}")).unwrap())
        }
    };
    let github = GitHub::builder().token("ghp_test").transport(server).build().unwrap();
    assert!(hundred(&github).await.iter().all(|result| result.as_ref().unwrap_err().is_unauthorized()));
    assert_eq!(asked.load(Relaxed), 1);
    // A later call sends a new request.
    assert_eq!(hundred(&github).await.len(), 100);
    assert_eq!(asked.load(Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn with_a_silent_server_the_last_fails_with_the_first() {
    let silent = |_: Request<Bytes>| pending();
    let github = GitHub::builder().token("ghp_test").transport(silent).build().unwrap();
    let started = Instant::now();
    assert!(hundred(&github).await.iter().all(|result| matches!(result, Err(Error::Transport { .. }))));
    assert!(started.elapsed() < Duration::from_secs(125), "{:?}", started.elapsed());
}

//! Programs that hang.

use super::*;
use std::fs;
use std::path::Path;

/// Waits, in real time, until `is_so`.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..1000 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what} took too long");
}

fn is_alive(id: &str) -> bool {
    let status = fs::read_to_string(Path::new("/proc").join(id).join("status")).unwrap_or_default();
    !status.is_empty() && !status.contains("State:\tZ")
}

#[tokio::test]
async fn a_program_that_hangs_is_ended_with_all_that_it_has_started() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("id");
    let script = format!("echo CANARY; sleep 1000 & echo $! >{}; sleep 1000", path.display());
    let words = ["sh", "-c", &script].map(str::to_owned);
    let program = tokio::spawn(async move { output(&words, 100, &Journal::default()).await });
    let id = || fs::read_to_string(&path).unwrap_or_default().trim().to_owned();
    until("the start", || !id().is_empty()).await;
    assert!(is_alive(&id()));
    tokio::time::pause();
    tokio::time::advance(DEADLINE).await;
    let failure = program.await.expect("no panic").expect_err("it hangs");
    tokio::time::resume();
    let shown = failure.for_people(true);
    assert!(shown.contains("the program sh did not end within 60 s; nothing was written"), "{shown}");
    assert!(!shown.contains("CANARY"), "{shown}");
    until("the end", || !is_alive(&id())).await;
}

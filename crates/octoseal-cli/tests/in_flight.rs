//! `--in-flight` is the largest number of requests at a time.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use octoseal_emulator::{Emulator, Limits};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Imports 20 secrets into an emulator that refuses more than 3 concurrent requests. Returns the number of refused
/// requests.
fn refused(options: &[&str]) -> u64 {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    let start = Emulator::builder().latency(Duration::from_millis(20)).start();
    let emulator = runtime.block_on(start).unwrap();
    emulator.with_world(|world| {
        world.limits(Limits::none().concurrent(3).block(Duration::from_secs(1)));
    });
    let folder = tempfile::tempdir().unwrap();
    let values: String = (0..20).map(|number| format!("S{number}=1\n")).collect();
    std::fs::write(folder.path().join(".env"), values).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
    command.env_clear().env("OCTOSEAL_API_URL", emulator.url()).env("OCTOSEAL_TOKEN", "ghp_any");
    command.args(["import", ".env", "o/r", "--profile", "unlimited"]).args(options);
    let status = command.current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.unwrap().success());
    assert_eq!(emulator.secrets("repos/o/r/actions").len(), 20);
    emulator.rejected()
}

#[test]
fn no_more_requests_are_in_flight_than_the_option_says() {
    assert_eq!(refused(&["--in-flight", "3"]), 0);
    assert!(refused(&["--in-flight", "20"]) > 0);
}

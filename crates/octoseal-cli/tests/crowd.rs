//! Many concurrent processes share one pace, and a killed process loses no state of the others.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use octoseal_emulator::{Emulator, Limits};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// The number of writes that the profile `normal` allows in a minute.
const WRITES: usize = 75;
const MINUTE: Duration = Duration::from_secs(60);

struct Stage {
    emulator: Emulator,
    /// The time of each write's answer.
    writes: Arc<Mutex<Vec<Instant>>>,
    state: tempfile::TempDir,
    _runtime: Runtime,
}

impl Stage {
    fn new(limits: Limits) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let writes = Arc::<Mutex<Vec<Instant>>>::default();
        let seen = Arc::clone(&writes);
        let log = move |line: &str| {
            if line.contains("\"PUT\"") {
                seen.lock().unwrap().push(Instant::now());
            }
        };
        let emulator = runtime.block_on(Emulator::builder().log(log).start()).unwrap();
        emulator.with_world(|world| {
            world.limits(limits);
        });
        Self { emulator, writes, state: tempfile::tempdir().unwrap(), _runtime: runtime }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command
            .env_clear()
            .env("OCTOSEAL_API_URL", self.emulator.url())
            .env("OCTOSEAL_TOKEN", "ghp_crowd")
            .env("OCTOSEAL_STATE_DIR", self.state.path())
            .env("VALUE", "v")
            .args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    fn put(&self, number: usize) -> Child {
        let name = format!("S{number}");
        let put = ["put", &name, "repos/octo/hello/actions", "--from-env", "VALUE", "--max-wait", "20"];
        self.command(&put).spawn().unwrap()
    }

    /// Returns the number of writes that the other processes know. An unreadable state fails the test.
    fn known_writes(&self) -> usize {
        let files = std::fs::read_dir(self.state.path().join("pace"));
        let names = files.into_iter().flatten().map(|entry| entry.unwrap().path());
        // A process that was killed while it stored its state leaves a file with a longer name.
        let is_state = |path: &PathBuf| path.file_name().unwrap().len() == 32;
        let texts = names.filter(is_state).map(|path| std::fs::read_to_string(path).unwrap());
        let count = |text: String| {
            text.parse::<octoseal::PaceState>().unwrap();
            text.lines().filter(|line| line.starts_with("write ")).count()
        };
        texts.map(count).sum()
    }

    /// Returns the maximum number of writes within any minute.
    fn most_in_a_minute(&self) -> usize {
        let writes = self.writes.lock().unwrap();
        let within =
            |start: &Instant| writes.iter().filter(|at| **at >= *start && **at < *start + MINUTE).count();
        writes.iter().map(within).max().unwrap_or_default()
    }
}

#[test]
fn a_hundred_and_fifty_concurrent_processes_respect_the_profile() {
    const PROCESSES: usize = 150;
    // The emulator refuses writes above the profile's limit.
    let stage = Stage::new(Limits::github().content(WRITES as u64, None).concurrent(8));
    let started = Instant::now();
    let children: Vec<Child> = (0..PROCESSES).map(|number| stage.put(number)).collect();
    let mut done = 0;
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("cannot be used"), "{said}");
        // Exit code 7: its turn was more than 20 s away.
        assert!(matches!(output.status.code(), Some(0 | 7)), "{said}");
        done += usize::from(output.status.success());
    }
    assert_eq!(stage.emulator.rejected(), 0);
    assert!(done >= WRITES && stage.most_in_a_minute() <= WRITES, "{done}, {}", stage.most_in_a_minute());
    // On a slower machine, the next minute's writes have begun.
    if started.elapsed() < MINUTE - Duration::from_secs(20) {
        assert_eq!(done, WRITES);
    }
}

/// A request is recorded before it is sent, so the others know of it. Recorded requests that were not sent
/// are the turns of the requests in flight.
#[test]
fn a_killed_process_loses_no_more_than_its_requests_in_flight() {
    const IN_FLIGHT: usize = 8;
    for round in 0..15 {
        let stage = Stage::new(Limits::github());
        let values: String = (0..60).map(|number| format!("S{number}=v\n")).collect();
        let file = stage.state.path().join("values.env");
        std::fs::write(&file, values).unwrap();
        let import = ["import", file.to_str().unwrap(), "repos/octo/hello/actions"];
        let mut child = stage.command(&import).spawn().unwrap();
        // At another moment of its work each time.
        for _ in 0..2000 {
            if stage.writes.lock().unwrap().len() >= 3 * round {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(round as u64));
        child.kill().unwrap();
        child.wait().unwrap();

        let seen = stage.writes.lock().unwrap().len();
        let known = stage.known_writes();
        assert!(
            seen <= known && known <= seen + IN_FLIGHT,
            "round {round}: {seen} were sent, {known} are known"
        );
        assert!(seen >= 3 * round, "round {round}: it did not work");
    }
}

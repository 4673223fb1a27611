//! The command keeps its pace between runs, and explains its waits.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use octoseal_emulator::{Emulator, Fault, Script};
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const TOKEN: &str = "ghp_canary0123456789canary";

struct Stage {
    emulator: Emulator,
    state: tempfile::TempDir,
    _runtime: Runtime,
}

impl Stage {
    fn new() -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let emulator = runtime.block_on(Emulator::start()).unwrap();
        Self { emulator, state: tempfile::tempdir().unwrap(), _runtime: runtime }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.env_clear().env("OCTOSEAL_API_URL", self.emulator.url()).env("OCTOSEAL_TOKEN", TOKEN);
        command
    }

    fn put(&self, arguments: &[&str]) -> Output {
        self.started(arguments).wait_with_output().unwrap()
    }

    fn started(&self, arguments: &[&str]) -> Child {
        let mut command = self.command();
        command.env("OCTOSEAL_STATE_DIR", self.state.path());
        command.args(["put", "repos/octo/hello/actions", "A"]).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"value").unwrap();
        child
    }

    fn files(&self) -> Vec<PathBuf> {
        let folder = self.state.path().join("pace");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| !path.ends_with("lock")).collect()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn many_short_runs_keep_the_pace_of_a_long_one() {
    let stage = Stage::new();
    let started = Instant::now();
    for _ in 0..3 {
        assert!(stage.put(&["--profile", "slow"]).status.success());
    }
    assert!(started.elapsed() >= Duration::from_secs(2), "one write a second: {:?}", started.elapsed());

    let [file] = stage.files().try_into().unwrap();
    let log = text(&std::fs::read(&file).unwrap());
    assert_eq!(sent(&log), (6, 3), "{log}");
    assert!(!format!("{log}{}", file.display()).contains("canary"));
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
}

/// Counts the requests in a file, and the writes among them.
fn sent(log: &str) -> (usize, usize) {
    let count = |word: &str| log.lines().filter(|line| line.starts_with(word)).count();
    (count("read ") + count("write "), count("write "))
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn a_stop_also_holds_for_the_next_run() {
    let stage = Stage::new();
    let stop = http::Response::builder().status(429).header("retry-after", "600").body("{}".into()).unwrap();
    stage.emulator.script(Script::new(Fault::Answer(stop)));
    let output = stage.put(&["--max-wait", "5"]);
    assert_eq!(output.status.code(), Some(7), "{output:?}");
    assert!(text(&output.stderr).contains("try again after 600 seconds"), "{output:?}");
    let sent = stage.emulator.requests().len();

    let output = stage.put(&["--max-wait", "5"]);
    assert_eq!(output.status.code(), Some(7), "{output:?}");
    let messages = text(&output.stderr);
    assert!(
        messages.contains("GitHub asked to wait")
            && messages
                .contains("more than the longest wait of 5 s\n  --max-wait and --deadline say how long"),
        "{messages}"
    );
    assert_eq!(stage.emulator.requests().len(), sent, "nothing was sent");
}

#[test]
fn a_stop_outlives_a_run_that_is_ended_while_it_waits() {
    let stage = Stage::new();
    let stop = http::Response::builder().status(429).header("retry-after", "600").body("{}".into()).unwrap();
    stage.emulator.script(Script::new(Fault::Answer(stop)));
    let mut child = stage.started(&[]);
    let mut printed = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut printed).unwrap();
    assert!(printed.contains("waiting 600 s"), "{printed}");
    // The state is written right after the message.
    for _ in 0..500 {
        if stage.state.path().join("pace").is_dir() && !stage.files().is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let output = stage.put(&["--max-wait", "5"]);
    assert_eq!(output.status.code(), Some(7), "{output:?}");
}

#[test]
fn an_unusable_state_file_is_no_failure() {
    let stage = Stage::new();
    assert!(stage.put(&[]).status.success());
    for damaged in [&b"not a log"[..], b"\xff\xfe", b"octoseal-pace 1\nwrite 99999999999999999999\n"] {
        let [file] = stage.files().try_into().unwrap();
        std::fs::write(&file, damaged).unwrap();
        let output = stage.put(&[]);
        assert!(output.status.success(), "{output:?}");
        let words = format!("{}: the record of earlier requests cannot be read: remove it", file.display());
        assert!(text(&output.stderr).contains(&words), "{output:?}");
    }
    let mut command = stage.command();
    command.args(["list", "repos/octo/hello/actions"]).env("OCTOSEAL_STATE_DIR", "/dev/null");
    let output = command.output().unwrap();
    assert!(output.status.success());
    assert!(text(&output.stderr).starts_with("warning: /dev/null/pace cannot be used"), "{output:?}");
}

/// The system ends a process that exceeds the limit of a file's size, unless the process handles the signal.
#[test]
fn a_file_that_may_not_grow_is_no_reason_to_fail() {
    let stage = Stage::new();
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(r#"ulimit -f 0; exec "$0" put A repos/octo/hello/actions --from-env VALUE"#);
    shell.arg(env!("CARGO_BIN_EXE_octoseal")).env_clear().env("VALUE", "v");
    shell.env("OCTOSEAL_API_URL", stage.emulator.url()).env("OCTOSEAL_TOKEN", TOKEN);
    let output = shell.env("OCTOSEAL_STATE_DIR", stage.state.path()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(text(&output.stderr).contains("pace cannot be used"), "{output:?}");
}

/// Another user may have put files there. The command must neither follow links nor wait for pipes.
#[test]
fn links_pipes_and_shared_folders_are_not_trusted() {
    let stage = Stage::new();
    let folder = stage.state.path().join("pace");
    assert!(stage.put(&[]).status.success());
    let [file] = stage.files().try_into().unwrap();
    std::fs::remove_file(&file).unwrap();
    std::fs::remove_file(folder.join("lock")).unwrap();
    let elsewhere = stage.state.path().join("elsewhere");
    std::os::unix::fs::symlink(&elsewhere, folder.join("lock")).unwrap();
    assert!(Command::new("mkfifo").arg(&file).status().unwrap().success());
    assert!(stage.put(&[]).status.success());
    assert!(!elsewhere.exists(), "the link was followed");

    std::fs::remove_file(folder.join("lock")).unwrap();
    std::fs::remove_file(&file).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).unwrap();
    assert!(stage.put(&[]).status.success());
    assert!(stage.files().is_empty());
}

#[test]
fn files_of_unused_tokens_are_removed() {
    let stage = Stage::new();
    assert!(stage.put(&[]).status.success());
    let long_ago = std::time::SystemTime::now() - Duration::from_secs(2 * 86_400);
    let old = |name: &str| {
        let file = stage.state.path().join("pace").join(name);
        std::fs::File::create(&file).unwrap().set_modified(long_ago).unwrap();
        file
    };
    let ours = [old(&"0f".repeat(16)), old(&format!("{}-acme", "ab".repeat(16)))];
    // Other files stay, even if the named folder has a `pace` folder of another program.
    let other_files = [old("marathon.csv"), old("decade")];
    assert!(stage.put(&[]).status.success());
    assert!(ours.iter().all(|file| !file.exists()) && other_files.iter().all(|file| file.exists()));
    assert_eq!(stage.files().len(), 1 + other_files.len());
}

#[test]
fn an_api_on_this_machine_has_no_state_by_default() {
    let stage = Stage::new();
    let mut command = stage.command();
    command.args(["list", "repos/octo/hello/actions"]).env("HOME", stage.state.path());
    assert!(command.output().unwrap().status.success());
    assert_eq!(std::fs::read_dir(stage.state.path()).unwrap().count(), 0);
}

#[test]
fn every_verb_that_writes_is_recorded() {
    const SECRET: [&str; 2] = ["A", "orgs/acme/actions"];
    const LIST: [&str; 2] = ["--allow-repo", "acme/api"];
    for (exists, arguments, writes) in [
        (false, [&["put"][..], &SECRET, &LIST].concat(), 1),
        (true, [&["delete"][..], &SECRET].concat(), 1),
        (true, [&["access", "set"][..], &SECRET, &LIST].concat(), 1),
        (true, [&["access", "add"][..], &SECRET, &LIST].concat(), 1),
        (true, [&["access", "remove"][..], &SECRET, &LIST].concat(), 1),
        (true, [&["access", "list"][..], &SECRET].concat(), 0),
        (true, [&["show"][..], &SECRET].concat(), 0),
        (false, vec!["list", SECRET[1]], 0),
        (false, vec!["key", SECRET[1]], 0),
        (false, vec!["whoami"], 0),
    ] {
        let stage = Stage::new();
        if exists {
            let put = [&["put"][..], &SECRET, &LIST, &["--from-env", "VALUE"]].concat();
            assert!(stage.command().env("VALUE", "v").args(put).output().unwrap().status.success());
        }
        let mut command = stage.command();
        command.env("OCTOSEAL_STATE_DIR", stage.state.path()).env("VALUE", "v").args(&arguments);
        if arguments[0] == "put" {
            command.args(["--from-env", "VALUE"]);
        }
        let before = stage.emulator.requests().len();
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        let arrived = stage.emulator.requests().len() - before;
        let [file] = stage.files().try_into().unwrap();
        let log = text(&std::fs::read(&file).unwrap());
        assert_eq!(sent(&log), (arrived, writes), "{arguments:?}: {log}");
    }
}

/// Processes that start at the same time must not cause a burst: each turn is stored before it is used.
#[test]
fn processes_that_start_at_once_share_one_pace() {
    let stage = Stage::new();
    let started = Instant::now();
    let children: Vec<Child> = (0..5).map(|_| stage.started(&["--profile", "slow"])).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    assert!(started.elapsed() >= Duration::from_secs(4), "one write a second: {:?}", started.elapsed());
}

/// Requests in flight at the end of a run must not make the next run wait for a minute.
#[test]
fn an_ended_run_leaves_no_request_in_flight() {
    let stage = Stage::new();
    stage.emulator.script(Script::new(Fault::Delay(Duration::from_secs(60))).method(http::Method::PUT));
    let mut child = stage.started(&[]);
    for _ in 0..1000 {
        if stage.emulator.requests().len() == 2 {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let signal = || {
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    };
    signal();
    std::thread::sleep(Duration::from_millis(300));
    signal();
    assert_eq!(child.wait().unwrap().code(), Some(143));
    let [file] = stage.files().try_into().unwrap();
    let state = text(&std::fs::read(&file).unwrap());
    assert!(!state.contains("under-way"), "{state}");
}

/// A killed run leaves its requests in flight in the state. What is left of their minute is reported.
#[test]
fn the_requests_of_a_killed_run_are_reported_as_the_reason_of_a_wait() {
    let stage = Stage::new();
    assert!(stage.put(&[]).status.success());
    let [file] = stage.files().try_into().unwrap();
    // They were sent 50 s ago.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let sent = now.as_millis() - 50_000;
    let lines: String = (0..4).map(|number| format!("under-way {} write\n", sent + number)).collect();
    std::fs::write(&file, format!("octoseal-pace 1\n{lines}")).unwrap();
    let output = stage.put(&[]);
    assert!(output.status.success(), "{output:?}");
    let said = text(&output.stderr);
    assert!(said.starts_with("waiting at most "), "{said}");
    assert!(said.contains(": other runs have requests in flight, or were killed (--max-wait "), "{said}");
}

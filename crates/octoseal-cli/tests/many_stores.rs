//! Runs with many stores: nothing is written on half a selection, no store twice, and thousands of failures stay readable.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use http::Method;
use octoseal_emulator::{Emulator, Fault, Script};
use std::process::{Command, Output};

struct Stage {
    emulator: Emulator,
    _runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        Self::with(Emulator::builder())
    }

    fn with(emulator: octoseal_emulator::Builder) -> Self {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
        let emulator = runtime.block_on(emulator.start()).unwrap();
        Self { emulator, _runtime: runtime, folder: tempfile::tempdir().unwrap() }
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.env_clear().env("OCTOSEAL_API_URL", self.emulator.url()).env("OCTOSEAL_TOKEN", "ghp_any");
        command.env("VALUE", "canary").current_dir(self.folder.path()).args(arguments);
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (status.code(), text(stdout), text(stderr))
    }

    /// Runs a put into many stores, and returns the most memory that it had, in KiB.
    #[cfg(target_os = "linux")]
    fn peak_of_put(&self, stores: usize) -> usize {
        let file = format!("{stores}.txt");
        let lines: String = (0..stores).map(|number| format!("acme/r{number}\n")).collect();
        std::fs::write(self.folder.path().join(&file), lines).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.env_clear().env("OCTOSEAL_API_URL", self.emulator.url()).env("OCTOSEAL_TOKEN", "ghp_any");
        command.env("VALUE", "canary").current_dir(self.folder.path()).stdout(std::process::Stdio::null());
        command.args(["put", "A", "--stores-from", &file, "--from-env", "VALUE", "--profile", "unlimited"]);
        let mut child = command.args(["--yes", "--max-stores", "10000", "--quiet"]).spawn().unwrap();
        let status = format!("/proc/{}/status", child.id());
        let mut peak = 0;
        let code = loop {
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            peak = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(peak);
            if let Some(code) = child.try_wait().unwrap() {
                break code;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        };
        assert!(code.success(), "{code}");
        peak
    }

    fn refuse(&self, method: Method, path: &'static str) {
        let answer = http::Response::builder().status(403).body(r#"{"message":"no"}"#.into()).unwrap();
        self.emulator.script(Script::new(Fault::Answer(answer)).method(method).path(path).times(1_000));
    }

    /// The paths of all writes.
    fn writes(&self) -> Vec<String> {
        let requests = self.emulator.requests();
        requests.iter().filter(|it| it.method == Method::PUT).map(|it| it.target.clone()).collect()
    }
}

#[test]
fn nothing_is_written_if_one_pattern_cannot_be_looked_up() {
    let stage = Stage::new();
    stage.refuse(Method::GET, "/orgs/octo/repos");
    let put = ["put", "A", "acme/api", "octo/*", "--yes", "--from-env", "VALUE"];
    let (code, stdout, stderr) = stage.run(&put);
    assert_eq!(code, Some(4), "{stderr}");
    assert_eq!((stdout.as_str(), stage.writes()), ("", Vec::new()), "{stderr}");
}

#[test]
fn a_store_in_several_spellings_is_written_once() {
    let stage = Stage::new();
    let spellings = ["acme/api", "ACME/Api", "acme/api/actions", "repos/acme/API/actions", "acme/api.git"];
    let put = [&["put", "A", "--yes", "--from-env", "VALUE"][..], &spellings].concat();
    let (code, stdout, stderr) = stage.run(&put);
    assert_eq!((code, stdout.as_str()), (Some(0), "created A in repos/acme/api/actions\n"), "{stderr}");
    assert_eq!(stage.writes(), ["/repos/acme/api/actions/secrets/A"]);
}

#[test]
fn two_thousand_failures_are_one_group_for_people_and_a_line_each_for_programs() {
    let stage = Stage::new();
    stage.emulator.with_world(|world| {
        world.missing("repos/acme/gone");
    });
    let stores: String = (0..2_000).map(|number| format!("acme/gone/environments/e{number}\n")).collect();
    std::fs::write(stage.folder.path().join("stores.txt"), stores).unwrap();
    let list = ["list", "--stores-from", "stores.txt", "--profile", "unlimited"];
    let (code, stdout, stderr) = stage.run(&list);
    assert_eq!((code, stdout.as_str()), (Some(8), ""), "{stderr}");
    assert!(stderr.lines().count() <= 5 && stderr.len() < 2_000, "{stderr}");
    assert!(stderr.contains("each of these stores") && stderr.contains(" and 1990 more"), "{stderr}");
    assert!(stderr.ends_with("error: 2000 of 2000 failed\n"), "{stderr}");
    let (code, _, stderr) = stage.run(&[&list[..], &["--json"]].concat());
    assert_eq!((code, stderr.lines().count()), (Some(8), 2_001));
}

#[test]
fn a_full_store_takes_updates_and_fails_alone_otherwise() {
    let stage = Stage::new();
    let secrets: String = (0..100).map(|number| format!("S{number}=value\n")).collect();
    std::fs::write(stage.folder.path().join("hundred.env"), secrets).unwrap();
    let (code, _, stderr) = stage.run(&["import", "hundred.env", "acme/full", "--profile", "unlimited"]);
    assert_eq!(code, Some(0), "{stderr}");
    let (code, stdout, _) = stage.run(&["check", "acme/full"]);
    assert_eq!(code, Some(0));
    assert!(stdout.contains("100 of 100 secrets, full: only updates"), "{stdout}");
    let put = |name| stage.run(&["put", name, "acme/full", "acme/api", "--yes", "--from-env", "VALUE"]);
    let (code, stdout, stderr) = put("NEW");
    assert_eq!((code, stdout.as_str()), (Some(8), "created NEW in repos/acme/api/actions\n"), "{stderr}");
    let words = "repos/acme/full/actions has 100 of 100 secrets, which leaves room for 0";
    assert!(stderr.contains(words), "{stderr}");
    let (code, stdout, stderr) = put("S7");
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stdout.contains("updated S7 in repos/acme/full/actions"), "{stdout}");
}

#[test]
fn an_environment_that_cannot_be_created_fails_alone() {
    let stage = Stage::new();
    stage.emulator.with_world(|world| {
        world.repository("acme/api").repository("acme/web").token("ghp_any", &["repo"]).strict();
    });
    stage.refuse(Method::PUT, "/repos/acme/web/environments/prod");
    let stores = ["acme/api/environments/prod", "acme/web/environments/prod", "acme/web"];
    let put = ["put", "A", "--create-environments", "--yes", "--from-env", "VALUE"];
    let (code, stdout, stderr) = stage.run(&[&put[..], &stores].concat());
    assert_eq!(code, Some(8), "{stderr}");
    for line in [
        "created the environment prod of acme/api\n",
        "created A in repos/acme/api/environments/prod\n",
        "created A in repos/acme/web/actions\n",
    ] {
        assert!(stdout.contains(line), "{stdout}{stderr}");
    }
    assert!(!stdout.contains("acme/web/environments/prod"), "{stdout}");
    assert!(stderr.contains("error: cannot create the environment"), "{stderr}");
    assert!(stderr.ends_with("error: 1 of 3 failed\n"), "{stderr}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_store_costs_less_than_a_kilobyte_of_memory() {
    const FEW: usize = 500;
    const MANY: usize = 3_000;
    let stage = Stage::with(
        Emulator::builder().world(octoseal_emulator::World::from_toml("limits = \"none\"").unwrap()),
    );
    let (few, many) = (stage.peak_of_put(FEW), stage.peak_of_put(MANY));
    // The allowance is for what differs from run to run: two runs with as many stores differ by several hundred KiB.
    let allowed = (MANY - FEW) + 512;
    assert!(many < few + allowed, "{few} KiB with {FEW} stores, {many} KiB with {MANY}");
}

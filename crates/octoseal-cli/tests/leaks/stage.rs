//! An emulator, folders that are searched, and programs that record their arguments and environment.

use crate::canary::{GH_TOKEN, TOKEN, VALUE};
use crate::runs::{Run, Trouble};
use octoseal_emulator::{Emulator, Fault, Script};
use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const OCTOSEAL: &str = env!("CARGO_BIN_EXE_octoseal");

pub(crate) struct Stage {
    emulator: Emulator,
    _runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
}

/// The end of a run.
pub(crate) struct End {
    pub(crate) succeeded: bool,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    /// `/proc/PID/cmdline` of the run and of the programs that it started, and their environment.
    pub(crate) arguments: Vec<u8>,
}

impl End {
    pub(crate) fn said(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }
}

impl Stage {
    pub(crate) fn new() -> Self {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
        let emulator = runtime.block_on(Emulator::start()).unwrap();
        let stage = Self { emulator, _runtime: runtime, folder: tempfile::tempdir().unwrap() };
        for folder in ["given", "bin", "left", "seen"] {
            fs::create_dir(stage.path(folder)).unwrap();
        }
        stage.write_inputs();
        // The GitHub CLI, a program that prints a value, and programs that fail.
        stage.write_program("gh", &format!("echo {GH_TOKEN}"));
        stage.write_program("source", &format!("cat {}", stage.path("given/value").display()));
        stage.write_program("broken", &format!("cat {}; exit 3", stage.path("given/value").display()));
        stage.write_program("json", &format!("cat {}", stage.path("given/values.json").display()));
        stage
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write_inputs(&self) {
        let write = |name: &str, text: String| fs::write(self.path("given").join(name), text).unwrap();
        write("value", VALUE.to_owned());
        write("values.env", format!("A={VALUE}\nB='{VALUE}'\nC=\"{VALUE}\\n\"\n"));
        write("values.json", format!(r#"{{"A": "{VALUE}", "B": "\u0041{VALUE}"}}"#));
        write("values.toml", format!("A = \"{VALUE}\"\nB = '''\n{VALUE}'''\n"));
        write("values.yaml", format!("A: {VALUE}\nB: |\n  {VALUE}\n"));
        write("bad.env", format!("A={VALUE}\n{VALUE}\n1={VALUE}\nB=\"\\x{VALUE}\"\nC='{VALUE}\n"));
        write("bad.json", format!(r#"{{"A": "{VALUE}", "B": {VALUE}}}"#));
        write("bad.toml", format!("A = \"{VALUE}\"\nB = {VALUE} {VALUE}\n"));
        write("bad.yaml", format!("A: {VALUE}\nB: &x \"{VALUE}\"\nC: *{VALUE}\n"));
        write("names.env", format!("A={VALUE}\nGITHUB_{VALUE}={VALUE}\nA-{VALUE}={VALUE}\n"));
        write("key.jsonl", KEYS.to_owned());
    }

    /// Writes a program that first records its arguments, those of its parent, and its environment.
    fn write_program(&self, name: &str, script: &str) {
        let seen = self.path("seen").join(format!("{name}.$$"));
        let note = format!("cat /proc/$$/cmdline /proc/$PPID/cmdline /proc/$$/environ >{}", seen.display());
        let path = self.path("bin").join(name);
        fs::write(&path, format!("#!/bin/sh\n{note}\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Returns the command, with an environment in which it writes all files into one folder.
    fn command(&self) -> Command {
        let left = self.path("left");
        let mut command = Command::new(OCTOSEAL);
        command.env_clear().current_dir(&left);
        for variable in ["HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "OCTOSEAL_STATE_DIR"] {
            command.env(variable, &left);
        }
        command.env("PATH", format!("{}:/usr/bin:/bin", self.path("bin").display()));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn help(&self) -> String {
        String::from_utf8(self.command().arg("--help").output().unwrap().stdout).unwrap()
    }

    pub(crate) fn play(&self, run: &Run, options: &[&str]) -> End {
        if run.words.iter().any(|word| ["OLD", "diff"].contains(word)) {
            self.put_old();
        }
        self.make(run.trouble);
        let given = self.path("given").display().to_string();
        let mut command = self.command();
        match run.trouble {
            // The command asks the GitHub CLI only about hosts with a name. The proxy does not answer.
            Trouble::TokenOfGh => command
                .env("OCTOSEAL_API_URL", "https://github.example.com/api/v3")
                .env("https_proxy", "http://127.0.0.1:1"),
            _ => command.env("OCTOSEAL_API_URL", self.emulator.url()).env("OCTOSEAL_TOKEN", TOKEN),
        };
        if run.words.contains(&"--from-env") {
            command.env("VALUE", VALUE);
        }
        command.arg(run.words[0]).args(options);
        command.args(run.words[1..].iter().map(|word| word.replace("GIVEN", &given)));
        let mut child = command.spawn().unwrap();
        let mut arguments = fs::read(format!("/proc/{}/cmdline", child.id())).unwrap();
        // A run that refuses its arguments does not read.
        child.stdin.take().unwrap().write_all(run.input.as_bytes()).ok();
        let output = child.wait_with_output().unwrap();
        for (_, bytes) in files(&self.path("seen")) {
            arguments.extend(bytes);
        }
        End { succeeded: output.status.success(), stdout: output.stdout, stderr: output.stderr, arguments }
    }

    /// Puts a secret that verbs can find.
    fn put_old(&self) {
        for words in ["put OLD acme/api", "put OLD orgs/acme/actions --repository acme/api"] {
            let mut put = self.command();
            put.env("OCTOSEAL_API_URL", self.emulator.url()).env("OCTOSEAL_TOKEN", TOKEN).env("VALUE", VALUE);
            let put = put.args(words.split(' ')).args(["--from-env", "VALUE"]).output().unwrap();
            assert!(put.status.success(), "{}", String::from_utf8_lossy(&put.stderr));
        }
    }

    fn make(&self, trouble: Trouble) {
        let echo = format!(r#"{{"message":"no {TOKEN}","documentation_url":"https://x/{TOKEN}"}}"#);
        let answer = |status: u16| {
            Fault::Answer(http::Response::builder().status(status).body(echo.clone().into()).unwrap())
        };
        match trouble {
            Trouble::None | Trouble::TokenOfGh => {}
            Trouble::Refused => self.emulator.script(Script::new(answer(403)).times(1000)),
            Trouble::WritesRefused => {
                self.emulator.script(Script::new(answer(422)).method(http::Method::PUT).times(1000));
            }
            Trouble::Reset => self.emulator.script(Script::new(Fault::Reset).times(1000)),
        }
    }

    /// Returns all files below the folder in which the run could write.
    pub(crate) fn left_behind(&self) -> Vec<(String, Vec<u8>)> {
        files(&self.path("left"))
    }

    pub(crate) fn opened(&self, store: &str, name: &str) -> Option<Vec<u8>> {
        self.emulator.opened_value(store, name).map(|value| value.expose().to_vec())
    }

    /// Returns the number of programs that the run started.
    pub(crate) fn programs(&self) -> usize {
        files(&self.path("seen")).len()
    }

    /// Puts a value into `octoseal emulate`. Returns its whole output.
    pub(crate) fn emulate(&self, options: &[&str]) -> Vec<u8> {
        let mut child = Ended(self.command().arg("emulate").args(options).spawn().unwrap());
        let mut stdout = child.0.stdout.take().unwrap();
        let mut said = Vec::new();
        let url = loop {
            let mut buffer = [0; 4096];
            let count = stdout.read(&mut buffer).unwrap();
            assert!(count > 0, "the emulator says where it is");
            said.extend_from_slice(&buffer[..count]);
            let text = String::from_utf8_lossy(&said);
            if let Some((_, rest)) = text.split_once("http://") {
                if let Some(end) = rest.find(|c: char| !(c.is_ascii_alphanumeric() || ".:".contains(c))) {
                    break format!("http://{}", &rest[..end]);
                }
            }
        };
        let mut put = self.command();
        put.env("OCTOSEAL_API_URL", url).env("OCTOSEAL_TOKEN", TOKEN).env("VALUE", VALUE);
        let put = put.args(["put", "A", "acme/api", "--from-env", "VALUE"]).output().unwrap();
        assert!(put.status.success(), "{}", String::from_utf8_lossy(&put.stderr));
        std::thread::sleep(Duration::from_millis(50));
        child.0.kill().unwrap();
        stdout.read_to_end(&mut said).unwrap();
        child.0.stderr.take().unwrap().read_to_end(&mut said).unwrap();
        said
    }
}

/// A child that does not outlive the test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    found
}

/// Returns a file of keys.
const KEYS: &str =
    r#"{"store":"repos/acme/api/actions","key_id":"1","key":"2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="}"#;

//! `octoseal emulate` as a process: a declared world, TLS, and failures to start.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

fn octoseal() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
    command.env_clear();
    command
}

/// An emulator that ends with the test, and the lines that it exports.
struct Running(Child, Vec<String>);

impl Running {
    fn start(arguments: &[&str], lines: usize) -> Self {
        let mut command = octoseal();
        let mut child = command.arg("emulate").args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let lines = output.lines().take(lines).map(Result::unwrap).collect();
        Self(child, lines)
    }

    /// Runs a command with the exported variables, and this token.
    fn run(&self, token: &str, arguments: &[&str]) -> Output {
        let exports = self.1.iter().filter_map(|line| line.strip_prefix("export ")?.split_once('='));
        octoseal().envs(exports).env("OCTOSEAL_TOKEN", token).args(arguments).output().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn refusal(arguments: &[&str]) -> (Option<i32>, String) {
    let output = octoseal().arg("emulate").args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_port_that_is_taken_is_not_the_users_mistake() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (code, text) = refusal(&["--listen", &format!("localhost:{port}")]);
    assert_eq!(code, Some(74), "{text}");
    assert!(text.contains(&format!("the emulator cannot listen on 127.0.0.1:{port}")), "{text}");
    for address in ["example.com:1", "localhost", "0.0.0.0:0"] {
        assert_eq!(refusal(&["--listen", address]).0, Some(64), "{address}");
    }
}

#[test]
fn a_world_file_that_cannot_be_used_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.toml");
    assert_eq!(refusal(&["--world", path.to_str().unwrap()]).0, Some(74));
    fs::write(&path, "strict = true\nspeed = 1\n").unwrap();
    let (code, text) = refusal(&["--world", path.to_str().unwrap()]);
    assert_eq!(code, Some(64), "{text}");
    assert!(text.contains("line 2, column 1: an unknown key or value; expected one of `strict`"), "{text}");
}

#[test]
fn a_declared_world_is_served_and_prints_no_token() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.toml");
    let world = "strict = true\n[[repository]]\nname = \"octo/hello\"\n[[token]]\ntoken = \"ghp_ci\"\nscopes = [\"repo\"]";
    fs::write(&path, world).unwrap();
    let emulator = Running::start(&["--world", path.to_str().unwrap(), "--listen", "localhost:0"], 2);
    assert!(emulator.1[1].starts_with("export OCTOSEAL_API_URL=http://127.0.0.1:"), "{:?}", emulator.1);
    for (token, store, code) in [
        ("ghp_ci", "repos/octo/hello/actions", 0),
        ("ghp_ci", "repos/octo/other/actions", 3),
        ("ghp_other", "repos/octo/hello/actions", 4),
    ] {
        let output = emulator.run(token, &["list", store]);
        assert_eq!(output.status.code(), Some(code), "{token} {store}: {output:?}");
    }
}

#[test]
fn a_github_app_is_the_credential_of_its_installations() {
    const PRIVATE_KEY: &str = include_str!("../../octoseal-emulator/tests/data/test-key.private.pem");
    const PUBLIC_KEY: &str = include_str!("../../octoseal-emulator/tests/data/test-key.public.pem");
    let folder = tempfile::tempdir().unwrap();
    let (world, key) = (folder.path().join("world.toml"), folder.path().join("app.pem"));
    fs::write(&key, PRIVATE_KEY).unwrap();
    let declared = format!(
        "[[app]]\nid = 12\npublic_key = \"\"\"\n{PUBLIC_KEY}\"\"\"\n[[app.installation]]\nid = 7\naccount = \
         \"acme\"\npermissions = {{ secrets = \"write\" }}\n"
    );
    fs::write(&world, declared).unwrap();
    let emulator = Running::start(&["--world", world.to_str().unwrap()], 2);
    let run = |variables: &[(&str, &str)], arguments: &[&str]| {
        let url = emulator.1[1].split_once('=').unwrap().1;
        let mut command = octoseal();
        command.env("OCTOSEAL_API_URL", url).env("OCTOSEAL_APP_ID", "12").envs(variables.iter().copied());
        let output = command.args(arguments).output().unwrap();
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), printed)
    };
    let file = ("OCTOSEAL_APP_KEY_FILE", key.to_str().unwrap());
    let acme = ["list", "repos/acme/api/actions"];
    for (variables, arguments, code, words) in [
        (&[file][..], &acme[..], 0, ""),
        (
            &[file, ("GH_ENTERPRISE_TOKEN", "ghp_x")],
            &["whoami"],
            0,
            "from OCTOSEAL_APP_ID, one for each owner",
        ),
        (&[file, ("OCTOSEAL_TOKEN", "ghp_x")], &["whoami"], 0, "from OCTOSEAL_TOKEN"),
        (
            &[file, ("OCTOSEAL_APP_INSTALLATION", "7")],
            &["whoami"],
            0,
            "installation token, from OCTOSEAL_APP_ID",
        ),
        (&[file, ("OCTOSEAL_APP_INSTALLATION", "x")], &acme, 64, "not the number of an installation"),
        (&[file], &["list", "repos/stranger/api/actions"], 4, "the GitHub App is not installed at stranger"),
        (&[file], &["list", "user/codespaces"], 4, "installation token cannot have a user's secrets"),
        (&[], &acme, 64, "OCTOSEAL_APP_ID needs OCTOSEAL_APP_KEY_FILE"),
        (
            &[("OCTOSEAL_APP_KEY_FILE", "/none")],
            &acme,
            74,
            "cannot read the file that OCTOSEAL_APP_KEY_FILE names",
        ),
        (&[("OCTOSEAL_APP_KEY_FILE", PRIVATE_KEY)], &acme, 74, "it is the path of a PEM file"),
        (&[("OCTOSEAL_APP_KEY_FILE", world.to_str().unwrap())], &acme, 64, "it is a public key"),
    ] {
        let (exit, printed) = run(variables, arguments);
        assert_eq!(exit, code, "{printed}");
        assert!(printed.contains(words), "{words} is not in {printed}");
        assert!(!printed.contains("MII"), "{printed}");
    }
}

#[cfg(target_os = "linux")] // where OpenSSL reads SSL_CERT_FILE
#[test]
fn https_is_trusted_with_the_authoritys_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    let emulator = Running::start(&["--tls", "--write-ca-file", path.to_str().unwrap()], 4);
    assert!(emulator.1[1].starts_with("export OCTOSEAL_API_URL=https://127.0.0.1:"), "{:?}", emulator.1);
    let output = emulator.run("ghp_any", &["list", "repos/octo/hello/actions"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let url = emulator.1[1].split_once('=').unwrap().1;
    let mut untrusting = octoseal();
    untrusting.envs([("OCTOSEAL_API_URL", url), ("OCTOSEAL_TOKEN", "ghp_any")]);
    let output = untrusting.args(["list", "repos/octo/hello/actions"]).output().unwrap();
    assert_eq!(output.status.code(), Some(6), "{output:?}");
    assert_eq!(refusal(&["--tls"]).0, Some(64), "no client could trust it");
}

#[test]
fn the_log_on_standard_output_follows_the_exports() {
    let mut command = octoseal();
    command.args(["emulate", "--log", "-", "--control"]).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let running = Running(child, lines.by_ref().take(5).collect());
    for (line, start) in running.1[1..].iter().zip([
        "export OCTOSEAL_API_URL=http://127.0.0.1:",
        "export OCTOSEAL_TOKEN=",
        "export OCTOSEAL_CONTROL_URL=http://127.0.0.1:",
        "export OCTOSEAL_CONTROL_TOKEN=octoseal_control_",
    ]) {
        assert!(line.starts_with(start), "{line}");
    }
    let output = running.run("ghp_any", &["list", "repos/octo/hello/actions"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let line: serde_json::Value = serde_json::from_str(&lines.next().unwrap()).unwrap();
    assert_eq!(line["path"], "/repos/octo/hello/actions/secrets");
}

#[cfg(unix)]
#[test]
fn a_log_follows_no_link_and_files_replace_links() {
    let folder = tempfile::tempdir().unwrap();
    let [target, link] = ["target", "link"].map(|name| folder.path().join(name));
    fs::write(&target, "mine").unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let (code, text) = refusal(&["--log", link.to_str().unwrap()]);
    assert_eq!(code, Some(74), "{text}");
    let _emulator = Running::start(&["--opened-file", link.to_str().unwrap()], 2);
    assert_eq!(fs::read_to_string(&target).unwrap(), "mine");
    assert_eq!(fs::read_to_string(&link).unwrap(), "{}");
}

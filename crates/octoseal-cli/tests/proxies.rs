//! The command uses the environment's proxy, to an emulator with HTTPS.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

/// An emulator with TLS that ends with the test.
struct Emulator {
    process: Child,
    url: String,
    folder: tempfile::TempDir,
}

impl Emulator {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.args(["emulate", "--tls", "--write-ca-file"]).arg(folder.path().join("ca.pem"));
        let mut process = command.env_clear().stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let url = lines.take(8).find_map(|line| Some(line.split_once("OCTOSEAL_API_URL=")?.1.to_owned()));
        Self { process, url: url.unwrap(), folder }
    }

    /// Lists a store with these environment variables.
    fn list(&self, variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.env_clear().env("SSL_CERT_FILE", self.folder.path().join("ca.pem"));
        command.env("OCTOSEAL_API_URL", &self.url).env("OCTOSEAL_TOKEN", "ghp_canary_token");
        command.envs(variables.iter().copied()).args(["list", "user/codespaces"]).output().unwrap()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Starts a proxy that opens every tunnel, and returns its address and the heads of its requests.
fn proxy() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let heads = Arc::new(Mutex::new(Vec::new()));
    let asked = Arc::clone(&heads);
    thread::spawn(move || {
        for client in listener.incoming() {
            let asked = Arc::clone(&asked);
            thread::spawn(move || tunnel(client.unwrap(), &asked));
        }
    });
    (address, heads)
}

fn tunnel(mut client: TcpStream, asked: &Mutex<Vec<String>>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if client.read(&mut byte).unwrap() == 0 {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let server = TcpStream::connect(head.split(' ').nth(1).unwrap()).unwrap();
    asked.lock().unwrap().push(head);
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
    let (from_client, to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    thread::spawn(move || pour(from_client, to_server));
    pour(server, client);
}

fn pour(mut from: TcpStream, mut to: TcpStream) {
    // Either side may disconnect.
    io::copy(&mut from, &mut to).ok();
    to.shutdown(Shutdown::Write).ok();
}

#[test]
fn the_command_uses_and_bypasses_the_proxy_of_the_environment() {
    let emulator = Emulator::start();
    let (address, asked) = proxy();
    let target = emulator.url.trim_start_matches("https://").to_owned();
    let with_password = format!("http://octo:canary@{address}");
    let bad = "https://octo:canary@proxy";
    for (variables, is_proxied) in [
        (&[("https_proxy", with_password.as_str())][..], true),
        (&[("HTTPS_PROXY", &address), ("https_proxy", "")], true),
        (&[("ALL_PROXY", &address)], true),
        (&[("https_proxy", &address), ("HTTPS_PROXY", bad)], true),
        (&[("HTTP_PROXY", bad), ("REQUEST_METHOD", "GET")], false),
        (&[("https_proxy", &address), ("NO_PROXY", &target)], false),
        (&[("https_proxy", &address), ("no_proxy", "127.0.0.1:1, 127.0.0.0/8")], false),
    ] {
        let output = emulator.list(variables);
        assert!(output.status.success(), "{variables:?}: {}", String::from_utf8_lossy(&output.stderr));
        let asked = std::mem::take(&mut *asked.lock().unwrap());
        assert_eq!(!asked.is_empty(), is_proxied, "{variables:?}: {asked:?}");
        assert!(asked.iter().all(|head| head.starts_with(&format!("CONNECT {target} "))), "{asked:?}");
        assert!(!asked.concat().contains("ghp_canary_token"));
    }
}

#[test]
fn an_invalid_proxy_variable_is_a_usage_error_and_not_repeated() {
    for name in ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.env_clear().env("OCTOSEAL_TOKEN", "ghp_x").env(name, "https://octo:canary@proxy");
        let output = command.args(["list", "user/codespaces"]).output().unwrap();
        let printed = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(64), "{printed}");
        assert!(printed.starts_with(&format!("error: {name} is not a valid proxy: ")), "{printed}");
        assert!(printed.contains("use http://") && !printed.contains("canary"), "{printed}");
    }
}

//! One CONNECT through a real proxy: tinyproxy, from the Debian package, as a separate process.

use crate::https::{Authority, Https};
use crate::request;
use http::Method;
use octoseal_transport::{Client, Proxies, Transport};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running proxy, which ends with the test.
struct Tinyproxy(Child);

impl Drop for Tinyproxy {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Returns the program, unpacked once into the folder of test files, or `None` if apt does not have it.
fn program() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let program = folder.join("tinyproxy/usr/bin/tinyproxy");
    if program.exists() {
        return Some(program);
    }
    let scratch = tempfile::tempdir_in(folder).ok()?;
    let apt = ["10", "apt-get", "download", "tinyproxy-bin"];
    run(Command::new("timeout").args(apt).current_dir(scratch.path()))?;
    let package = std::fs::read_dir(scratch.path()).ok()?.find_map(|entry| Some(entry.ok()?.path()))?;
    run(Command::new("dpkg").arg("-x").arg(package).arg(scratch.path().join("root")))?;
    // The rename is atomic, since another test run may do the same.
    std::fs::rename(scratch.path().join("root"), folder.join("tinyproxy")).ok();
    program.exists().then_some(program)
}

fn run(command: &mut Command) -> Option<()> {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    status.success().then_some(())
}

/// Starts the proxy at a free port, and returns its address when it is listening.
fn start(program: &Path, folder: &Path, server_port: &str) -> (Tinyproxy, String) {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = format!(
        "Port {}\nListen 127.0.0.1\nTimeout 5\nMaxClients 5\nBasicAuth octo s3cret\nConnectPort {server_port}\n",
        address.port()
    );
    let file = folder.join("tinyproxy.conf");
    std::fs::write(&file, config).unwrap();
    let mut command = Command::new(program);
    command.arg("-d").arg("-c").arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let proxy = Tinyproxy(command.spawn().unwrap());
    let started = Instant::now();
    while TcpStream::connect(address).is_err() {
        assert!(started.elapsed() < Duration::from_secs(4), "tinyproxy does not listen");
        std::thread::sleep(Duration::from_millis(10));
    }
    (proxy, address.to_string())
}

#[tokio::test]
async fn a_request_goes_through_tinyproxy() {
    let Some(program) = program() else {
        println!("skipped: tinyproxy is not available from apt");
        return;
    };
    let authority = Authority::new();
    let server = Https::start(authority.server("127.0.0.1")).await;
    let (_, port) = server.url.trim_end_matches("/user").rsplit_once(':').unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let (_proxy, address) = start(&program, scratch.path(), port);

    let client = |user_info: &str| {
        let mut config = authority.config();
        config.proxies = Proxies::default().https(&format!("http://{user_info}@{address}")).unwrap();
        Client::new(config).unwrap()
    };
    let put = || request(Method::PUT, &server.url);
    assert_eq!(client("octo:s3cret").send(put()).await.unwrap().status(), 204);

    let error = client("octo:wrong").send(put()).await.unwrap_err();
    assert!(error.to_string().contains(&format!("the proxy http://{address}")), "{error}");

    let other = server.url.replace(port, "1");
    let error = client("octo:s3cret").send(request(Method::PUT, &other)).await.unwrap_err();
    assert!(error.to_string().contains("(status 403)"), "{error}");
}

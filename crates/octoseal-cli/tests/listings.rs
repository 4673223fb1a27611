//! Listings of several pages: printed as they arrive, each item once, and complete or an error.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// Serves listings: a function creates the body of a page from its number, from 1, and the number of the
/// request, from 0.
struct Server(String);

/// The body of a page, and whether another one follows. Without a body the answer is a 404.
type Page = (Option<String>, bool);

impl Server {
    fn start(page: impl Fn(usize, usize) -> Page + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let root = format!("http://{}", listener.local_addr().unwrap());
        let (page, requests) = (Arc::new(page), Arc::new(std::sync::atomic::AtomicUsize::new(0)));
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (page, requests) = (Arc::clone(&page), Arc::clone(&requests));
                thread::spawn(move || {
                    let number = || requests.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    serve(connection, |asked| page(asked, number()))
                });
            }
        });
        Self(root)
    }

    fn list(&self, arguments: &[&str]) -> Child {
        self.run(&[&["list", "repos/o/r/actions"], arguments].concat())
    }

    fn run(&self, arguments: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.env_clear().env("OCTOSEAL_API_URL", &self.0).env("OCTOSEAL_TOKEN", "ghp_token");
        command.args(["--profile", "unlimited"]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }
}

fn serve(connection: TcpStream, page: impl Fn(usize) -> Page) -> Option<()> {
    let mut reader = BufReader::new(connection.try_clone().ok()?);
    loop {
        let mut first = String::new();
        reader.read_line(&mut first).ok().filter(|length| *length > 0)?;
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).ok()?;
        }
        let number = first.split("page=").last()?.split(|c: char| !c.is_ascii_digit()).next()?;
        let number = if first.contains("&page=") { number.parse().ok()? } else { 1 };
        let (body, has_next) = page(number);
        let status = if body.is_some() { "200 OK" } else { "404 Not Found" };
        let body = body.unwrap_or_else(|| r#"{"message":"Not Found"}"#.to_owned());
        let link = match has_next {
            true => format!(
                "link: </repos/o/r/actions/secrets?per_page=100&page={}>; rel=\"next\"\r\n",
                number + 1
            ),
            false => String::new(),
        };
        let head = format!("HTTP/1.1 {status}\r\n{link}content-length: {}\r\n\r\n", body.len());
        (&connection).write_all((head + &body).as_bytes()).ok()?;
    }
}

fn body(total: usize, names: &[&str]) -> Option<String> {
    let secret = |name| {
        format!(
            r#"{{"name":"{name}","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z"}}"#
        )
    };
    let secrets: Vec<String> = names.iter().map(secret).collect();
    Some(format!(r#"{{"total_count":{total},"secrets":[{}]}}"#, secrets.join(",")))
}

/// Returns the exit code, the printed names, and standard error.
fn end(child: Child) -> (i32, Vec<String>, String) {
    let output = child.wait_with_output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let names = stdout.lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
    (output.status.code().unwrap(), names, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_page_is_printed_before_the_next_one_arrives() {
    let (printed, is_printed) = mpsc::channel();
    let is_printed = std::sync::Mutex::new(is_printed);
    let server = Server::start(move |page, _| match page {
        1 => (body(2, &["FIRST"]), true),
        _ => {
            is_printed.lock().unwrap().recv_timeout(Duration::from_secs(20)).unwrap();
            (body(2, &["SECOND"]), false)
        }
    });
    let mut child = server.list(&[]);
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    assert!(line.starts_with("FIRST "), "{line}");
    printed.send(()).unwrap();
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert!(rest.starts_with("SECOND "), "{rest}");
    assert!(child.wait().unwrap().success());
}

#[test]
fn an_incomplete_listing_is_reported_as_a_failure() {
    for (server, request) in [
        (Server::start(|page, _| (body(2, &["A"]).filter(|_| page == 1), page == 1)), "a 404 on page 2"),
        (Server::start(|_, _| (body(2, &["A"]), false)), "one of two"),
        (Server::start(|page, _| (body(2, &["A"]), page == 1)), "the same twice"),
    ] {
        let (code, names, messages) = end(server.list(&[]));
        assert_eq!((code, names), (1, vec!["A".to_owned()]), "{request}: {messages}");
        assert!(messages.starts_with("error: the listing is incomplete: "), "{request}: {messages}");

        let (code, _, messages) = end(server.list(&["--json"]));
        let error: serde_json::Value = serde_json::from_str(&messages).unwrap();
        assert_eq!((code, &error["kind"]), (1, &"incomplete".into()), "{request}: {messages}");
    }
}

#[test]
fn another_failure_after_the_first_page_says_that_there_is_more() {
    let garbage = |page| if page == 1 { body(2, &["A"]) } else { Some("<html>".to_owned()) };
    let server = Server::start(move |page, _| (garbage(page), page == 1));
    let (code, names, messages) = end(server.list(&[]));
    assert_eq!((code, names), (1, vec!["A".to_owned()]), "{messages}");
    assert!(
        messages.starts_with("error: what was printed is not everything: cannot list the secrets of "),
        "{messages}"
    );
}

#[test]
fn a_listing_that_changed_is_read_again_and_nothing_is_printed_twice() {
    // In the first reading B is deleted between the pages, so C has moved to the first page.
    let server = Server::start(|page, request| match (request, page) {
        (0, _) => (body(3, &["A"]), true),
        (1, _) => (body(3, &["D"]), false),
        _ => (body(3, &["A", "C", "D"]), false),
    });
    let (code, names, messages) = end(server.list(&[]));
    assert_eq!((code, names), (0, ["A", "D", "C"].map(str::to_owned).to_vec()), "{messages}");
}

#[test]
fn a_disconnected_reader_ends_the_listing() {
    let server = Server::start(|page, _| (body(100_000, &[&format!("N{page}")]), true));
    let mut child = server.list(&[]);
    drop(child.stdout.take());
    let started = Instant::now();
    assert!(child.wait().unwrap().success());
    assert!(started.elapsed() < Duration::from_secs(20));
}

/// The parts of a page besides names and times are not kept.
#[cfg(target_os = "linux")]
#[test]
fn long_pages_need_no_more_memory_than_one_of_them() {
    const PAGES: usize = 100;
    let (child_sent, child) = mpsc::channel::<u32>();
    let (peak_sent, peak) = mpsc::channel();
    let child = std::sync::Mutex::new(child);
    let server = Server::start(move |page, _| {
        if page == PAGES {
            let id = child.lock().unwrap().recv().unwrap();
            peak_sent.send(std::fs::read_to_string(format!("/proc/{id}/status")).unwrap()).unwrap();
        }
        let padding = "x".repeat(1_000_000);
        let secret =
            format!(r#"{{"name":"N{page}","created_at":null,"updated_at":null,"more":"{padding}"}}"#);
        (Some(format!(r#"{{"total_count":{PAGES},"secrets":[{secret}]}}"#)), page < PAGES)
    });
    let running = server.list(&[]);
    child_sent.send(running.id()).unwrap();
    let (code, names, messages) = end(running);
    assert_eq!((code, names.len()), (0, PAGES), "{messages}");
    let status = peak.recv().unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kib: u64 = peak.trim().strip_suffix(" kB").unwrap().parse().unwrap();
    assert!(kib < 50_000, "{PAGES} pages of 1 MB needed {kib} KiB");
}

#[test]
fn a_page_of_the_longest_variables_is_read() {
    let value = "\\u0001".repeat(48 * 1024);
    let variables: Vec<String> =
        (0..30).map(|number| format!(r#"{{"name":"V_{number}","value":"{value}"}}"#)).collect();
    let page = format!(r#"{{"total_count":30,"variables":[{}]}}"#, variables.join(","));
    let server = Server::start(move |_, _| (Some(page.clone()), false));
    let output = server.run(&["variable", "list", "repos/o/r/actions"]).wait_with_output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 30);
}

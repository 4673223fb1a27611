//! `octoseal emulate`: a local fake of GitHub's secrets API, on this machine only.

use crate::arguments::Emulate;
use crate::files::{self, unwritable};
use crate::output::{ExitCode, Failure, Output};
use octoseal::SecretValue;
use octoseal_emulator::{Emulator, World};
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The printed token. The emulator accepts any token.
const TOKEN: &str = "ghp_any_token_is_good_here";

/// Maximum number of bytes of a world file, which is the emulator's limit.
const LONGEST_WORLD: u64 = 1024 * 1024;

pub(crate) async fn run(arguments: Emulate, output: Output) -> Result<(), Failure> {
    let Emulate { listen, world, tls, write_ca_file, keys_file, opened_file, log, control } = arguments;
    let mut builder = Emulator::builder().clock(SystemTime::now);
    let token = world.is_none().then_some(TOKEN); // a declared world has its own tokens
    if let Some(path) = &world {
        builder = builder.world(declared(path)?);
    }
    if tls {
        builder = builder.tls();
    }
    if control {
        builder = builder.control();
    }
    if let Some(path) = log {
        let log = Mutex::new(log_to(&path)?);
        builder = builder.log(move |line| {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            complain(output, "the log", writeln!(log, "{line}").and_then(|()| log.flush()));
        });
    }
    if let Some(path) = keys_file {
        builder = builder.keys(replacing(path, "the keys file", output)?);
    }
    if let Some(path) = opened_file {
        builder = builder.opened(replacing(path, "the file of opened values", output)?);
    }
    let emulator = builder.start_on(listen).await.map_err(|error| refused(listen, error))?;
    if let (Some(path), Some(ca_pem)) = (&write_ca_file, emulator.ca_pem()) {
        files::replace(path, ca_pem.as_bytes()).map_err(|error| unwritable(path, error))?;
    }
    let (data, text) = exports(&emulator, token, write_ca_file.as_deref());
    output.answer(&data, text)?;
    std::future::pending().await // until a signal ends it
}

/// Opens the log: a private file, or standard output after the lines with the exports.
fn log_to(path: &Path) -> Result<Box<dyn Write + Send>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdout()));
    }
    let file = files::create_private(path).map_err(|error| unwritable(path, error))?;
    Ok(Box::new(file))
}

/// Returns the variables for a shell, as JSON and as lines that a shell can read.
fn exports(emulator: &Emulator, token: Option<&str>, ca_file: Option<&Path>) -> (Value, String) {
    let (url, control_url) = (emulator.url(), emulator.control_url());
    let ca_file = ca_file.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    let ca_file = ca_file.map(|path| path.display().to_string());
    let all = [
        ("OCTOSEAL_API_URL", Some(url.as_str())),
        ("OCTOSEAL_TOKEN", token),
        ("OCTOSEAL_CONTROL_URL", control_url.as_deref()),
        ("OCTOSEAL_CONTROL_TOKEN", emulator.control_token()),
        ("SSL_CERT_FILE", ca_file.as_deref()),
    ];
    let (mut json, mut text) = (Map::new(), "# the emulator is listening; Ctrl-C ends it".to_owned());
    for (name, value) in all.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        text.extend(["\nexport ", name, "=", &quoted(value)]);
        json.insert(name.to_owned(), value.into());
    }
    (json!({ "url": url, "exports": json }), text)
}

/// Quotes a value as one word of a shell (POSIX, "Single-Quotes").
fn quoted(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_./:@%+-".contains(&byte);
    match value.bytes().all(plain) {
        true => value.to_owned(),
        false => format!("'{}'", value.replace('\'', r"'\''")),
    }
}

/// Reads the world of a file.
fn declared(path: &Path) -> Result<World, Failure> {
    let name = path.display();
    let unreadable =
        |error| Failure::new(ExitCode::File, format!("the world file {name} cannot be read")).because(error);
    let text = files::read_text(path, LONGEST_WORLD).map_err(unreadable)?;
    let unusable = |error| Failure::usage(format!("the world file {name} cannot be used")).because(error);
    World::from_toml(&text).map_err(unusable)
}

fn refused(listen: SocketAddr, error: io::Error) -> Failure {
    let code = match error.kind() {
        io::ErrorKind::InvalidInput => ExitCode::Usage,
        _ => ExitCode::File, // the port is taken, for example
    };
    Failure::new(code, format!("the emulator cannot listen on {listen}")).because(error)
}

/// Writes an empty object to the file now, and returns a function that replaces it later.
fn replacing(
    path: PathBuf,
    what: &'static str,
    output: Output,
) -> Result<impl Fn(&SecretValue) + Send + Sync + 'static, Failure> {
    files::replace(&path, b"{}").map_err(|error| unwritable(&path, error))?;
    Ok(move |content: &SecretValue| complain(output, what, files::replace(&path, content.expose())))
}

fn complain(output: Output, what: &str, result: io::Result<()>) {
    if let Err(error) = result {
        output.warn(&format!("{what} cannot be written: {error}"));
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn an_export_is_one_word_for_the_shell() {
        for (value, word) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("/my project/ca.pem", "'/my project/ca.pem'"),
            ("/d;touch x;/ca.pem", "'/d;touch x;/ca.pem'"),
            ("it's", r"'it'\''s'"),
        ] {
            assert_eq!(quoted(value), word);
        }
    }
}

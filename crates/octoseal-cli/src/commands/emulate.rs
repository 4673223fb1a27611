//! `octoseal emulate`: a GitHub of your own for tests, on this machine only.

use crate::arguments::Emulate;
use crate::failure::{Code, Failure};
use crate::output::Output;
use octoseal::SecretValue;
use octoseal_emulator::Emulator;
use serde_json::json;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tempfile::NamedTempFile;
use tokio::signal::unix::{SignalKind, signal};

/// Any token is good; this one says what it is.
const TOKEN: &str = "ghp_any_token_is_good_here";

pub(crate) async fn run(Emulate { listen, keys_file, log }: Emulate, output: Output) -> Result<(), Failure> {
    let mut builder = Emulator::builder();
    if let Some(path) = log {
        let file = create(&path)?;
        let file = Mutex::new(file);
        builder = builder.log(move |line| {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            complain(output, "the log", writeln!(file, "{line}"));
        });
    }
    if let Some(path) = keys_file {
        replace(&path, b"{}").map_err(|error| unwritable(&path, error))?;
        builder = builder.keys(move |keys: &SecretValue| {
            complain(output, "the keys file", replace(&path, keys.expose()));
        });
    }
    let refused = |error| Failure::usage(format!("the emulator cannot listen on {listen}")).because(error);
    let emulator = builder.start_on(listen).await.map_err(refused)?;
    let url = emulator.url();
    let data = json!({ "url": url, "exports": { "OCTOSEAL_API_URL": url, "OCTOSEAL_TOKEN": TOKEN } });
    let text = format!(
        "# a GitHub for tests is listening; Ctrl-C ends it\n\
         export OCTOSEAL_API_URL={url}\n\
         export OCTOSEAL_TOKEN={TOKEN}"
    );
    output.answer(&data, text)?;
    wait_for_the_end().await
}

async fn wait_for_the_end() -> Result<(), Failure> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    std::future::poll_fn(|context| {
        let ended = terminate.poll_recv(context).is_ready() || interrupt.poll_recv(context).is_ready();
        if ended { std::task::Poll::Ready(Ok(())) } else { std::task::Poll::Pending }
    })
    .await
}

fn create(path: &Path) -> Result<File, Failure> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .map_err(|error| unwritable(path, error))
}

fn unwritable(path: &Path, error: io::Error) -> Failure {
    Failure::new(Code::File, format!("{} cannot be written", path.display())).because(error)
}

/// Writes a file that only its owner may read, and never half of it.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(content)?;
    file.persist(path)?;
    Ok(())
}

fn complain(output: Output, what: &str, result: io::Result<()>) {
    if let Err(error) = result {
        output.note(&format!("{what} cannot be written: {error}"));
    }
}

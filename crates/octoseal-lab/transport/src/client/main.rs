//! One client: prints its version, then sends PUTs on request and reports the time.
//!
//! Usage: `client NAME CORE PORT`. The module `work` describes its requests and answers.

mod hyper_util;
mod octocrab;
mod ours;
mod raw;
mod reqwest;
mod work;

use http::StatusCode;
use octoseal_lab_shared::serve::number;
use octoseal_lab_transport::core;
use std::env;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use work::serve;

/// The interface of a client. Clones share their connections, if the client can share them.
pub(crate) trait Client: Clone + Send + 'static {
    /// Returns the library's name and version.
    fn version() -> String;

    /// Sends the request and reads the whole answer.
    fn put(&mut self) -> impl Future<Output = Result<StatusCode, String>> + Send;
}

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let ended = match words.as_slice() {
        [name, core, port] => run(name, core, port),
        _ => Err("usage: client NAME CORE PORT".to_owned()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("client: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(name: &str, core: &str, port: &str) -> Result<(), String> {
    core::stay_on(number(core)?)?;
    let port = port.parse().map_err(|error| format!("`{port}`: {error}"))?;
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    match name {
        "raw" => serve(|| raw::Raw::new(server)),
        "hyper-util" => serve(|| hyper_util::HyperUtil::new(server)),
        "octoseal" => serve(|| ours::Octoseal::new(server)),
        "reqwest" => serve(|| reqwest::Reqwest::new(server)),
        "octocrab" => serve(|| octocrab::Octocrab::new(server)),
        _ => Err(format!("unknown client `{name}`")),
    }
}

/// Formats the chain of causes in one line.
pub(crate) fn chain(error: impl std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

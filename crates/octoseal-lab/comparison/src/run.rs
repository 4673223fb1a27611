//! One contestant in one case, against its own emulator, in virtual time.

use crate::case::{Case, SECRETS};
use crate::contestant::Contestant;
use http::Method;
use http::header::AUTHORIZATION;
use octoseal_emulator::Emulator;
use std::error::Error;
use std::fmt;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// The outcome of a case.
pub(crate) struct Outcome {
    /// The number of secrets whose right value GitHub has.
    stored: usize,
    /// The number of secrets that the contestant reported as done.
    reported: usize,
    keys: usize,
    writes: usize,
    took: Duration,
    /// The number of requests to the other host, and the number of those with a token.
    abroad: (usize, usize),
    /// The error of the first failure, with its causes.
    pub(crate) failure: Option<String>,
}

pub(crate) async fn run(case: &Case, contestant: Contestant) -> Result<Outcome, Box<dyn Error>> {
    let (github, stranger) = (Emulator::start().await?, Emulator::start().await?);
    (case.before)(&github, &stranger);
    let client = contestant.client(&github.url(), "ghp_example")?;
    let started = Instant::now();
    let (mut reported, mut failure) = (0, None);
    for number in 1..=SECRETS {
        match timeout(Duration::from_secs(7_200), client.put(&name(case, number), &value(number))).await? {
            Ok(()) => reported += 1,
            Err(error) => failure = failure.or(Some(chain(&*error))),
        }
        if number == 2 {
            (case.amid)(&github);
        }
    }
    let took = started.elapsed();
    let right = |number: &usize| {
        let opened = STORES.iter().find_map(|store| github.opened_value(store, &name(case, *number)));
        opened.is_some_and(|opened| opened.expose() == value(*number).as_bytes())
    };
    let requests = github.requests();
    let went = stranger.requests();
    let with_token = went.iter().filter(|request| request.headers.contains_key(AUTHORIZATION)).count();
    // The ports differ in each run.
    let without_ports = |text: String| {
        text.replace(&github.url(), "http://github").replace(&stranger.url(), "http://stranger")
    };
    Ok(Outcome {
        stored: (1..=SECRETS).filter(right).count(),
        reported,
        keys: requests.iter().filter(|request| request.target.ends_with("/public-key")).count(),
        writes: requests.iter().filter(|request| request.method == Method::PUT).count(),
        took,
        abroad: (went.len(), with_token),
        failure: failure.map(without_ports),
    })
}

/// The repository's store, under its old and its new name.
const STORES: [&str; 2] = ["repos/octo/hello/actions", "repos/octo/hi/actions"];

fn name(case: &Case, number: usize) -> String {
    format!("{}{number}", case.prefix)
}

fn value(number: usize) -> String {
    format!("the value of secret {number}")
}

/// Formats an error and all its causes in one line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text} | {cause}");
        source = cause.source();
    }
    text.replace('\n', " ")
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stored, reported, keys, writes, took, abroad, failure: _ } = self;
        write!(f, "{stored} of {SECRETS} stored")?;
        if reported != stored {
            write!(f, ", {reported} reported done")?;
        }
        write!(f, "; {keys} + {writes} requests")?;
        if took.as_secs() > 0 {
            write!(f, ", {} s", took.as_secs())?;
        }
        match abroad {
            (0, _) => Ok(()),
            (requests, tokens) => write!(f, "; {requests} went to the other host, {tokens} with the token"),
        }
    }
}

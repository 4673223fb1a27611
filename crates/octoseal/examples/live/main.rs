//! The live check: it creates, updates, lists and deletes temporary secrets on the real GitHub, and tests
//! behavior that GitHub does not document (docs/security.md). `cargo xtask live` runs it. It never runs in
//! CI.

mod answer;
mod arguments;
mod questions;
mod round;

use arguments::{Arguments, Live};
use octoseal::{Environment, Error, Family, RepositoryRef, User};
use round::{Ended, Round};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let live = match Arguments::parse(&words).and_then(Arguments::live) {
        Ok(live) => live,
        Err(message) => {
            eprintln!("live: {message}");
            return ExitCode::from(64);
        }
    };
    match run(&live).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("live: {}", answer::chain(&error));
            ExitCode::FAILURE
        }
    }
}

/// Checks the five stores one after the other. Returns true if the token has access to at least one and all
/// checks passed.
async fn run(live: &Live) -> Result<bool, Error> {
    let kind = live.github.token_kind().map(|kind| kind.to_string()).unwrap_or_default();
    println!("The live check at {} with a token of the kind: {kind}.", live.github.api_url());
    println!("It makes secrets whose names have {} in them, and deletes them.", live.prefix);
    println!("If it is interrupted, delete those by hand.");
    let RepositoryRef { id, full_name, .. } = live.github.send(live.repository.look_up()).await?;
    println!("The repository is {full_name}, id {id}.");

    let mut ends = vec![Round::new(live, User.store(), [id.0].into()).run().await];
    if ends[0] == Ended::Done {
        questions::without_ids(live, id).await?;
    }
    for family in Family::ALL {
        ends.push(Round::new(live, live.repository.store(family), ()).run().await);
    }
    slash(live).await?;

    let count = |wanted| ends.iter().filter(|end| **end == wanted).count();
    let (done, refused, failed) = (count(Ended::Done), count(Ended::Refused), count(Ended::Failed));
    println!("\n{done} stores checked, {refused} not for this token, {failed} failed");
    Ok(done > 0 && failed == 0)
}

/// Tests how GitHub treats an encoded slash. It only reads.
async fn slash(live: &Live) -> Result<(), Error> {
    let environment: Environment = live.repository.clone().environment("octoseal/live")?;
    let key = live.github.send(environment.store().public_key()).await;
    println!("\n{}", environment.store());
    answer::print("the public key of an environment with an encoded slash in its name", &key.map(|_| "200"));
    Ok(())
}

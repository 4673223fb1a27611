//! A comparison of one task with octocrab and `crypto_box`, and with octoseal: the code, and the outcome of
//! the same failures. Prints the tables of docs/comparison.md.

mod case;
mod contestant;
mod listing;
mod run;
mod with_octocrab;
mod with_octocrab_tuned;
mod with_octoseal;

use case::CASES;
use contestant::Contestant;
use octoseal_lab_shared::versions;
use std::error::Error;

/// The time is virtual, so the waits take no real time. The requests use sockets of 127.0.0.1.
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("octocrab {}, crypto_box {}.\n", versions::of("octocrab"), versions::of("crypto_box"));
    for (title, code) in CODE {
        println!("* {title}: {} lines of code", lines(code));
    }
    let titles = Contestant::ALL.map(Contestant::title);
    println!("\n| | what goes wrong | {} |\n|--:|---|---|---|---|", titles.join(" | "));
    let mut failures = Vec::new();
    for (case, number) in CASES.iter().zip(1..) {
        let mut cells = Vec::new();
        for contestant in Contestant::ALL {
            let outcome = run::run(case, contestant).await?;
            cells.push(outcome.to_string());
            failures.extend(outcome.failure.map(|failure| (number, contestant, failure)));
        }
        println!("| {number} | {} | {} |", case.title, cells.join(" | "));
    }
    let (theirs, ours) = listing::listed().await?;
    println!(
        "\nOf {} secrets octocrab's `get_secrets` lists {theirs}, octoseal's `list` {ours}.",
        listing::SECRETS
    );
    println!("\nThe caller's error for the first failure (error | its cause | …):\n");
    for (number, contestant, failure) in failures.iter().filter(|failure| failure.1 != Contestant::Tuned) {
        println!("* {number}, {}: `{failure}`", contestant.title());
    }
    Ok(())
}

const CODE: [(&str, &str); 3] = [
    ("octocrab + crypto_box", include_str!("with_octocrab.rs")),
    ("the same, tuned", include_str!("with_octocrab_tuned.rs")),
    ("octoseal", include_str!("with_octoseal.rs")),
];

/// Counts the lines that are neither empty nor a comment.
fn lines(code: &str) -> usize {
    code.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).count()
}

//! The step `interop`: the guide's programs in every language seal what ours opens, and open what ours seals.

mod cases;
mod exchange;
mod language;
mod machine;
mod page;
mod recipes;
mod tally;

use crate::runner::Outcome;
use crate::workspace::Workspace;
use cases::Case;
use language::Language;
use std::panic;
use std::thread;
use tally::Tally;

/// Checks the page against its files, prepares every language, and runs all exchanges, one language a thread.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    page::check(&workspace.root)?;
    let ours = language::rust(workspace)?;
    let prepared = machine::languages(workspace)?;
    let pair = language::key_pair(workspace)?;
    let seed = cases::seed();
    println!("the random values come from the seed {seed}");
    let cases = cases::all(seed);

    let tallies = compare(&ours, &prepared.languages, &pair, &cases);
    print!("{}", tally::table(&tallies));
    let failures: Vec<_> = tallies.iter().flat_map(Tally::failures).collect();
    if !failures.is_empty() {
        return Err(format!("{} exchanges went wrong:\n{}", failures.len(), failures.join("\n")));
    }
    match prepared.skipped.as_slice() {
        [] => Ok(Outcome::Passed),
        reasons => Ok(Outcome::Skipped(reasons.join("; "))),
    }
}

fn compare(ours: &Language, others: &[Language], pair: &language::KeyPair, cases: &[Case]) -> Vec<Tally> {
    thread::scope(|scope| {
        let all = std::iter::once(ours).chain(others);
        let running: Vec<_> =
            all.map(|theirs| scope.spawn(move || exchange::all(ours, theirs, pair, cases))).collect();
        let done =
            running.into_iter().map(|one| one.join().unwrap_or_else(|cause| panic::resume_unwind(cause)));
        done.collect()
    })
}

//! The step `interop`: the programs of the encryption guide and of this workspace open each other's sealed
//! values.

mod cases;
mod exchange;
mod guide_page;
mod language;
mod prepare;
mod results;

use crate::runner::Outcome;
use crate::workspace::Workspace;
use results::Results;
use std::panic;
use std::thread;

/// Compares the guide with its programs, prepares every language, and runs all exchanges, one thread a language.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    guide_page::check(&workspace.root)?;
    let ours = language::rust(workspace)?;
    let prepared = prepare::languages(workspace)?;
    let keys = language::key_pair(workspace)?;
    let seed = cases::seed();
    println!("the random values have the seed {seed}");
    let cases = cases::all(seed);

    let results: Vec<Results> = thread::scope(|scope| {
        let all = std::iter::once(&ours).chain(&prepared.languages);
        let threads: Vec<_> = all
            .map(|theirs| {
                let (ours, keys, cases) = (&ours, &keys, &cases);
                scope.spawn(move || exchange::all(ours, theirs, keys, cases))
            })
            .collect();
        let join = |thread: thread::ScopedJoinHandle<'_, Results>| {
            thread.join().unwrap_or_else(|cause| panic::resume_unwind(cause))
        };
        threads.into_iter().map(join).collect()
    });
    print!("{}", results::table(&results));
    let failures: Vec<_> = results.into_iter().flat_map(|results| results.failures).collect();
    match Outcome::of(&failures)? {
        Outcome::Passed if !prepared.skipped.is_empty() => Outcome::skipped(prepared.skipped.join("; ")),
        outcome => Ok(outcome),
    }
}

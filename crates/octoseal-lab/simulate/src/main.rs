//! A simulation of jobs with many secrets under GitHub's rate limits, in virtual time: octoseal's and others'
//! policies in one table.

mod bound;
mod github;
mod goals;
mod job;
mod policy;
mod run;

use job::JOBS;
use policy::{OURS, Policy};
use run::{Outcome, run};
use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

fn main() -> ExitCode {
    let started = Instant::now();
    let mut table = String::from(HEAD);
    let mut missed = Vec::new();
    for outcome in outcomes() {
        line(&mut table, &outcome).expect("writing to a string never fails");
        missed.extend(goals::missed(&outcome));
    }
    print!("{table}");
    eprintln!("{:.1} s of real time", started.elapsed().as_secs_f64());
    for goal in &missed {
        eprintln!("missed: {goal}");
    }
    if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs all simulations on all cores. Each has its own runtime and time.
fn outcomes() -> Vec<Outcome> {
    let all: Vec<_> = github::WORLDS
        .into_iter()
        .flat_map(|world| JOBS.map(|job| Policy::ALL.map(|policy| (job, world, policy))))
        .flatten()
        .filter(|(job, world, _)| !world.is_extra || *job == JOBS[0])
        .chain(github::texts().flat_map(|world| OURS.map(|policy| (JOBS[0], world, policy))))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((number, (job, world, policy))) = take(&next, &all) {
            done.push((number, run(*job, *world, *policy)));
        }
        done
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut done: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a simulation ends")).collect()
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

fn take<'a, T>(next: &AtomicUsize, all: &'a [T]) -> Option<(usize, &'a T)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    Some((number, all.get(number)?))
}

fn line(table: &mut String, outcome: &Outcome) -> std::fmt::Result {
    let Outcome { job, world, policy, .. } = outcome;
    write!(table, "| {} | {} | {} |", world.name, job, policy.name())?;
    match outcome.ratio() {
        _ if !outcome.finished => write!(table, " never: {} of {} |  |", outcome.written, job.secrets())?,
        Some(ratio) => write!(table, " {:.0} | {ratio:.3} |", outcome.seconds)?,
        None => write!(table, " {:.0} |  |", outcome.seconds)?,
    }
    writeln!(table, " {} |", outcome.rejected)
}

const HEAD: &str = "\
| GitHub | job | policy | virtual seconds | ratio to the bound | rejected |
|---|---|---|--:|--:|--:|
";

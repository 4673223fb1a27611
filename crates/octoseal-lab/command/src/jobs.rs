//! The jobs, and their measurement in rounds.

use crate::contestant::Contestant;
use crate::cost::Cost;
use crate::stage::Stage;
use octoseal_emulator::Limits;
use octoseal_lab_shared::rounds::{self, median};

/// What the contestants do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Job {
    /// Print the version.
    Start,
    /// Put one secret.
    One,
    /// Put the secrets of an `.env`.
    Many(usize),
    /// Put the secrets of an `.env` into an organization.
    Organization(usize),
    /// Put one secret into many repositories.
    Repositories,
}

/// The jobs that are timed, each with its number of rounds.
const JOBS: [(Job, usize); 4] =
    [(Job::Start, 31), (Job::One, 15), (Job::Many(100), 9), (Job::Repositories, 3)];

/// The medians of a job: of octoseal, and of gh.
pub(crate) struct Measured {
    pub(crate) job: Job,
    pub(crate) costs: [Cost; 2],
}

pub(crate) fn measure(contestants: &[Contestant; 2]) -> Result<Vec<Measured>, String> {
    JOBS.into_iter().map(|(job, rounds)| one(job, rounds, contestants)).collect()
}

fn one(job: Job, rounds: usize, contestants: &[Contestant; 2]) -> Result<Measured, String> {
    eprintln!("{job:?}: {rounds} rounds");
    let mut turns: [(usize, Vec<Cost>); 2] = [(0, Vec::new()), (1, Vec::new())];
    rounds::take(rounds, &mut turns, |(contestant, costs)| {
        // A new stage, so that all secrets are created, and none is updated.
        let cost = contestants[*contestant].perform(job, &Stage::new(Limits::none())?)?;
        match cost.succeeded {
            true => costs.push(cost),
            false => return Err(format!("{} failed at {job:?}", contestants[*contestant].name)),
        }
        Ok(())
    })?;
    turns.sort_by_key(|(contestant, _)| *contestant);
    let of = |costs: &[Cost], field: fn(&Cost) -> f64| median(costs.iter().map(field).collect());
    let costs = turns.map(|(_, costs)| Cost {
        wall_ms: of(&costs, |cost| cost.wall_ms),
        cpu_ms: of(&costs, |cost| cost.cpu_ms),
        memory_mb: of(&costs, |cost| cost.memory_mb),
        succeeded: true,
    });
    Ok(Measured { job, costs })
}

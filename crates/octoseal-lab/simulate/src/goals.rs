//! The goals of the simulation. It fails if it misses one.

use crate::job::JOBS;
use crate::policy::Policy;
use crate::run::Outcome;
use octoseal::Profile::{Fast, Normal};

/// A limit for octoseal's largest job in one world.
struct Goal {
    world: &'static str,
    policy: Policy,
    ratio: f64,
    rejected: u64,
}

const GOALS: [Goal; 5] = [
    Goal { world: "5,000/h", policy: Policy::Ours(Fast), ratio: 1.01, rejected: 0 },
    Goal { world: "15,000/h", policy: Policy::Ours(Fast), ratio: 1.03, rejected: 0 },
    Goal { world: "5,000/h", policy: Policy::Ours(Normal), ratio: 1.10, rejected: 0 },
    Goal { world: "content-limited", policy: Policy::Ours(Fast), ratio: 1.01, rejected: 3 },
    Goal { world: "content-limited", policy: Policy::Ours(Normal), ratio: 1.01, rejected: 3 },
];

/// The limits for the fastest documented profile with octoseal's largest job, in every world.
const EVERYWHERE: (f64, u64) = (1.05, 10);

/// Lists the missed goals in words. All jobs of octoseal must end in every world.
pub(crate) fn missed(outcome: &Outcome) -> Vec<String> {
    let Outcome { job, world, policy, rejected, .. } = outcome;
    let what = format!("{}, {job}, {}", world.name, policy.name());
    let mut missed = Vec::new();
    if matches!(policy, Policy::Ours(_)) && !outcome.finished {
        missed.push(format!("{what}: did not end"));
    }
    let goals =
        GOALS.iter().filter(|goal| goal.world == world.name && goal.policy == *policy && *job == JOBS[0]);
    if *job == JOBS[0] && *policy == Policy::Ours(Fast) {
        let ratio = outcome.ratio().unwrap_or(f64::INFINITY);
        let (most, refusals) = EVERYWHERE;
        if ratio > most || *rejected > refusals {
            missed.push(format!(
                "{what}: {ratio:.3} and {rejected} rejected, to reach everywhere: {most} and {refusals}"
            ));
        }
    }
    for goal in goals {
        let ratio = outcome.ratio().unwrap_or(f64::INFINITY);
        if ratio > goal.ratio || *rejected > goal.rejected {
            missed.push(format!(
                "{what}: {ratio:.3} and {rejected} rejected, to reach: {:.3} and {}",
                goal.ratio, goal.rejected
            ));
        }
    }
    missed
}

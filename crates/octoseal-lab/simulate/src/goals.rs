//! The goals of the simulation. It fails if it misses one.

use crate::job::JOBS;
use crate::policy::Policy;
use crate::run::Outcome;
use octoseal::Profile::{Fast, Normal};

/// A limit for octoseal's largest job in one world, stricter than the one for all worlds.
struct Goal {
    world: &'static str,
    policy: Policy,
    ratio: f64,
    rejected: u64,
}

const GOALS: [Goal; 5] = [
    Goal { world: "5,000/h", policy: Policy::Ours(Fast), ratio: 1.01, rejected: 0 },
    Goal { world: "15,000/h", policy: Policy::Ours(Fast), ratio: 1.03, rejected: 0 },
    Goal { world: "5,000/h", policy: Policy::Ours(Normal), ratio: 1.01, rejected: 0 },
    Goal { world: "content-limited", policy: Policy::Ours(Fast), ratio: 1.01, rejected: 3 },
    Goal { world: "content-limited", policy: Policy::Ours(Normal), ratio: 1.01, rejected: 3 },
];

/// The limits for each profile with octoseal's largest job, in every world.
const EVERYWHERE: (f64, u64) = (1.05, 10);

/// Lists the missed goals in words. All jobs of octoseal must end in every world.
pub(crate) fn missed(outcome: &Outcome) -> Vec<String> {
    let Outcome { job, world, policy, rejected, .. } = outcome;
    let Some(ratio) = outcome.own_ratio() else {
        return Vec::new();
    };
    let what = format!("{}, {job}, {}", world.name, policy.name());
    let mut missed = Vec::new();
    if !outcome.finished {
        missed.push(format!("{what}: did not end"));
    }
    let is_ours = |goal: &&Goal| goal.world == world.name && goal.policy == *policy;
    let own = GOALS.iter().filter(is_ours).map(|goal| (goal.ratio, goal.rejected));
    let goals = own.chain([EVERYWHERE]).filter(|_| *job == JOBS[0]);
    for (most, refusals) in goals {
        if ratio > most || *rejected > refusals {
            missed.push(format!(
                "{what}: {ratio:.3} and {rejected} rejected, to reach: {most} and {refusals}"
            ));
        }
    }
    missed
}

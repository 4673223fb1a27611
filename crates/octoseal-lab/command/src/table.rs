//! The table of the jobs, and the goals.

use crate::contestant::{Contestant, REPOSITORIES};
use crate::cost::Cost;
use crate::jobs::{Job, Measured};
use std::fmt::Write as _;

/// The largest ratio to gh of a job: wall time, CPU time, memory. A job without a goal has 0.
const GOALS: [(Job, [f64; 3]); 4] = [
    (Job::Start, [0.15, 0.0, 0.0]),
    (Job::One, [0.65, 0.2, 0.0]),
    (Job::Many(100), [1.1, 0.5, 0.4]),
    (Job::Repositories, [0.1, 0.0, 0.0]),
];

const MEASURES: [&str; 3] = ["wall time", "CPU time", "memory"];

/// Returns the table and the list of goals.
pub(crate) fn of_jobs(measured: &[Measured], contestants: &[Contestant; 2]) -> (String, String) {
    let mut table =
        "| job | command | wall, ms | CPU, ms | memory, MB | ratio of wall | of CPU | of memory |\n\
                     |---|---|--:|--:|--:|--:|--:|--:|\n"
            .to_owned();
    let mut goals = String::new();
    for Measured { job, costs: [ours, theirs] } in measured {
        let ratios = ratios(ours, theirs);
        for (contestant, cost) in contestants.iter().zip([ours, theirs]) {
            let Cost { wall_ms, cpu_ms, memory_mb, .. } = cost;
            let own = if contestant.is_octoseal() { ratios } else { [1.0; 3] };
            let [wall, cpu, memory] = own.map(|ratio| format!("{ratio:.2}"));
            let (title, name) = (title(*job), contestant.name);
            writeln!(
                table,
                "| {title} | {name} | {wall_ms:.1} | {cpu_ms:.1} | {memory_mb:.1} | {wall} | {cpu} | {memory} |"
            )
            .ok();
        }
        let wanted = GOALS.iter().filter(|(of, _)| of == job).flat_map(|(_, goals)| goals);
        for ((goal, ratio), measure) in wanted.zip(ratios).zip(MEASURES).filter(|((goal, _), _)| **goal > 0.0)
        {
            let verdict = if ratio <= *goal { "reached" } else { "MISSED" };
            writeln!(goals, "* {}, {measure}: at most {goal} of gh; {ratio:.3}, {verdict}", title(*job)).ok();
        }
    }
    (table, goals)
}

fn ratios(ours: &Cost, theirs: &Cost) -> [f64; 3] {
    [ours.wall_ms / theirs.wall_ms, ours.cpu_ms / theirs.cpu_ms, ours.memory_mb / theirs.memory_mb]
}

fn title(job: Job) -> String {
    match job {
        Job::Start => "start (`--version`)".to_owned(),
        Job::One => "one secret".to_owned(),
        Job::Many(count) => format!("{count} secrets of an `.env`"),
        Job::Organization(count) => format!("{count} secrets of an organization"),
        Job::Repositories => format!("one secret into {REPOSITORIES} repositories"),
    }
}

//! The minimum time of a job under the limits of a world, by arithmetic alone.

use crate::github::World;
use crate::job::Job;
use octoseal::Profile;

/// Returns the bound in seconds. Each limit alone gives a bound if answers take no time, and the greatest
/// counts.
pub(crate) fn seconds(job: Job, world: World) -> f64 {
    within(job, world, None)
}

/// As [`seconds`], for a profile that allows fewer writes than the world.
pub(crate) fn seconds_of(profile: Profile, job: Job, world: World) -> f64 {
    let pace = match profile {
        Profile::Slow => Some(Pace { writes: 1.0, span: 1.0 }),
        Profile::Normal => Some(Pace { writes: 75.0, span: 61.0 }),
        _ => None,
    };
    within(job, world, pace)
}

/// At most this number of writes within any span of this length in seconds.
struct Pace {
    writes: f64,
    span: f64,
}

fn within(job: Job, world: World, pace: Option<Pace>) -> f64 {
    let reads = f64::from(job.repositories);
    let writes = f64::from(job.secrets());
    let paced = |writes: f64| pace.as_ref().map_or(0.0, |pace| parts(writes, pace.writes) * pace.span);
    let points = minutes(reads + 5.0 * writes, world.points);
    let content = match world.content {
        true => {
            let hours = parts(writes, 500.0);
            let last = writes - hours * 500.0;
            hours * 3_600.0 + minutes(last, 80.0).max(paced(last))
        }
        false => 0.0,
    };
    // The requests of the last hour are reads and writes in the job's ratio.
    let requests = f64::from(job.requests());
    let hours = parts(requests, world.primary);
    let last = (requests - hours * world.primary) / requests;
    let last_points = last * (reads + 5.0 * writes);
    let primary = hours * 3_600.0 + minutes(last_points, world.points).max(paced(last * writes));
    points.max(content).max(primary).max(paced(writes))
}

/// Returns the number of whole spans before the last one begins.
fn parts(amount: f64, per_span: f64) -> f64 {
    (amount / per_span).ceil() - 1.0
}

fn minutes(amount: f64, per_minute: f64) -> f64 {
    parts(amount, per_minute) * 60.0
}

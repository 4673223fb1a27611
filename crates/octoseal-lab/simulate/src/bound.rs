//! The minimum time of a job under the limits of a world, by arithmetic alone.

use crate::github::World;
use crate::job::Job;

/// Returns the bound in seconds. Each limit alone gives a bound if answers take no time, and the greatest
/// counts.
pub(crate) fn seconds(job: Job, world: World) -> f64 {
    let reads = f64::from(job.repositories);
    let writes = f64::from(job.secrets());
    let points = minutes(reads + 5.0 * writes, world.points);
    let content = match world.content {
        true => {
            let hours = parts(writes, 500.0);
            hours * 3_600.0 + minutes(writes - hours * 500.0, 80.0)
        }
        false => 0.0,
    };
    // The requests of the last hour are reads and writes in the job's ratio.
    let requests = f64::from(job.requests());
    let hours = parts(requests, world.primary);
    let last = requests - hours * world.primary;
    let last_points = last * (reads + 5.0 * writes) / requests;
    let primary = hours * 3_600.0 + minutes(last_points, world.points);
    points.max(content).max(primary)
}

/// Returns the number of whole spans before the last one begins.
fn parts(amount: f64, per_span: f64) -> f64 {
    (amount / per_span).ceil() - 1.0
}

fn minutes(amount: f64, per_minute: f64) -> f64 {
    parts(amount, per_minute) * 60.0
}

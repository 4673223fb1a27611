//! The least time that a job can take under the limits of a world, by arithmetic alone.

use crate::github::World;
use crate::job::Job;

/// In seconds. Each limit alone gives a bound, answers taken to come at once; the greatest of them counts.
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
    // The last hour's requests are reads and writes in the job's own mixture.
    let requests = f64::from(job.requests());
    let hours = parts(requests, world.primary);
    let last = requests - hours * world.primary;
    let last_points = last * (reads + 5.0 * writes) / requests;
    let primary = hours * 3_600.0 + minutes(last_points, world.points);
    points.max(content).max(primary)
}

/// The whole spans that pass before the last one begins.
fn parts(amount: f64, per_span: f64) -> f64 {
    (amount / per_span).ceil() - 1.0
}

fn minutes(amount: f64, per_minute: f64) -> f64 {
    parts(amount, per_minute) * 60.0
}

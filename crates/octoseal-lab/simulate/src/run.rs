//! One simulation: a job, a GitHub, a policy, and the outcome.

use crate::bound;
use crate::github::{GitHub, World};
use crate::job::Job;
use crate::policy::Policy;
use octoseal::{Family, Repository, SecretName, SecretValue};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

pub(crate) struct Outcome {
    pub(crate) job: Job,
    pub(crate) world: World,
    pub(crate) policy: Policy,
    pub(crate) seconds: f64,
    pub(crate) rejected: u64,
    /// The number of secrets that GitHub stored.
    pub(crate) written: u32,
    pub(crate) finished: bool,
}

impl Outcome {
    /// Returns the ratio to the bound, or `None` if the bound is zero.
    pub(crate) fn ratio(&self) -> Option<f64> {
        let bound = bound::seconds(self.job, self.world);
        (bound > 0.0).then(|| self.seconds / bound)
    }

    /// Returns the ratio to the shortest time that our profile allows, which may be longer than the bound of GitHub.
    /// `None` if the policy is not ours.
    pub(crate) fn own_ratio(&self) -> Option<f64> {
        let Policy::Ours(profile) = self.policy else { return None };
        // The bound is zero only for the smallest job, for which no ratio is reported.
        Some(self.seconds / bound::seconds_of(profile, self.job, self.world))
    }
}

pub(crate) fn run(job: Job, world: World, policy: Policy) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.expect("a runtime without sockets needs nothing");
    runtime.block_on(async {
        let github = GitHub::new(world);
        let client = policy.client(github.clone()).expect("the settings are good");
        let start = Instant::now();
        let written = Arc::new(AtomicU32::new(0));
        // Far more than any job needs that ends at all.
        let max_time = Duration::from_secs_f64(3.0 * bound::seconds(job, world) + 6.0 * 3_600.0);
        let ended = timeout(max_time, write_all(job, policy.workers(), client, Arc::clone(&written))).await;
        let written = written.load(Ordering::Relaxed);
        Outcome {
            job,
            world,
            policy,
            seconds: start.elapsed().as_secs_f64(),
            rejected: github.rejected(),
            written,
            finished: ended.is_ok() && written == job.secrets(),
        }
    })
}

/// Writes repository by repository, with `workers` concurrent writes.
async fn write_all(job: Job, workers: usize, client: octoseal::GitHub, written: Arc<AtomicU32>) {
    let next = Arc::new(AtomicU32::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..workers {
        let (client, next, written) = (client.clone(), Arc::clone(&next), Arc::clone(&written));
        tasks.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= job.secrets() {
                    return;
                }
                match write(job, &client, number).await {
                    Ok(()) => written.fetch_add(1, Ordering::Relaxed),
                    Err(error) => {
                        eprintln!("{error}");
                        return;
                    }
                };
            }
        });
    }
    tasks.join_all().await;
}

async fn write(job: Job, client: &octoseal::GitHub, number: u32) -> Result<(), octoseal::Error> {
    let repository = Repository::new("octo", &format!("r{}", number / job.secrets_each))?;
    let name = SecretName::new(&format!("S{}", number % job.secrets_each))?;
    let value = SecretValue::from(format!("value {number}"));
    client.secrets(repository.store(Family::Actions)).put(&name, &value, ()).await?;
    Ok(())
}

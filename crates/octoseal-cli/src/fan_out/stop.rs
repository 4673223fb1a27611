//! Ends the work on many targets when the remaining jobs are known to fail.

use crate::output::{ExitCode, Failure};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The number of targets without an answer after which no other is tried, if the server has answered none.
const SILENT: usize = 2;
const UNAUTHORIZED: u16 = 401;

/// What the jobs of one call have learned about the server.
#[derive(Default)]
pub(super) struct Stop {
    /// Held by each job until the server has answered one.
    alone: tokio::sync::Mutex<()>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    has_answered: bool,
    has_refused_the_token: bool,
    silent: usize,
}

impl Stop {
    /// Runs a job, unless it is known to fail.
    pub(super) async fn unless<R>(
        &self,
        job: impl Future<Output = Result<R, Failure>>,
    ) -> Result<R, Failure> {
        let alone = self.alone.lock().await;
        let alone = (!self.seen().has_answered).then_some(alone);
        if let Some(failure) = self.seen().failure() {
            return Err(failure);
        }
        let result = job.await;
        self.seen().learn(&result);
        drop(alone);
        result
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn learn<R>(&mut self, result: &Result<R, Failure>) {
        match result {
            Err(failure) if failure.context.status == Some(UNAUTHORIZED) => self.has_refused_the_token = true,
            Err(failure) if failure.code == ExitCode::NoAnswer => self.silent += 1,
            Err(failure) if failure.code == ExitCode::UnknownOutcome => {}
            _ => self.has_answered = true,
        }
    }

    /// Returns why another job would fail.
    fn failure(&self) -> Option<Failure> {
        if self.has_refused_the_token {
            let message = "not tried, since GitHub refused the token before";
            let mut failure = Failure::new(ExitCode::NotAllowed, message);
            failure.context.status = Some(UNAUTHORIZED);
            return Some(failure);
        }
        let is_silent = !self.has_answered && self.silent >= SILENT;
        is_silent
            .then(|| Failure::new(ExitCode::NoAnswer, "not tried, since the server did not answer before"))
    }
}

#[cfg(test)]
mod tests {
    use crate::fan_out::{AT_A_TIME, each};
    use crate::output::{ExitCode, Failure};
    use futures_util::stream::StreamExt as _;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Runs 200 jobs. Returns how many started, and how many failed.
    async fn run(result: impl Fn(usize) -> Result<(), Failure>) -> (usize, usize) {
        let targets: Vec<usize> = (0..200).collect();
        let (started, result) = (&AtomicUsize::new(0), &result);
        let job = |target: &usize| {
            let target = *target;
            async move {
                started.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                result(target)
            }
        };
        let results: Vec<_> = each(&targets, job).collect().await;
        assert!(results.iter().map(|(target, _)| *target).eq(&targets));
        let failed = results.iter().filter(|(_, result)| result.is_err()).count();
        (started.load(Ordering::Relaxed), failed)
    }

    fn refused() -> Failure {
        let mut failure = Failure::new(ExitCode::NotAllowed, "words");
        failure.context.status = Some(401);
        failure
    }

    fn silent() -> Failure {
        Failure::new(ExitCode::NoAnswer, "words")
    }

    #[tokio::test]
    async fn after_a_refused_token_no_job_starts() {
        assert_eq!(run(|_| Err(refused())).await, (1, 200));
        let (started, failed) = run(|target| if target == 50 { Err(refused()) } else { Ok(()) }).await;
        assert!((51..=50 + AT_A_TIME).contains(&started) && failed + started > 200, "{started}, {failed}");
    }

    #[tokio::test]
    async fn a_server_that_never_answers_is_asked_twice() {
        assert_eq!(run(|_| Err(silent())).await, (2, 200));
    }

    #[tokio::test]
    async fn targets_without_an_answer_end_nothing_where_another_has_one() {
        let result = |target| if target == 1 { Ok(()) } else { Err(silent()) };
        assert_eq!(run(result).await, (200, 199));
        let not_found = || Failure::new(ExitCode::NotFound, "words");
        assert_eq!(run(|target| Err(if target == 0 { not_found() } else { silent() })).await, (200, 200));
    }

    #[tokio::test]
    async fn targets_that_fail_otherwise_end_nothing() {
        let unknown = || Failure::new(ExitCode::UnknownOutcome, "words");
        assert_eq!(run(|_| Err(unknown())).await, (200, 200));
    }
}

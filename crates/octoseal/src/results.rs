//! The results of many writes, which continue between two results.

use crate::error::Error;
use crate::stop::{Scope, Stop};
use futures_util::stream::{self, StreamExt as _};
use octoseal_model::Written;
use std::fmt;
use std::future::poll_fn;
use std::panic::resume_unwind;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::sync::mpsc::{Receiver, channel};
use tokio::task::JoinSet;
use tracing::Instrument as _;

/// The results of many writes, each as its write ends. `K` is a name or a store.
///
/// The first call of [`next`](Self::next) starts the writes, in a task of the current tokio runtime. From
/// then on they continue by themselves, so a caller may do anything between two results, even with the same
/// client. Results wait until they are taken.
///
/// If it is dropped, no further write starts. The writes in flight are stopped, and their outcomes are
/// unknown, as for any dropped future.
#[must_use = "nothing is written until the first result is asked for"]
pub struct Results<K> {
    /// The writes, until they are started.
    writes: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    /// It has room for all results, so that no write waits for the caller.
    receiver: Receiver<Outcome<K>>,
    /// The task, which is stopped when this is dropped.
    task: JoinSet<()>,
    remaining: usize,
    stop: Arc<Stop>,
}

/// The position among the targets, the target, and the result.
pub(crate) type Outcome<K> = (usize, K, Result<Written, Error>);

impl<K: Send + 'static> Results<K> {
    /// Creates the results of `count` writes, which `stop` can stop.
    pub(crate) fn new(
        count: usize,
        stop: Arc<Stop>,
        writes: impl stream::Stream<Item = Outcome<K>> + Send + 'static,
    ) -> Self {
        let (sender, receiver) = channel(count.max(1));
        let writes = async move {
            let mut writes = pin!(writes);
            while let Some(outcome) = writes.next().await {
                // This fails only if the results were dropped.
                if sender.try_send(outcome).is_err() {
                    return;
                }
            }
        };
        Self { writes: Some(Box::pin(writes)), receiver, task: JoinSet::new(), remaining: count, stop }
    }

    /// Returns the next result, in the order in which the writes end, or `None` after the last one.
    ///
    /// If the future is dropped before it is done, no result is lost.
    ///
    /// # Panics
    ///
    /// If a write panics, for example in a custom transport. If the runtime of the first call is shut down
    /// before the last write has ended. If called outside of a tokio runtime.
    pub async fn next(&mut self) -> Option<(K, Result<Written, Error>)> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<(K, Result<Written, Error>)>> {
        if let Some(writes) = self.writes.take() {
            self.task.spawn(writes.in_current_span());
        }
        match ready!(self.receiver.poll_recv(context)) {
            Some((_, target, result)) => {
                self.remaining -= 1;
                Poll::Ready(Some((target, result)))
            }
            None if self.remaining == 0 => Poll::Ready(None),
            None => self.poll_failure(context),
        }
    }

    /// Returns the reason why the task ended early.
    fn poll_failure(&mut self, context: &mut Context<'_>) -> Poll<Option<(K, Result<Written, Error>)>> {
        match ready!(self.task.poll_join_next(context)) {
            Some(Err(error)) => resume_unwind(match error.try_into_panic() {
                Ok(panic) => panic,
                Err(cancelled) => Box::new(cancelled.to_string()),
            }),
            _ => Poll::Ready(None),
        }
    }

    /// Returns all results, in the order of the targets. The writes run in this future, without a task.
    pub(crate) async fn all(mut self) -> Vec<(K, Result<Written, Error>)> {
        if let Some(writes) = self.writes.take() {
            writes.await;
        }
        let mut all = Vec::with_capacity(self.remaining);
        while let Some(outcome) = self.receiver.recv().await {
            all.push(outcome);
        }
        all.sort_unstable_by_key(|(position, ..)| *position);
        all.into_iter().map(|(_, target, result)| (target, result)).collect()
    }
}

impl<K> Results<K> {
    /// Returns the number of results that were not taken yet.
    pub fn remaining(&self) -> usize {
        self.remaining
    }

    /// Starts no further write. Writes in flight end as usual. All others end as [`Error::NotTried`] with the
    /// cause [`Error::Stopped`].
    pub fn stop(&self) {
        self.stop.set(Scope::All, Arc::new(Error::Stopped));
    }
}

#[cfg(feature = "stream")]
impl<K: Send + 'static> futures_core::Stream for Results<K> {
    type Item = (K, Result<Written, Error>);

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.remaining, Some(self.remaining))
    }
}

impl<K> fmt::Debug for Results<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Results").field("remaining", &self.remaining).finish_non_exhaustive()
    }
}

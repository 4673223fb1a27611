//! The writes of one call: checked before the first is sent, and performed with limited concurrency.

use crate::error::Error;
use crate::results::{Outcome, Results};
use crate::stop::{Scope, Stop};
use futures_util::stream::{self, Stream, StreamExt as _};
use octoseal_model::Written;
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

/// The targets of a call, each with the data of its write, or with the reason why it cannot be written. A call can have
/// thousands of targets, so the rare reasons are boxed.
pub(crate) type Checked<K, V> = Vec<(K, Result<V, Box<Error>>)>;

/// Checks all targets and finds those that cannot be written. The error of a duplicate target is `repeated`.
pub(crate) fn checked<K: Clone + Eq + Hash, V>(
    targets: impl IntoIterator<Item = (K, V)>,
    repeated: &Error,
    check: impl Fn(&K, &V) -> Result<(), Error>,
) -> Checked<K, V> {
    let mut seen = HashSet::new();
    let check = |(target, value): (K, V)| {
        let checked = match seen.insert(target.clone()) {
            true => check(&target, &value).map(|()| value).map_err(Box::new),
            false => Err(Box::new(repeated.clone())),
        };
        (target, checked)
    };
    targets.into_iter().map(check).collect()
}

/// Performs the writes, at most `at_a_time` at a time.
pub(crate) fn perform<K, V, W>(
    targets: Checked<K, V>,
    at_a_time: usize,
    stop: Arc<Stop>,
    write: impl Fn(&K, V) -> (Scope, W),
) -> impl Stream<Item = Outcome<K>>
where
    W: Future<Output = Result<Written, Error>>,
{
    let writes = targets.into_iter().enumerate().map(move |(position, (target, checked))| {
        let (stop, write) = (Arc::clone(&stop), checked.map(|value| write(&target, value)));
        async move {
            let result = match write {
                Ok((scope, write)) => stop.unless(scope, write).await,
                Err(error) => Err(*error),
            };
            (position, target, result)
        }
    });
    stream::iter(writes).buffer_unordered(at_a_time)
}

/// The results of writes that [`perform`] makes.
pub(crate) fn results<K, V, W>(
    targets: Checked<K, V>,
    at_a_time: usize,
    write: impl Fn(&K, V) -> (Scope, W) + Send + 'static,
) -> Results<K>
where
    K: Send + 'static,
    V: Send + 'static,
    W: Future<Output = Result<Written, Error>> + Send + 'static,
{
    let stop = Arc::new(Stop::default());
    Results::new(targets.len(), Arc::clone(&stop), perform(targets, at_a_time, stop, write))
}

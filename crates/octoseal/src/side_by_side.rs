//! Runs many futures side by side in one task, a few at a time, without a runtime of its own.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs a future for each item, at most `most` at a time, and gives the results in the order of the items.
///
/// An item is taken only when there is room for it. All futures are dropped with this one.
pub(crate) async fn side_by_side<I, F>(
    items: impl IntoIterator<Item = I>,
    most: usize,
    mut start: impl FnMut(I) -> F,
) -> Vec<F::Output>
where
    F: Future,
{
    let mut futures = items.into_iter().map(|item| Box::pin(start(item))).fuse();
    let mut results = Vec::new();
    let mut under_way: Vec<(usize, Pin<Box<F>>)> = Vec::new();
    poll_fn(|context| {
        loop {
            while under_way.len() < most.max(1) {
                let Some(future) = futures.next() else { break };
                under_way.push((results.len(), future));
                results.push(None);
            }
            // Whoever is done makes room for those that follow; they must be polled before we may wait.
            if !poll_all(&mut under_way, &mut results, context) {
                return if under_way.is_empty() { Poll::Ready(()) } else { Poll::Pending };
            }
        }
    })
    .await;
    results.into_iter().map(|result| result.expect("every future was polled until it was done")).collect()
}

/// Whether one of them is done.
fn poll_all<F: Future>(
    under_way: &mut Vec<(usize, Pin<Box<F>>)>,
    results: &mut [Option<F::Output>],
    context: &mut Context<'_>,
) -> bool {
    let before = under_way.len();
    under_way.retain_mut(|(position, future)| match future.as_mut().poll(context) {
        Poll::Ready(result) => {
            results[*position] = Some(result);
            false
        }
        Poll::Pending => true,
    });
    under_way.len() < before
}

#[cfg(test)]
mod tests {
    use super::side_by_side;
    use std::cell::Cell;
    use std::time::Duration;
    use tokio::time::{Instant, sleep};

    #[tokio::test(start_paused = true)]
    async fn no_more_than_so_many_run_and_the_order_stays() {
        let (running, highest, taken) = (Cell::new(0), Cell::new(0), Cell::new(0));
        let items = (0..10_u64).inspect(|_| taken.set(taken.get() + 1));
        let started = Instant::now();
        let results = side_by_side(items, 3, |number| {
            let (running, highest, taken) = (&running, &highest, &taken);
            async move {
                running.set(running.get() + 1);
                highest.set(highest.get().max(running.get()));
                assert!(taken.get() <= number + 3, "items are taken when there is room for them");
                sleep(Duration::from_secs(10 - number)).await;
                running.set(running.get() - 1);
                number
            }
        });
        assert_eq!(results.await, (0..10).collect::<Vec<_>>());
        assert_eq!((highest.get(), started.elapsed().as_secs()), (3, 19));
    }

    #[tokio::test]
    async fn nothing_to_do_is_done_at_once_and_none_at_a_time_is_one() {
        assert!(side_by_side(Vec::<u8>::new(), 3, |_| async {}).await.is_empty());
        assert_eq!(side_by_side([1, 2], 0, |number| async move { number }).await, [1, 2]);
    }
}

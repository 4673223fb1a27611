//! Timeouts for slow peers in real time, since tokio's paused time advances whenever all tasks wait.

use hyper::rt::{Sleep, Timer};
use std::future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::time;

/// Waits until this moment of real time. Never returns if tokio's clock was advanced past it.
pub(crate) async fn until(deadline: Instant) {
    time::sleep(deadline.saturating_duration_since(Instant::now())).await;
    if Instant::now() < deadline {
        future::pending::<()>().await; // paused time would advance without end if this waited again
    }
}

/// A timer for hyper, made of [`until`].
#[derive(Clone, Copy)]
pub(crate) struct RealTime;

struct Until(Pin<Box<dyn Future<Output = ()> + Send + Sync>>);

impl Timer for RealTime {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(Instant::now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(Until(Box::pin(until(deadline))))
    }
}

impl Future for Until {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll(context)
    }
}

impl Sleep for Until {}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_deadline_never_passes_early() {
        let deadline = Instant::now() + Duration::from_millis(20);
        RealTime.sleep_until(deadline).await;
        assert!(Instant::now() >= deadline);
    }

    #[tokio::test(start_paused = true)]
    async fn paused_time_never_reaches_a_deadline() {
        let waiting = time::timeout(Duration::from_secs(3_600), RealTime.sleep(Duration::from_secs(30)));
        let start = Instant::now();
        assert!(waiting.await.is_err());
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}

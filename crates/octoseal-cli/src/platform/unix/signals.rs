//! The signals that ask the command to end.

use crate::platform::Signal;
use std::future::poll_fn;
use std::io;
use std::task::Poll;
use tokio::signal::unix::{self, SignalKind};

/// Listens for the signals that ask the command to end.
pub(crate) struct Signals([(unix::Signal, Signal); 3]);

impl Signals {
    /// From here on these signals no longer end the process by themselves.
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self([
            (unix::signal(SignalKind::interrupt())?, Signal::Interrupt),
            (unix::signal(SignalKind::terminate())?, Signal::Terminate),
            (unix::signal(SignalKind::hangup())?, Signal::HangUp),
        ]))
    }

    /// Waits for the next signal.
    pub(crate) async fn next(&mut self) -> Signal {
        poll_fn(|context| {
            for (stream, signal) in &mut self.0 {
                if stream.poll_recv(context).is_ready() {
                    return Poll::Ready(*signal);
                }
            }
            Poll::Pending
        })
        .await
    }
}

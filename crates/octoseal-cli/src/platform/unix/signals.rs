//! Signals that ask the command to end.

use crate::platform::Signal;
use std::future::poll_fn;
use std::io;
use std::task::Poll;
use tokio::signal::unix::{self, SignalKind};

/// Listens for the signals that ask the command to end.
pub(crate) struct Signals(Vec<(unix::Signal, Signal)>);

impl Signals {
    /// Handles these signals from now on. Signals that were ignored at the start, as by `nohup`, stay
    /// ignored.
    pub(crate) fn listen() -> io::Result<Self> {
        // With a handler, a file that exceeds its size limit is an error of the write, and does not end the process.
        drop(unix::signal(SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw()))?);
        let ignored = ignored();
        let kinds = [
            (SignalKind::interrupt(), Signal::Interrupt),
            (SignalKind::terminate(), Signal::Terminate),
            (SignalKind::hangup(), Signal::HangUp),
        ];
        // Without a handler they would end the process and leave the terminal hidden.
        let others = [
            (SignalKind::quit(), "SIGQUIT"),
            (SignalKind::alarm(), "SIGALRM"),
            (SignalKind::user_defined1(), "SIGUSR1"),
            (SignalKind::user_defined2(), "SIGUSR2"),
        ];
        let others = others.map(|(kind, name)| (kind, Signal::Other(name, kind.as_raw_value() as u8)));
        let heard =
            kinds.into_iter().chain(others).filter(|(kind, _)| ignored >> (kind.as_raw_value() - 1) & 1 == 0);
        heard.map(|(kind, signal)| Ok((unix::signal(kind)?, signal))).collect::<io::Result<_>>().map(Self)
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

/// Returns the signals that the process ignores, one bit each, if the system reports them (proc(5),
/// `SigIgn`).
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

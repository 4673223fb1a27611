//! The pace that the options choose, and what is said while requests wait for it.

use super::pace_memory::Memory;
use crate::arguments::PaceOptions;
use crate::output::Output;
use octoseal::{GitHub, Pacing, Watch};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Shorter waits are over before they are read.
const SHORTEST_REPORTED: Duration = Duration::from_secs(1);

/// Returns the pace that the options choose.
pub(super) fn pacing(options: &PaceOptions) -> Pacing {
    let mut pacing = Pacing::from(options.profile.unwrap_or_default());
    if let Some(seconds) = options.max_wait {
        pacing.patience = Duration::from_secs(seconds);
    }
    pacing
}

/// Reports on standard error what the client waits for.
///
/// At each of these moments the memory is written, too: people end a command that waits, and the next run must know what
/// made it wait.
pub(super) fn report(github: &GitHub, output: Output, memory: Option<&Arc<Memory>>) {
    tokio::spawn(watch(github.pacer().watch(), output, memory.map(Arc::downgrade)));
}

async fn watch(mut watch: Watch, output: Output, memory: Option<Weak<Memory>>) {
    let mut reported = None;
    while let Some(snapshot) = watch.changed().await {
        let wait = snapshot.wait.filter(|wait| wait.length >= SHORTEST_REPORTED && reported != Some(*wait));
        if let Some(wait) = wait {
            output.wait(wait.length.as_secs_f64().ceil(), &wait.reason.to_string());
            reported = Some(wait);
            if let Some(memory) = memory.as_ref().and_then(Weak::upgrade) {
                memory.keep();
            }
        }
    }
}

//! The pace that the options choose, and what is said while requests wait for it.

use crate::arguments::PaceOptions;
use crate::output::Output;
use octoseal::{GitHub, Pacing, Watch};
use std::time::Duration;

/// Shorter waits are over before they are read.
const SHORTEST_REPORTED: Duration = Duration::from_secs(1);

/// Returns the pace that the options choose.
pub(super) fn pacing(options: &PaceOptions) -> Pacing {
    let mut pacing = Pacing::from(options.profile.unwrap_or_default());
    if let Some(seconds) = options.max_wait {
        pacing.max_wait = Duration::from_secs(seconds);
    }
    pacing
}

/// Reports on standard error what the client waits for.
pub(super) fn report(github: &GitHub, output: Output) {
    tokio::spawn(watch(github.pacer().watch(), output));
}

async fn watch(mut watch: Watch, output: Output) {
    let mut reported = None;
    while let Some(snapshot) = watch.changed().await {
        let wait = snapshot.wait.filter(|wait| wait.length >= SHORTEST_REPORTED && reported != Some(*wait));
        if let Some(wait) = wait {
            output.wait(wait.length.as_secs_f64().ceil(), &wait.reason.to_string());
            reported = Some(wait);
        }
    }
}

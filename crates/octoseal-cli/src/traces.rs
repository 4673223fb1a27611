//! What `-vv` prints: the requests with their waits and retries. Values, tokens and keys are in none of it.

use crate::arguments::{Global, LogFormat};
use crate::output::StandardError;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Prints from now on what octoseal's own crates trace, if the options ask for it.
pub(crate) fn start(global: &Global) {
    if global.verbose < 2 {
        return;
    }
    // Only our own: what other crates may trace one day is not ours to promise.
    let ours = Targets::new().with_target("octoseal", LevelFilter::DEBUG);
    let layer =
        tracing_subscriber::fmt::layer().with_writer(|| StandardError).with_span_events(FmtSpan::CLOSE);
    let layer = match global.log_format() {
        LogFormat::Text => layer.with_ansi(false).with_filter(ours).boxed(),
        LogFormat::Json => layer.json().flatten_event(true).with_span_list(false).with_filter(ours).boxed(),
    };
    tracing_subscriber::registry().with(layer).init();
}

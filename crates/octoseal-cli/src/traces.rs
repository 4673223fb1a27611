//! Traces of `-vv`: the requests with their waits and retries. They have no values, tokens or keys.

use crate::arguments::{Global, LogFormat};
use crate::output::StandardError;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Prints the traces of octoseal's own crates from now on, if the options request it.
pub(crate) fn start(global: &Global) {
    if global.verbose < 2 {
        return;
    }
    // Only octoseal's own crates: traces of other crates may leak secrets.
    let ours = Targets::new().with_target("octoseal", LevelFilter::DEBUG);
    let layer =
        tracing_subscriber::fmt::layer().with_writer(|| StandardError).with_span_events(FmtSpan::CLOSE);
    let layer = match global.log_format() {
        LogFormat::Text => layer.with_ansi(false).with_filter(ours).boxed(),
        LogFormat::Json => layer.json().flatten_event(true).with_span_list(false).with_filter(ours).boxed(),
    };
    tracing_subscriber::registry().with(layer).init();
}

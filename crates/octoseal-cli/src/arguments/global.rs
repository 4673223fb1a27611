//! Options that every verb takes.

use crate::output::Output;
use clap::{ArgAction, Args, ValueEnum};
use octoseal::Profile;
use std::path::PathBuf;

#[derive(Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Root of GitHub's API, or a host such as github.example.com
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) api_url: Option<String>,
    /// Also trust the certificate authorities in this PEM file
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Print JSON Lines (docs/json.md lists the fields)
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Print results, warnings and errors only, no notes and no progress
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Print all causes of an error; given twice, also each request, retry and wait
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// How -vv prints requests: text or json [default: json with --json]
    #[arg(long, global = true, value_name = "FORM", hide_possible_values = true)]
    log_format: Option<LogFormat>,
    #[command(flatten)]
    pub(crate) pace: PaceOptions,
}

/// The format of events.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LogFormat {
    Text,
    Json,
}

#[derive(Args, Default)]
pub(crate) struct PaceOptions {
    /// How fast: slow (one write a second), normal (75 writes a minute), fast (GitHub's 900 points a minute), unlimited (for
    /// an Enterprise Server without limits), auto (as the server's headers say) [default: normal]
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<Profile>,
    /// How many requests may be in flight at a time, 1 to 100 [default: 8]
    #[arg(long, global = true, value_name = "N", value_parser = in_flight)]
    pub(crate) in_flight: Option<usize>,
    /// Wait at most this long for a rate limit (exit code 7) [default: 3900]
    #[arg(long, alias = "patience", global = true, value_name = "SECONDS", allow_negative_numbers = true, value_parser = seconds)]
    pub(crate) max_wait: Option<u64>,
    /// Give up on an attempt without an answer after this long [default: 30]
    #[arg(long, global = true, value_name = "SECONDS", allow_negative_numbers = true, value_parser = some_seconds)]
    pub(crate) timeout: Option<u64>,
    /// How often a failed request is tried again [default: 4]
    #[arg(long, global = true, value_name = "N", allow_negative_numbers = true, value_parser = times)]
    pub(crate) retries: Option<u32>,
    /// End the whole run after this long
    #[arg(long, global = true, value_name = "SECONDS", allow_negative_numbers = true, value_parser = some_seconds)]
    pub(crate) deadline: Option<u64>,
}

impl Global {
    /// Returns the output settings.
    pub(crate) fn output(&self) -> Output {
        Output { json: self.json, quiet: self.quiet, verbose: self.verbose > 0 }
    }

    /// Returns the format of request traces.
    pub(crate) fn log_format(&self) -> LogFormat {
        let default = if self.json { LogFormat::Json } else { LogFormat::Text };
        self.log_format.unwrap_or(default)
    }
}

fn times(text: &str) -> Result<u32, &'static str> {
    text.parse().map_err(|_| "give a whole number, 0 or more")
}

fn in_flight(text: &str) -> Result<usize, &'static str> {
    let number = text.parse().ok().filter(|number| (1..=100).contains(number));
    number.ok_or("give a number from 1 to 100, GitHub's limit")
}

fn some_seconds(text: &str) -> Result<u64, &'static str> {
    text.parse().ok().filter(|seconds| *seconds > 0).ok_or("give a whole number of seconds, 1 or more")
}

fn seconds(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "give a whole number of seconds, 0 or more")
}

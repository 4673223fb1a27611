//! The selection from a text of many values.

use clap::Args;
use octoseal_fleet::inputs::{Format, Pattern, Pointer, Rename};

/// The options of [`InputOptions`].
pub(super) const INPUT_OPTIONS: [&str; 7] =
    ["format", "at", "only", "except", "prefix", "rename", "stringify"];

/// The selection from the input, with names.
#[derive(Args, Clone)]
#[command(next_help_heading = "Input")]
pub(crate) struct InputOptions {
    /// dotenv, json, toml or yaml [default: from the file's name, else dotenv]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Take the table at this JSON Pointer, such as /data/data
    #[arg(long, value_name = "POINTER")]
    pub(crate) at: Option<Pointer>,
    /// Take only keys that match this pattern; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub(crate) only: Vec<Pattern>,
    /// Leave out keys that match this pattern; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub(crate) except: Vec<Pattern>,
    /// Put this before each name
    #[arg(long, value_name = "PREFIX", default_value = "", hide_default_value = true)]
    pub(crate) prefix: String,
    /// Give a key another name; may be given several times
    #[arg(long, value_name = "OLD=NEW")]
    pub(crate) rename: Vec<Rename>,
    /// Take numbers and booleans as text
    #[arg(long)]
    pub(crate) stringify: bool,
}

//! The arguments of `import`.

use super::places::{Consent, MoreStores, with_stores};
use super::put::AccessOptions;
use clap::Args;
use octoseal_fleet::inputs::{Format, Pattern, Pointer, Rename};

#[derive(Args)]
#[command(override_usage = "octoseal import SOURCE STORE... [OPTIONS]
       octoseal import STORE... [OPTIONS] -- PROGRAM [ARGUMENT]...")]
#[command(after_help = with_stores("Examples:
  octoseal import .env acme/api
  octoseal import secrets.json acme/{api,web} --at /production --only 'DB_*'
  sops -d secrets.yaml | octoseal import - acme/api --format yaml
  octoseal import --format json --at /data/data acme/api -- vault kv get -format=json ci/npm"))]
pub(crate) struct Import {
    /// A file, or - for standard input, and then stores; with -- PROGRAM only stores
    #[arg(value_name = "SOURCE STORE", required = true)]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) more: MoreStores,
    #[command(flatten)]
    pub(crate) input: InputOptions,
    #[command(flatten)]
    pub(crate) access: AccessOptions,
    #[command(flatten)]
    pub(crate) consent: Consent,
    /// How many stores may be written without a question
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = "Safety")]
    pub(crate) max_stores: usize,
    /// Read the values from the output of a program, run without a shell
    #[arg(last = true, value_name = "PROGRAM")]
    pub(crate) program: Vec<String>,
}

/// What to take from the input, and under which names.
#[derive(Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct InputOptions {
    /// dotenv, json, toml or yaml; the default is what the file's name says, else dotenv
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Take the table at this place of a nested document, a JSON Pointer such as /data/data
    #[arg(long, value_name = "POINTER")]
    pub(crate) at: Option<Pointer>,
    /// Take only keys that match this pattern; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub(crate) only: Vec<Pattern>,
    /// Leave out keys that match this pattern; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub(crate) except: Vec<Pattern>,
    /// Put this before each name
    #[arg(long, value_name = "PREFIX", default_value = "")]
    pub(crate) prefix: String,
    /// Give a key another name; may be given several times
    #[arg(long, value_name = "OLD=NEW")]
    pub(crate) rename: Vec<Rename>,
    /// Take numbers and booleans as text
    #[arg(long)]
    pub(crate) stringify: bool,
    /// Allow empty values
    #[arg(long)]
    pub(crate) allow_empty: bool,
    /// Allow values that are encrypted or placeholders
    #[arg(long)]
    pub(crate) allow_encrypted: bool,
}

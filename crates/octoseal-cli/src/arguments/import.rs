//! The arguments of `import`.

use super::input::{INPUT_OPTIONS, InputOptions};
use super::places::{Consent, MoreStores, with_stores};
use super::put::AccessOptions;
use super::value_source::Allow;
use clap::Args;
use octoseal_fleet::inputs::Pattern;
use std::path::PathBuf;

/// The other options that name the values and their stores.
const SOURCE: [&str; 11] = [
    "words",
    "create_environments",
    "as_variables",
    "program",
    "stores_from",
    "property",
    "topic",
    "repo_visibility",
    "include",
    "empty",
    "encrypted",
];

#[derive(Args)]
#[command(override_usage = "octoseal import SOURCE STORE... [OPTIONS]
       octoseal import STORE... [OPTIONS] -- PROGRAM [ARGUMENT]...
       octoseal import --sealed FILE [OPTIONS]")]
#[command(after_help = with_stores("Examples:
  octoseal import .env acme/api
  octoseal import secrets.json acme/{api,web} --at /production --only 'DB_*'
  sops -d secrets.yaml | octoseal import - acme/api --format yaml
  octoseal import acme/api --format json --at /data/data -- \\
    vault kv get -format=json ci/npm
  octoseal import .env acme/api --as-variables 'LOG_*,REGION'
  octoseal import --sealed sealed.jsonl"))]
pub(crate) struct Import {
    /// A file, or - for standard input, and then stores; with -- PROGRAM only stores
    #[arg(value_name = "SOURCE STORE", required_unless_present = "sealed")]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) more: MoreStores,
    #[command(flatten)]
    pub(crate) input: InputOptions,
    /// Make variables, not secrets, of keys that match one of these patterns
    #[arg(long, value_name = "PATTERN", value_delimiter = ',', help_heading = "Input")]
    pub(crate) as_variables: Vec<Pattern>,
    #[command(flatten)]
    pub(crate) allow: Allow,
    /// Put the values of this file, which `octoseal seal --for` has sealed; - is standard input
    #[arg(long, value_name = "PATH", help_heading = "Input", conflicts_with_all = SOURCE, conflicts_with_all = INPUT_OPTIONS)]
    pub(crate) sealed: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) access: AccessOptions,
    #[command(flatten)]
    pub(crate) consent: Consent,
    /// Create environments that do not exist yet, without protection rules
    #[arg(long, help_heading = "Safety")]
    pub(crate) create_environments: bool,
    /// With --yes, how many stores may be written
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = "Safety")]
    pub(crate) max_stores: usize,
    /// Read the values from the output of a program, run without a shell
    #[arg(last = true, value_name = "PROGRAM")]
    pub(crate) program: Vec<String>,
}

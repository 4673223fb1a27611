//! The arguments of `list`.

use super::places::Stores;
use clap::{Args, ValueEnum};

#[derive(Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) stores: Stores,
    /// Print a table with a header: tsv (tabs) or csv (RFC 4180)
    #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
    pub(crate) format: Option<TableFormat>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum TableFormat {
    Tsv,
    Csv,
}

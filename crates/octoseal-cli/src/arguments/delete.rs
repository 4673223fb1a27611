//! The arguments of `delete`.

use super::places::{Consent, Secrets};
use clap::Args;

#[derive(Args)]
pub(crate) struct Delete {
    #[command(flatten)]
    pub(crate) words: Secrets,
    #[command(flatten)]
    pub(crate) consent: Consent,
    /// Delete only where it exists, and skip the other stores
    #[arg(long, help_heading = "Safety")]
    pub(crate) only_existing: bool,
    /// How many secrets may be deleted with --yes, or where there is no terminal to ask at
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Safety")]
    pub(crate) max_deletes: usize,
}

//! The arguments of `delete`.

use super::places::{Consent, Secrets};
use clap::Args;

#[derive(Args)]
#[command(after_help = "Example:
  octoseal delete OLD_TOKEN acme/api acme/api/dependabot")]
pub(crate) struct Delete {
    #[command(flatten)]
    pub(crate) secrets: Secrets,
    #[command(flatten)]
    pub(crate) consent: Consent,
    /// How many secrets may be deleted without a question
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Safety")]
    pub(crate) max_deletes: usize,
}

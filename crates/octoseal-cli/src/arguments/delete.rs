//! The arguments of `delete`.

use super::places::{Consent, Secrets, with_stores};
use clap::Args;

#[derive(Args)]
#[command(override_usage = "octoseal delete NAME... STORE... [OPTIONS]")]
#[command(after_help = with_stores("Examples:
  octoseal delete OLD_TOKEN acme/api
  octoseal delete OLD_TOKEN 'acme/*' --dry-run"))]
pub(crate) struct Delete {
    #[command(flatten)]
    pub(crate) secrets: Secrets,
    #[command(flatten)]
    pub(crate) consent: Consent,
    /// Delete only where the secret exists, and skip the other stores
    #[arg(long, help_heading = "Safety")]
    pub(crate) only_existing: bool,
    /// How many secrets may be deleted with --yes, or where there is no terminal to ask at
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Safety")]
    pub(crate) max_deletes: usize,
}

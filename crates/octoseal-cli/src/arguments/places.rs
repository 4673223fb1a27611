//! Names and stores, told apart by their shape: a store has a slash or is `.`, a name has no slash.

use clap::Args;
use std::path::PathBuf;

/// What a verb on stores is given.
#[derive(Args)]
pub(crate) struct Stores {
    /// OWNER/REPO, OWNER/REPO/dependabot, OWNER/REPO/environments/NAME, orgs/ORG/actions, user/codespaces, or . for this
    /// checkout
    ///
    /// OWNER/REPO means Actions. {a,b} stands for several words. A slash in an environment's name is written %2F, a
    /// percent sign %25.
    #[arg(value_name = "STORE", required_unless_present = "stores_from")]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) more: MoreStores,
}

/// What a verb on secrets is given: names and stores, in any order.
#[derive(Args)]
pub(crate) struct Secrets {
    /// Name of a secret (letters, digits, underscores), and stores: OWNER/REPO, OWNER/REPO/dependabot,
    /// OWNER/REPO/environments/NAME, orgs/ORG/actions, user/codespaces, or . for this checkout
    ///
    /// The order does not matter: a store has a slash or is a dot. OWNER/REPO means Actions. {a,b} stands for several
    /// words. A slash in an environment's name is written %2F, a percent sign %25.
    #[arg(value_name = "NAME STORE", required = true)]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) more: MoreStores,
}

#[derive(Args)]
pub(crate) struct MoreStores {
    /// Read more stores from a file, one a line; # begins a comment
    #[arg(long, value_name = "PATH")]
    pub(crate) stores_from: Option<PathBuf>,
}

/// Consent to a change of several stores.
#[derive(Args)]
#[command(next_help_heading = "Safety")]
pub(crate) struct Consent {
    /// Do not ask
    #[arg(long, short)]
    pub(crate) yes: bool,
    /// Show what would be done, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

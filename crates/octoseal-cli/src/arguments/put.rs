//! The arguments of `put`.

use super::places::{Consent, Secrets};
use super::value_source::ValueSource;
use clap::{Args, ValueEnum};
use octoseal::Repository;

#[derive(Args)]
#[command(after_help = "Examples:
  octoseal put NPM_TOKEN acme/api                       a hidden prompt
  octoseal put DEPLOY_KEY acme/api/environments/prod --from-file deploy.pem
  octoseal put NPM_TOKEN orgs/acme/actions --visibility private <token.txt
  octoseal put NPM_TOKEN acme/{api,web}/{actions,dependabot} --only-existing")]
pub(crate) struct Put {
    #[command(flatten)]
    pub(crate) secrets: Secrets,
    #[command(flatten)]
    pub(crate) access: AccessOptions,
    #[command(flatten)]
    pub(crate) source: ValueSource,
    #[command(flatten)]
    pub(crate) consent: Consent,
    /// Write only where the secret exists already
    #[arg(long, help_heading = "Safety")]
    pub(crate) only_existing: bool,
    /// How many stores may be written without a question
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = "Safety")]
    pub(crate) max_stores: usize,
}

/// Who has access. Without these options an existing secret keeps its access.
#[derive(Args)]
pub(crate) struct AccessOptions {
    /// Which of the organization's repositories have access
    #[arg(long, value_name = "WHICH")]
    pub(crate) visibility: Option<VisibilityWord>,
    #[command(flatten)]
    pub(crate) repositories: Repositories,
}

#[derive(Args)]
pub(crate) struct Repositories {
    /// A repository with access; may be given several times
    #[arg(long = "repository", value_name = "OWNER/REPO")]
    pub(crate) named: Vec<Repository>,
    /// No repository has access
    #[arg(long = "no-repositories", conflicts_with = "named")]
    pub(crate) none: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum VisibilityWord {
    /// Every repository
    All,
    /// Every private or internal repository
    Private,
    /// The repositories given by --repository
    Selected,
}

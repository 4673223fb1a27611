//! The arguments of `put`.

use super::places::OneSecret;
use super::value_source::ValueSource;
use clap::{Args, ValueEnum};
use octoseal::Repository;

#[derive(Args)]
#[command(after_help = "Examples:
  octoseal put NPM_TOKEN repos/acme/api/actions                a hidden prompt
  octoseal put DEPLOY_KEY repos/acme/api/actions --from-file deploy.pem
  octoseal put NPM_TOKEN orgs/acme/actions --visibility private <token.txt")]
pub(crate) struct Put {
    #[command(flatten)]
    pub(crate) secret: OneSecret,
    #[command(flatten)]
    pub(crate) access: AccessOptions,
    #[command(flatten)]
    pub(crate) source: ValueSource,
    /// Accept a name that looks like a token
    #[arg(long, short)]
    pub(crate) yes: bool,
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

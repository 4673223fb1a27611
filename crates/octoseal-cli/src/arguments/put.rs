//! The arguments of `put`.

use super::allowed_repository::AllowedRepository;
use super::places::{Consent, Secrets, with_stores};
use clap::{Args, ValueEnum};

pub(super) const USAGE: &str = "\
octoseal put NAME STORE... [OPTIONS]
       octoseal put NAME STORE... [OPTIONS] -- PROGRAM [ARGUMENT]...";

pub(super) fn examples() -> String {
    with_stores(
        "Examples:
  octoseal put NPM_TOKEN acme/api                       a hidden prompt
  octoseal put DEPLOY_KEY acme/api/environments/prod --from-file deploy.pem
  octoseal put NPM_TOKEN orgs/acme/actions --visibility private <token.txt
  octoseal put NPM_TOKEN acme/{api,web}/{actions,dependabot} --only-existing
  octoseal put NPM_TOKEN acme/api -- op read op://ci/npm/token",
    )
}

/// The common arguments of a put, with the value from `S`.
#[derive(Args)]
pub(crate) struct Put<S: Args> {
    #[command(flatten)]
    pub(crate) words: Secrets,
    #[command(flatten)]
    pub(crate) access: AccessOptions,
    #[command(flatten)]
    pub(crate) source: S,
    #[command(flatten)]
    pub(crate) consent: Consent,
    /// Write only where it exists already
    #[arg(long, help_heading = "Safety")]
    pub(crate) only_existing: bool,
    /// Create environments that do not exist yet, without protection rules
    #[arg(long, help_heading = "Safety")]
    pub(crate) create_environments: bool,
    /// With --yes, how many stores may be written
    #[arg(long, value_name = "N", default_value_t = 100, help_heading = "Safety")]
    pub(crate) max_stores: usize,
}

/// Options for access. Without them an existing secret keeps its access.
#[derive(Args)]
#[command(next_help_heading = "Access")]
pub(crate) struct AccessOptions {
    /// Repositories of the organization with access: all; private (and internal) ones; or selected ones. Without it, a
    /// secret keeps its access
    #[arg(long, value_name = "WHICH")]
    pub(crate) visibility: Option<VisibilityWord>,
    #[command(flatten)]
    pub(crate) repositories: Repositories,
}

#[derive(Args)]
pub(crate) struct Repositories {
    /// Repositories with access: OWNER/REPO, or REPO within the organization; separated by commas, or given several times
    #[arg(long = "allow-repo", alias = "repository", value_name = "REPO", value_delimiter = ',')]
    pub(crate) named: Vec<AllowedRepository>,
    /// No repository has access
    #[arg(long = "no-repositories", conflicts_with = "named")]
    pub(crate) none: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum VisibilityWord {
    All,
    Private,
    Selected,
}

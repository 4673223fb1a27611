//! The arguments of `access`.

use super::allowed_repository::AllowedRepository;
use super::places::Secrets;
use super::put::Repositories;
use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum Access {
    /// List the repositories with access to a secret
    List(Secrets),
    /// Give access to exactly these repositories
    Set(SetAccess),
    /// Give access to more repositories
    Add(ChangeAccess),
    /// Remove the access of repositories
    Remove(ChangeAccess),
}

#[derive(Args)]
pub(crate) struct SetAccess {
    #[command(flatten)]
    pub(crate) secret: Secrets,
    #[command(flatten)]
    pub(crate) repositories: Repositories,
}

#[derive(Args)]
pub(crate) struct ChangeAccess {
    #[command(flatten)]
    pub(crate) secret: Secrets,
    /// Repositories: OWNER/REPO, or REPO within the organization; separated by commas, or given several times
    #[arg(
        long = "allow-repo",
        alias = "repository",
        value_name = "REPO",
        value_delimiter = ',',
        required = true
    )]
    pub(crate) named: Vec<AllowedRepository>,
}

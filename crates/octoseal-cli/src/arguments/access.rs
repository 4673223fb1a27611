//! The arguments of `access`.

use super::allowed_repository::AllowedRepository;
use super::places::Secret;
use super::put::Repositories;
use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum Access {
    /// List the repositories with access to a secret
    #[command(override_usage = "octoseal access list NAME STORE [OPTIONS]")]
    List(Secret),
    /// Give access to exactly these repositories
    #[command(override_usage = "octoseal access set NAME STORE --allow-repo REPO... [OPTIONS]")]
    Set(SetAccess),
    /// Give access to more repositories
    #[command(override_usage = "octoseal access add NAME STORE --allow-repo REPO... [OPTIONS]")]
    Add(ChangeAccess),
    /// Remove the access of repositories
    #[command(override_usage = "octoseal access remove NAME STORE --allow-repo REPO... [OPTIONS]")]
    Remove(ChangeAccess),
}

#[derive(Args)]
pub(crate) struct SetAccess {
    #[command(flatten)]
    pub(crate) secret: Secret,
    #[command(flatten)]
    pub(crate) repositories: Repositories,
    /// Show what would be done, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Args)]
pub(crate) struct ChangeAccess {
    #[command(flatten)]
    pub(crate) secret: Secret,
    /// Repositories: OWNER/REPO, or REPO within the organization; separated by commas, or given several times
    #[arg(
        long = "allow-repo",
        alias = "repository",
        value_name = "REPO",
        value_delimiter = ',',
        required = true
    )]
    pub(crate) named: Vec<AllowedRepository>,
    /// Show what would be done, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

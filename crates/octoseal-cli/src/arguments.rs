//! The arguments: a verb, then names and stores; never a value.

mod access;
mod delete;
mod emulate;
mod global;
mod habits;
mod import;
mod places;
mod put;
mod seal;
pub(crate) mod usage_error;
mod value_source;

pub(crate) use access::{Access, ChangeAccess, SetAccess};
pub(crate) use delete::Delete;
pub(crate) use emulate::Emulate;
pub(crate) use global::{Global, PaceOptions};
pub(crate) use import::{Import, InputOptions};
pub(crate) use places::{Consent, MoreStores, Secrets, Stores};
pub(crate) use put::{AccessOptions, Put, Repositories, VisibilityWord};
pub(crate) use seal::Seal;
pub(crate) use value_source::ValueSource;

use clap::{Parser, Subcommand};

/// Puts secrets into GitHub: sealed, checked, with nothing leaked.
#[derive(Parser)]
#[command(name = "octoseal", version, after_help = global::help(), max_term_width = 80)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show what octoseal does against the embedded emulator; needs no token and no network
    Demo,
    /// Create a secret or replace its value, in one store or in many
    Put(Put),
    /// Put many values from a file or a program, into one store or many
    Import(Import),
    /// List the secrets of stores, without their values
    List(Stores),
    /// Show secrets, without their values
    Show(Secrets),
    /// Delete secrets
    Delete(Delete),
    /// Show the public keys to which values are sealed
    Key(Stores),
    /// Show or change which repositories have access to a secret of an organization or a user
    #[command(subcommand)]
    Access(Access),
    /// Show which token is used, where it was found, for which GitHub, and what it may do
    Whoami,
    /// Seal a value to a public key, without GitHub
    Seal(Seal),
    /// Run a local fake of GitHub's secrets API that decrypts what it receives
    Emulate(Emulate),
}

//! The arguments: a verb, then names and stores; never a value.

mod access;
mod allowed_repository;
mod delete;
mod emulate;
mod find;
mod global;
mod habits;
mod help;
mod import;
mod input;
mod install;
mod list;
mod places;
mod put;
mod seal;
pub(crate) mod usage_error;
mod value_source;
mod variable;

pub(crate) use access::{Access, ChangeAccess, SetAccess};
pub(crate) use allowed_repository::{AllowedRepository, repositories};
pub(crate) use delete::Delete;
pub(crate) use emulate::Emulate;
pub(crate) use find::{Diff, Find};
pub(crate) use global::{Global, LogFormat, PaceOptions};
pub(crate) use help::{Help, TOPICS, topic};
pub(crate) use import::Import;
pub(crate) use input::InputOptions;
pub(crate) use install::{Completions, Man};
pub(crate) use list::{List, TableFormat};
pub(crate) use places::{Consent, MoreStores, Secret, Secrets, Stores};
pub(crate) use put::{AccessOptions, Put, Repositories, VisibilityWord};
pub(crate) use seal::Seal;
pub(crate) use value_source::{Allow, ValueSource};
pub(crate) use variable::{Variable, VariableSource};

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use places::with_stores;

/// Puts secrets into GitHub: sealed, checked, with nothing leaked.
#[derive(Parser)]
#[command(name = "octoseal", version, after_help = help::all(), max_term_width = 80, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// Reads the arguments of this process.
    ///
    /// # Errors
    ///
    /// If they cannot be read, or ask for help.
    pub(crate) fn read() -> Result<Self, clap::Error> {
        Self::from_arg_matches(&Self::grammar().try_get_matches()?)
    }

    /// Returns the grammar of all verbs. The help of verbs without requests to GitHub hides the options for
    /// requests.
    pub(crate) fn grammar() -> clap::Command {
        const SHOWN: [&str; 3] = ["json", "quiet", "verbose"];
        let command = Self::command();
        let globals = command.get_arguments().filter(|option| option.is_global_set());
        let hidden = globals.filter(|option| !SHOWN.contains(&option.get_id().as_str()));
        let hidden: Vec<_> = hidden.map(|option| option.clone().hide(true)).collect();
        ["demo", "seal", "emulate", "completions", "man", "help"]
            .into_iter()
            .fold(command, |command, verb| command.mut_subcommand(verb, |verb| verb.args(&hidden)))
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show what octoseal does against the embedded emulator; needs no token and no network
    #[command(
        override_usage = "octoseal demo",
        after_help = "Example:
  octoseal demo"
    )]
    Demo,
    /// Create a secret or replace its value, in one store or in many
    #[command(alias = "set", override_usage = put::USAGE, after_help = put::examples())]
    Put(Put<ValueSource>),
    /// Put many values from a file or a program, into one store or many
    Import(Import),
    /// List the secrets of stores, without their values
    #[command(alias = "ls", override_usage = "octoseal list STORE... [OPTIONS]")]
    #[command(after_help = with_stores("Examples:
  octoseal list acme/api orgs/acme/actions
  octoseal list .                         all families of this checkout
  octoseal list 'acme/*/dependabot' --format csv"))]
    List(List),
    /// Show when secrets were created and updated, and who has access; never their values
    #[command(override_usage = "octoseal show NAME... STORE... [OPTIONS]")]
    #[command(after_help = with_stores("Examples:
  octoseal show NPM_TOKEN acme/api
  octoseal show NPM_TOKEN PYPI_TOKEN 'acme/*' --json"))]
    Show(Secrets),
    /// Show secrets, and say that GitHub never returns their values
    #[command(hide = true, override_usage = "octoseal show NAME... STORE... [OPTIONS]")]
    Get(Secrets),
    /// Find out where secrets are, how old they are, who has access, and which secret hides another
    Find(Find),
    /// Compare the names in two stores
    Diff(Diff),
    /// Delete secrets
    #[command(aliases = ["rm", "remove"], override_usage = "octoseal delete NAME... STORE... [OPTIONS]")]
    #[command(after_help = with_stores("Examples:
  octoseal delete OLD_TOKEN acme/api
  octoseal delete OLD_TOKEN 'acme/*' --dry-run"))]
    Delete(Delete),
    /// Check without writing whether stores can be written: token, permission, repository, environment, free places
    #[command(override_usage = "octoseal check STORE... [OPTIONS]")]
    #[command(after_help = with_stores("Examples:
  octoseal check acme/api orgs/acme/actions
  octoseal check 'acme/*/environments/prod' --json"))]
    Check(Stores),
    /// Show the public keys to which values are sealed
    #[command(override_usage = "octoseal key STORE... [OPTIONS]")]
    #[command(after_help = with_stores("Examples:
  octoseal key acme/api
  octoseal key 'acme/*' --json >keys.jsonl"))]
    Key(Stores),
    /// Show or change which repositories have access to a secret of an organization or a user
    #[command(
        subcommand,
        after_help = "Examples:
  octoseal access list NPM_TOKEN orgs/acme/actions
  octoseal access add NPM_TOKEN orgs/acme/actions --allow-repo acme/api"
    )]
    Access(Access),
    /// List, show, put and delete variables: configuration next to secrets, which everyone with access can read
    #[command(subcommand, visible_alias = "variables")]
    Variable(Variable),
    /// Show which token is used, where it was found, for which GitHub, and what it may do
    #[command(
        override_usage = "octoseal whoami [OPTIONS]",
        after_help = "Examples:
  octoseal whoami
  octoseal whoami --api-url github.example.com --json"
    )]
    Whoami,
    /// Seal values to public keys, without GitHub
    Seal(Seal),
    /// Run a local fake of GitHub's secrets API that decrypts what it receives
    Emulate(Emulate),
    /// Print the completions for a shell
    #[command(alias = "completion")]
    Completions(Completions),
    /// Print the manual page
    Man(Man),
    /// Print the help of a command, or about authentication, exit codes, networking or patterns
    Help(Help),
}

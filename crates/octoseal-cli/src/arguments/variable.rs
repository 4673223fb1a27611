//! The arguments of `variable`.

use super::access::Access;
use super::delete::Delete;
use super::import::Import;
use super::list::List;
use super::places::Secrets;
use super::put::Put;
use super::value_source::ValueSource;
use clap::{Arg, Args, Command, Subcommand};

#[derive(Subcommand)]
#[command(after_help = "Examples:
  octoseal variable put LOG_LEVEL acme/api --value debug
  octoseal variable list orgs/acme/actions acme/api/environments/prod")]
pub(crate) enum Variable {
    /// List the variables of stores, with their values
    #[command(
        alias = "ls",
        mut_args(of_variables),
        override_usage = "octoseal variable list STORE... [OPTIONS]"
    )]
    #[command(after_help = with_stores("Examples:
  octoseal variable list acme/{api,web}
  octoseal variable list . --json         all families of this checkout"))]
    List(List),
    /// Show variables: value, when they were created and updated, and who has access
    #[command(
        alias = "get",
        mut_args(of_variables),
        override_usage = "octoseal variable show NAME... STORE... [OPTIONS]"
    )]
    #[command(after_help = with_stores("Examples:
  octoseal variable show LOG_LEVEL orgs/acme/actions
  octoseal variable show LOG_LEVEL acme/api --json | jq -r .value"))]
    Show(Secrets),
    /// Create a variable or replace its value, in one store or in many
    #[command(alias = "set", mut_args(of_variables), override_usage = USAGE)]
    #[command(after_help = with_stores("Examples:
  octoseal variable put LOG_LEVEL acme/api --value debug
  octoseal variable put REGION orgs/acme/actions --visibility private --value eu
  octoseal variable put CONFIG acme/{api,web}/environments/prod --from-file config.json"))]
    Put(Put<VariableSource>),
    /// Put many values from a file or a program, into one store or many
    #[command(mut_args(of_variables), override_usage = IMPORT_USAGE)]
    #[command(mut_args(without_secrets), after_help = with_stores("Examples:
  octoseal variable import settings.env acme/{api,web}
  octoseal variable import settings.yaml orgs/acme/actions --at /ci --visibility all"))]
    Import(Box<Import>),
    /// Delete variables
    #[command(aliases = ["rm", "remove"], mut_args(of_variables))]
    #[command(override_usage = "octoseal variable delete NAME... STORE... [OPTIONS]")]
    #[command(after_help = with_stores("Examples:
  octoseal variable delete LOG_LEVEL acme/api
  octoseal variable delete LOG_LEVEL 'acme/*' --dry-run"))]
    Delete(Delete),
    /// Show or change which repositories have access to a variable of an organization
    #[command(
        subcommand,
        mut_subcommands(about_variables),
        after_help = "Examples:
  octoseal variable access list REGION orgs/acme/actions
  octoseal variable access add REGION orgs/acme/actions --allow-repo api"
    )]
    Access(Access),
}

const USAGE: &str = "\
octoseal variable put NAME STORE... [OPTIONS] --value TEXT
       octoseal variable put NAME STORE... [OPTIONS] -- PROGRAM [ARGUMENT]...";

const IMPORT_USAGE: &str = "\
octoseal variable import SOURCE STORE... [OPTIONS]
       octoseal variable import STORE... [OPTIONS] -- PROGRAM [ARGUMENT]...";

/// Hides the options of `import` that are about secrets.
fn without_secrets(argument: Arg) -> Arg {
    let is_hidden = ["sealed", "as_variables"].contains(&argument.get_id().as_str());
    argument.hide(is_hidden)
}

/// The source of the value of a variable.
#[derive(Args)]
#[command(next_help_heading = "Value")]
pub(crate) struct VariableSource {
    /// The value; everyone who can read the variable sees it
    #[arg(
        long, short_alias = 'b', alias = "body", value_name = "TEXT", allow_hyphen_values = true,
        conflicts_with_all = ["from_file", "from_env", "program"]
    )]
    pub(crate) value: Option<String>,
    #[command(flatten)]
    pub(crate) others: ValueSource,
}

/// Returns the end of a verb's help: examples, and the forms of a store.
fn with_stores(examples: &str) -> String {
    format!("{examples}\n\n{STORES}")
}

const STORES: &str = "\
A STORE is one of:
  OWNER/REPO                      Actions; the same as OWNER/REPO/actions
  OWNER/REPO/agents               Copilot's agents
  OWNER/REPO/environments/NAME    in NAME, write / as %2F and % as %25
  orgs/ORG/actions                an organization; also orgs/ORG/agents
  .                               the repository of this checkout; also ./agents
Codespaces and Dependabot have no variables. In quotes, * stands for any
characters within a segment, {a,b} for one of several words, and !STORE
excludes: 'acme/*' '!acme/old-*'.";

/// Replaces "secret" with "variable" in the help of a verb of `access`, and in its usage.
fn about_variables(verb: Command) -> Command {
    let about = verb.get_about().map(|about| about.to_string().replace("secret", "variable"));
    let repositories = if verb.get_name() == "list" { "" } else { " --allow-repo REPO..." };
    let usage = format!("octoseal variable access {} NAME STORE{repositories} [OPTIONS]", verb.get_name());
    verb.about(about.unwrap_or_default()).override_usage(usage).mut_args(of_variables)
}

/// Replaces "secret" with "variable" in the help of shared arguments.
fn of_variables(argument: Arg) -> Arg {
    match argument.get_help().map(|help| help.to_string().replace("secret", "variable")) {
        Some(help) => argument.help(help),
        None => argument,
    }
}

//! The arguments: verbs, then the store's path, then the name; never a value.

use clap::{Args, Parser, Subcommand, ValueEnum};
use octoseal::{AnyStore, Profile, Repository, SecretName};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Puts secrets into GitHub: sealed, checked, with nothing leaked.
#[derive(Parser)]
#[command(name = "octoseal", version, after_help = crate::failure::EXIT_CODES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) options: Options,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Args)]
pub(crate) struct Options {
    /// Root of GitHub's API, such as `https://github.example.com/api/v3` for an Enterprise Server
    ///
    /// Without it the variable `OCTOSEAL_API_URL` is taken, then `https://api.github.com`.
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) api_url: Option<String>,
    /// Answer in JSON on standard output
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) pace: PaceOptions,
}

#[derive(Args)]
pub(crate) struct PaceOptions {
    /// How fast: courteous (75 writes a minute), documented (GitHub's 900 points a minute), gentle (one write a second),
    /// unlimited (for an Enterprise Server without limits) [default: courteous]
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<Profile>,
    /// How many seconds a request may wait for GitHub's rate limits, then the exit code is 7 [default: 3900]
    #[arg(long, global = true, value_name = "SECONDS", allow_negative_numbers = true, value_parser = seconds)]
    pub(crate) patience: Option<u64>,
}

fn seconds(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "a whole number of seconds, 0 or more")
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show everything at work against the embedded emulator; needs no token and no network
    Demo,
    /// Create a secret or replace its value; the value comes from standard input unless told otherwise
    Put(Put),
    /// List the secrets of a store, without their values
    List(InStore),
    /// Show one secret, without its value
    Show(OneSecret),
    /// Delete a secret
    Delete(OneSecret),
    /// Show the public key that values of a store are sealed to
    Key(InStore),
    /// Show or change which repositories may read a secret of an organization or of yours
    #[command(subcommand)]
    Access(Access),
    /// Say which token is used, from where, for which GitHub, and what it may do
    Whoami,
    /// Seal a value to a public key; needs no GitHub
    Seal(Seal),
    /// Run a GitHub of your own for tests, one that opens the boxes
    Emulate(Emulate),
}

#[derive(Args)]
pub(crate) struct InStore {
    /// user/codespaces, repos/OWNER/REPO/actions, repos/OWNER/REPO/environments/NAME, orgs/ORG/dependabot, …; a slash
    /// in an environment's name is written %2F, a percent sign %25
    pub(crate) store: AnyStore,
}

#[derive(Args)]
pub(crate) struct OneSecret {
    #[command(flatten)]
    pub(crate) place: InStore,
    /// Name of the secret: letters, digits and underscores
    pub(crate) name: SecretName,
}

#[derive(Args)]
pub(crate) struct Put {
    #[command(flatten)]
    pub(crate) secret: OneSecret,
    #[command(flatten)]
    pub(crate) readers: Readers,
    #[command(flatten)]
    pub(crate) source: ValueSource,
}

/// Who may read; without a word an existing secret keeps its readers.
#[derive(Args)]
pub(crate) struct Readers {
    /// Which of the organization's repositories may read the secret
    #[arg(long, value_name = "WHICH")]
    pub(crate) visibility: Option<VisibilityWord>,
    #[command(flatten)]
    pub(crate) repositories: Repositories,
}

#[derive(Args)]
pub(crate) struct Repositories {
    /// A repository that may read the secret; repeat it for more
    #[arg(long = "repository", value_name = "OWNER/REPO")]
    pub(crate) named: Vec<Repository>,
    /// No repository may read the secret
    #[arg(long = "no-repositories", conflicts_with = "named")]
    pub(crate) none: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum VisibilityWord {
    /// Every repository
    All,
    /// Every private or internal repository
    Private,
    /// The repositories that --repository names
    Selected,
}

/// Where the value comes from; standard input without a word.
#[derive(Args)]
pub(crate) struct ValueSource {
    /// Take the value from a file, byte for byte
    #[arg(long, value_name = "PATH", conflicts_with = "env")]
    pub(crate) file: Option<PathBuf>,
    /// Take the value from an environment variable, as it is
    #[arg(long, value_name = "VARIABLE")]
    pub(crate) env: Option<String>,
    /// Keep the newline at the end of standard input
    #[arg(long, conflicts_with_all = ["file", "env"])]
    pub(crate) raw: bool,
    /// Take a value without a single byte
    #[arg(long)]
    pub(crate) allow_empty: bool,
}

#[derive(Subcommand)]
pub(crate) enum Access {
    /// List the repositories that may read a secret
    List(OneSecret),
    /// Let exactly these repositories read a secret
    Set(SetAccess),
    /// Let more repositories read a secret
    Add(ChangeAccess),
    /// Let repositories no longer read a secret
    Remove(ChangeAccess),
}

#[derive(Args)]
pub(crate) struct SetAccess {
    #[command(flatten)]
    pub(crate) secret: OneSecret,
    #[command(flatten)]
    pub(crate) repositories: Repositories,
}

#[derive(Args)]
pub(crate) struct ChangeAccess {
    #[command(flatten)]
    pub(crate) secret: OneSecret,
    /// A repository; repeat it for more
    #[arg(long = "repository", value_name = "OWNER/REPO", required = true)]
    pub(crate) named: Vec<Repository>,
}

#[derive(Args)]
pub(crate) struct Seal {
    /// Public key in base64, as GitHub gives it
    #[arg(long, value_name = "BASE64")]
    pub(crate) key: String,
    #[command(flatten)]
    pub(crate) source: ValueSource,
}

#[derive(Args)]
pub(crate) struct Emulate {
    /// Address on this machine, or a name of it such as localhost; port 0 picks a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0", value_parser = listen_address)]
    pub(crate) listen: SocketAddr,
    /// Declare users, repositories, tokens, faults and more by this TOML file; docs/emulator.md describes it
    #[arg(long, value_name = "PATH")]
    pub(crate) world: Option<PathBuf>,
    /// Speak HTTPS, with a certificate of an authority that is made now
    #[arg(long, requires = "ca_file")]
    pub(crate) tls: bool,
    /// Write the certificate of that authority to this file, in PEM
    #[arg(long, value_name = "PATH", requires = "tls")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Keep the stores' secret keys in this file, as JSON, so that other programs can open what was sealed to them
    #[arg(long, value_name = "PATH")]
    pub(crate) keys_file: Option<PathBuf>,
    /// Keep what was opened in this file, as JSON: the stores, their secrets' names and the values in base64. For tests:
    /// it holds the values
    #[arg(long, value_name = "PATH")]
    pub(crate) opened_file: Option<PathBuf>,
    /// Write what was asked and answered to this file, a line of JSON each: method, path, status, store, name
    #[arg(long, value_name = "PATH")]
    pub(crate) log: Option<PathBuf>,
}

/// An address, or `localhost` and names below it, which no name server is asked for (RFC 6761, 6.3).
fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let text = match text.rsplit_once(':') {
        Some((name, port)) if name == "localhost" || name.ends_with(".localhost") => {
            format!("127.0.0.1:{port}")
        }
        _ => text.to_owned(),
    };
    text.parse().map_err(|_| "write 127.0.0.1:8080, [::1]:8080 or localhost:8080".to_owned())
}

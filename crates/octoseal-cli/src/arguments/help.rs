//! The arguments and the topics of `help`.

use super::places::STORES;
use crate::output::ExitCode;
use clap::Args;

#[derive(Args)]
#[command(
    override_usage = "octoseal help [COMMAND... | TOPIC]",
    after_help = "Topics:
  authentication  tokens and GitHub Apps, and which one is used
  exit-codes      what each exit code means
  networking      address, proxies, certificates, pace
  patterns        how stores are named, one or many

Example:
  octoseal help networking"
)]
pub(crate) struct Help {
    /// A command, or a topic
    #[arg(value_name = "COMMAND")]
    pub(crate) words: Vec<String>,
}

/// The names of all topics.
pub(crate) const TOPICS: &str = "authentication, exit-codes, networking, patterns";

/// Returns the text of a topic.
pub(crate) fn topic(name: &str) -> Option<String> {
    Some(match name {
        "authentication" => AUTHENTICATION.to_owned(),
        "exit-codes" => ExitCode::HELP.to_owned(),
        "networking" => format!("{ADDRESS}\n\n{NETWORK}"),
        "patterns" => format!("{STORES}\n\n{PATTERNS}"),
        _ => return None,
    })
}

/// Returns the text below the help of octoseal itself.
pub(super) fn all() -> String {
    [ExitCode::HELP, ADDRESS, AUTHENTICATION, NETWORK, COLOR].join("\n\n")
}

const ADDRESS: &str = "\
Address: --api-url, else OCTOSEAL_API_URL, GH_HOST or GITHUB_API_URL, else
api.github.com.";

const AUTHENTICATION: &str = "\
Tokens: OCTOSEAL_TOKEN goes to the address that was chosen. So does the GitHub
App of OCTOSEAL_APP_ID, whose private key is in the file OCTOSEAL_APP_KEY_FILE;
it uses each owner's installation, or OCTOSEAL_APP_INSTALLATION. GH_TOKEN goes
to github.com and *.ghe.com only, GH_ENTERPRISE_TOKEN to other hosts only,
GITHUB_TOKEN to the host of GITHUB_API_URL or GITHUB_SERVER_URL, else to
github.com and *.ghe.com. Lastly, the GitHub CLI is asked (gh auth token).
octoseal whoami shows which one is used.";

const NETWORK: &str = "\
Proxies: https_proxy, all_proxy and no_proxy, in lower or upper case;
http_proxy for an API on this machine only. Schemes: http, socks5, socks5h.

Certificates: the system's authorities, or those in the PEM file SSL_CERT_FILE;
--ca-file adds to them.

Pace: the times of requests are kept for an hour in a file, so that a loop of
short runs keeps to GitHub's limits. The file is in OCTOSEAL_STATE_DIR, else
XDG_STATE_HOME, else ~/.local/state. For an API on this machine it is kept only
if OCTOSEAL_STATE_DIR is set. It holds times; its name is a digest of API and
credential.";

const COLOR: &str = "\
Colours: on a terminal, unless NO_COLOR is set; CLICOLOR_FORCE=1 forces them.";

const PATTERNS: &str = "\
The owner of a pattern is literal: 'acme/*', never '*/api'. * does not match a
slash, so 'acme/*' means the repositories of acme, and 'acme/*/environments/*'
their environments. ? stands for one character, [ab] for one of several.
OWNER/REPO/* means the four families of a repository, and
none of its environments. Without quotes the shell may replace * by file names.

A pattern skips archived, disabled, forked and public repositories unless
--include takes them. --property, --topic and --repo-visibility choose among the
rest. A pattern that matches nothing is an error.";

//! What went wrong, and the exit code that says so.

use octoseal::Error;
use std::error;
use std::fmt;
use std::io;

/// The exit codes, as `--help` and docs/cli.md list them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
   0  done
   1  GitHub refused, or something else failed
   3  there is no such thing, or the token may not see it (404)
   4  the token is missing, wrong or may not do this (401, 403)
   5  the outcome is unknown: the write was perhaps done
   6  GitHub gave no answer; nothing was written
   7  a rate limit; try again later
  64  bad usage or bad input; nothing was written
  74  a file, standard input or standard output could not be read or written
 130  Ctrl-C at the hidden prompt

Tokens: OCTOSEAL_TOKEN goes to the API that was chosen; so does the GitHub App OCTOSEAL_APP_ID with the private key in the \
file OCTOSEAL_APP_KEY_FILE, at each owner's installation or at OCTOSEAL_APP_INSTALLATION; GH_TOKEN, then GITHUB_TOKEN to github.com and *.ghe.com only; \
GH_ENTERPRISE_TOKEN to other hosts only; last, the GitHub CLI is asked (gh auth token).

Proxies: https_proxy, all_proxy and no_proxy are followed, in small letters or capitals (http://, socks5:// and \
socks5h:// proxies); http_proxy is for an API on this machine only.

Certificates: the system's authorities are trusted, or those in the PEM file that SSL_CERT_FILE names.

Pace: when requests were sent is kept for an hour in a file under OCTOSEAL_STATE_DIR, else XDG_STATE_HOME, else \
~/.local/state, so that a loop of short runs keeps to GitHub's limits; for an API on this machine only if OCTOSEAL_STATE_DIR \
is set. The file holds times, and its name a digest of API and credential.";

/// Why the command ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Code {
    Failed = 1,
    NotFound = 3,
    NotAllowed = 4,
    UnknownOutcome = 5,
    NoAnswer = 6,
    RateLimited = 7,
    Usage = 64,
    File = 74,
}

/// What went wrong: for people a sentence with its causes, for machines a code.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: Code,
    pub(crate) message: String,
    cause: Option<Box<dyn error::Error + Send + Sync>>,
}

impl Failure {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), cause: None }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Code::Usage, message)
    }

    pub(crate) fn because(mut self, cause: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match &error {
            _ if error.is_invalid_input() => Code::Usage,
            _ if error.is_unknown_outcome() => Code::UnknownOutcome,
            _ if error.is_rate_limited() => Code::RateLimited,
            _ if error.is_not_found() => Code::NotFound,
            _ if error.is_unauthorized() || error.is_forbidden() => Code::NotAllowed,
            Error::InstallationToken => Code::NotAllowed,
            Error::Transport { source, .. } if source.is_redirect() => Code::Failed,
            Error::Transport { .. } | Error::KeyTooLate { .. } => Code::NoAnswer,
            _ => Code::Failed,
        };
        let message = error.to_string();
        Self { code, message, cause: take_source(&error) }
    }
}

/// The causes as text: a source is only lent.
fn take_source(error: &dyn error::Error) -> Option<Box<dyn error::Error + Send + Sync>> {
    let cause = error.source()?;
    Some(Box::new(Failure { code: Code::Failed, message: cause.to_string(), cause: take_source(cause) }))
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(Code::File, "the operating system refused").because(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl error::Error for Failure {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as &(dyn error::Error + 'static))
    }
}

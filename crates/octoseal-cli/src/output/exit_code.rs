//! The exit codes.

/// The reason of the exit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ExitCode {
    Failed = 1,
    Differs = 2,
    NotFound = 3,
    NotAllowed = 4,
    UnknownOutcome = 5,
    NoAnswer = 6,
    RateLimited = 7,
    Partial = 8,
    Usage = 64,
    File = 74,
}

impl ExitCode {
    /// The exit codes as `--help` lists them.
    pub(crate) const HELP: &str = "\
Exit codes:
    0  done
    1  GitHub refused for another reason, or something else failed
    2  there is a difference (only with --exit-code)
    3  not found, or the token has no access to it (404)
    4  the token is missing, wrong, or lacks a permission (401, 403)
    5  unknown outcome: the write may have been done
    6  no answer from GitHub; nothing was written
    7  rate limit; try again later
    8  of several stores or secrets, some failed (5 if an outcome is unknown)
   64  wrong usage or input; nothing was written
   74  a file, standard input or standard output failed
  129, 130, 143  ended by SIGHUP, SIGINT (Ctrl-C) or SIGTERM";

    /// Returns the kind of a failure that has no more specific one.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Differs => "differs",
            Self::NotFound => "not_found",
            Self::NotAllowed => "not_allowed",
            Self::UnknownOutcome => "unknown_outcome",
            Self::NoAnswer => "no_answer",
            Self::RateLimited => "rate_limited",
            Self::Partial => "partial",
            Self::Usage => "usage",
            Self::File => "file",
        }
    }
}

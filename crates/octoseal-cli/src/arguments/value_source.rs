//! The source of a value.

use clap::Args;
use std::path::PathBuf;

/// Where the value comes from: by default a hidden prompt on a terminal, else standard input.
#[derive(Args)]
#[command(next_help_heading = "Value")]
pub(crate) struct ValueSource {
    /// Read the value from a file; - is standard input
    #[arg(long, value_name = "PATH", conflicts_with = "from_env")]
    pub(crate) from_file: Option<PathBuf>,
    /// Read the value from an environment variable
    #[arg(long, value_name = "VARIABLE")]
    pub(crate) from_env: Option<String>,
    /// Keep the newline at the end of the input
    #[arg(long)]
    pub(crate) raw: bool,
    #[command(flatten)]
    pub(crate) allow: Allow,
    /// Read the value from the output of a program, run without a shell
    #[arg(last = true, value_name = "PROGRAM", conflicts_with_all = ["from_file", "from_env"])]
    pub(crate) program: Vec<String>,
}

/// Values that are refused by default.
#[derive(Args, Clone, Copy)]
#[command(next_help_heading = "Value")]
pub(crate) struct Allow {
    /// Allow an empty value
    #[arg(long = "allow-empty")]
    pub(crate) empty: bool,
    /// Allow a value that is encrypted or a placeholder, such as a SOPS file or a Git LFS pointer
    #[arg(long = "allow-encrypted")]
    pub(crate) encrypted: bool,
}

//! The arguments of `completions` and `man`.

use clap::Args;
use clap_complete::Shell;
use std::path::PathBuf;

#[derive(Args)]
#[command(
    override_usage = "octoseal completions SHELL",
    after_help = "Installation, in each shell:
  bash: a line in ~/.bashrc
    source <(octoseal completions bash)
  zsh: a file in a folder of $fpath
    octoseal completions zsh >~/.zfunc/_octoseal
  fish
    octoseal completions fish >~/.config/fish/completions/octoseal.fish
  PowerShell
    octoseal completions powershell >>$PROFILE
  elvish
    octoseal completions elvish >>~/.config/elvish/rc.elv"
)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

#[derive(Args)]
#[command(
    override_usage = "octoseal man [--write-to DIRECTORY]",
    after_help = "Examples:
  octoseal man | man -l -
  octoseal man --write-to ~/.local/share/man/man1"
)]
pub(crate) struct Man {
    /// Write the pages of all commands to this directory, instead of the first page to standard output
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) write_to: Option<PathBuf>,
}

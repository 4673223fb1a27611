//! `cargo xtask release --dry-run`: everything that must be so before a version is published. It publishes nothing.
//!
//! docs/releasing.md says what is done by hand afterwards.

mod history;
mod minimal;
mod packed;
mod promises;
mod sizes;
mod supply;

use crate::msrv;
use crate::runner::{self, Step};
use crate::workspace::Workspace;
use std::path::PathBuf;

/// How the steps are run alone.
const COMMAND: &str = "cargo xtask release --dry-run";

/// The name of the marks between which docs/benchmarks.md has sizes and counts.
pub(crate) const MARK: &str = "release";

/// What must be so, in order; `outside`, `minimal`, `sbom` and `sizes` need what `package` packs.
const STEPS: &[Step] = &[
    Step { name: "clean", help: "the work tree is what is committed", run: promises::clean },
    Step { name: "versions", help: "one version everywhere, not released yet", run: promises::versions },
    Step { name: "changelog", help: "the change log speaks of it", run: promises::changelog },
    Step {
        name: "package",
        help: "every published crate is packed, whole and in order",
        run: packed::package,
    },
    Step { name: "outside", help: "what was packed builds outside the workspace", run: packed::outside },
    Step {
        name: "semver",
        help: "the API since the last tag is what the version says",
        run: history::semver,
    },
    Step { name: "msrv", help: "it compiles with the oldest supported Rust", run: msrv::run },
    Step { name: "minimal", help: "it compiles with the oldest dependencies it names", run: minimal::run },
    Step { name: "supply", help: "bans, licenses, sources and advisories (cargo-deny)", run: supply::deny },
    Step { name: "sbom", help: "what the command is made of, as CycloneDX", run: supply::sbom },
    Step { name: "sizes", help: "sizes and counts for docs/benchmarks.md", run: sizes::run },
];

/// What stands behind `release` on the command line.
#[derive(Debug, PartialEq)]
pub(crate) struct Words<'a> {
    /// One step; all of them without a name.
    step: Option<&'a str>,
    /// Whether sizes and counts go into docs/benchmarks.md.
    write: bool,
}

impl<'a> Words<'a> {
    /// The words, or nothing if they make no sense. Without `--dry-run` nothing is done.
    pub(crate) fn parse(words: &'a [String]) -> Option<Self> {
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let rest = words.strip_prefix(&["--dry-run"])?;
        let (write, rest) = match rest {
            [rest @ .., "--write"] => (true, rest),
            rest => (false, rest),
        };
        match rest {
            [] => Some(Self { step: None, write }),
            [name] => STEPS.iter().any(|step| step.name == *name).then_some(Self { step: Some(name), write }),
            _ => None,
        }
    }
}

/// How it is called, with the names of the steps.
pub(crate) fn usage() -> String {
    let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
    format!("Write release --dry-run [STEP] [--write]. The steps are {}.", names.join(", "))
}

/// Runs what the words say.
///
/// # Errors
///
/// The first thing that is not as it must be.
pub(crate) fn main(words: &Words<'_>) -> Result<(), String> {
    let workspace = Workspace::read()?;
    let wanted = |step: &&Step| words.step.is_none_or(|name| name == step.name);
    let steps: Vec<_> = STEPS.iter().filter(wanted).collect();
    runner::run_of(COMMAND, &steps, &workspace)?;
    if words.write { sizes::write(&workspace) } else { Ok(()) }
}

/// Where everything of a dry run goes.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("release-dry-run")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Option<(Option<String>, bool)> {
        let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
        Words::parse(&words).map(|words| (words.step.map(str::to_owned), words.write))
    }

    #[test]
    fn nothing_runs_without_the_word_dry_run() {
        assert_eq!(parse("--dry-run"), Some((None, false)));
        assert_eq!(parse("--dry-run semver"), Some((Some("semver".to_owned()), false)));
        assert_eq!(parse("--dry-run sizes --write"), Some((Some("sizes".to_owned()), true)));
        for line in ["", "semver", "--write", "--dry-run nothing", "--dry-run semver msrv"] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}

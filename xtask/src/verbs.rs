//! The table of verbs: every step with the group that runs it.

use crate::runner::{Step, plain, with};
use crate::{
    api, bench, cargo_steps, conformance, dependencies, fuzz, interop, libsodium, live, msrv, mutants,
    picture, portable, readme, release, simulate, tidy,
};

/// Steps that belong together. `test` and `check` are verbs themselves.
struct Group {
    name: &'static str,
    heading: &'static str,
    steps: &'static [Step],
}

/// Every step. `cargo xtask NAME` runs it alone.
const GROUPS: [Group; 4] = [
    Group {
        name: "test",
        heading: "runs every test: all steps of this group",
        steps: &[
            plain("tests", "5 min", "all tests pass and leave the work tree unchanged", cargo_steps::tests),
            plain("backends", "3 min", "each sealing backend works, and each feature", cargo_steps::backends),
            plain("memory", "1 min", "no secret stays in the memory of a release build", cargo_steps::memory),
            plain("readme", "1 min", "the programs of README.md build and run", readme::run),
            with("picture", "2 s", "docs/terminal.svg shows a real session", "[--write]", picture::run),
        ],
    },
    Group {
        name: "check",
        heading: "checks everything without running a test: all steps of this group",
        steps: &[
            plain("fmt", "2 s", "the code is formatted", cargo_steps::fmt),
            plain("tidy", "1 s", "files, manifests, links and language follow the rules", tidy::run),
            plain("clippy", "1 min", "clippy has no warning with default features", cargo_steps::clippy),
            plain("hack", "5 min", "clippy has no warning with any set of features", cargo_steps::hack),
            plain("docs", "30 s", "the documentation builds without a warning", cargo_steps::docs),
            with("api", "1 min", "the public API is the one in docs/api", "[--bless]", api::run),
            plain("deny", "5 s", "dependencies have allowed licenses and sources", cargo_steps::deny),
            plain("dependencies", "1 s", "no crate depends on what it must not know", dependencies::run),
            plain("msrv", "1 min", "each crate compiles with the oldest Rust it promises", msrv::run),
            plain("portable", "2 min", "all crates compile for Windows and macOS", portable::run),
        ],
    },
    Group {
        name: "ci",
        heading: "run in CI after `test` and `check`",
        steps: &[
            plain("interop", "1 min", "other languages open our sealed values, and we theirs", interop::run),
            plain("fuzz", "4 min", "no fuzz target finds a fault in 30 seconds", fuzz::run),
            plain("simulate", "1 min", "jobs of 10,000 secrets respect GitHub's rate limits", simulate::run),
            with(
                "conformance",
                "4 min",
                "other programs accept client and emulator",
                "[JUDGE]",
                conformance::run,
            ),
            with(
                "live",
                "10 s",
                "the check of the real GitHub works on the emulator",
                "[--token-env VAR --repository OWNER/REPO [--api-url URL]]",
                live::run,
            ),
            with(
                "release",
                "20 min",
                "a version can be published; publishes nothing",
                "--dry-run [STEP | --quick] [--write]",
                release::run,
            ),
        ],
    },
    Group {
        name: "manual",
        heading: "run by a person",
        steps: &[
            plain("libsodium", "3 min", "octoseal-crypto works with libsodium 1.0.22", libsodium::run),
            plain("mutants", "1 h", "a test notices every fault put into the code", mutants::run),
            with(
                "bench",
                "10 min",
                "measures sealing, transport or the command against others",
                "crypto|transport|command [--write]",
                bench::run,
            ),
        ],
    },
];

/// Returns the steps of a verb: those of a group, or one step.
pub(crate) fn steps(verb: &str) -> Vec<&'static Step> {
    match GROUPS[..2].iter().find(|group| group.name == verb) {
        Some(group) => group.steps.iter().collect(),
        None => all().filter(|step| step.name == verb).collect(),
    }
}

fn all() -> impl Iterator<Item = &'static Step> {
    GROUPS.iter().flat_map(|group| group.steps)
}

/// Returns the table of verbs.
pub(crate) fn table() -> String {
    let mut text = "The project's checks. Usage: cargo xtask VERB\n".to_owned();
    for Group { name, heading, steps } in &GROUPS {
        text.push_str(&format!("\n{name:<15}{heading}\n"));
        for step in *steps {
            text.push_str(&format!("  {:<13}{:<57}{:>7}\n", step.name, step.proves, step.time));
        }
    }
    text.push_str("\nTimes are for two cores, once everything is compiled. Verbs with arguments:\n");
    for step in all() {
        if let Some(arguments) = step.arguments() {
            text.push_str(&format!("  {} {arguments}\n", step.name));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_verb_has_its_own_name() {
        let names = || all().map(|step| step.name).chain(GROUPS.iter().map(|group| group.name));
        for name in names() {
            assert_eq!(names().filter(|other| *other == name).count(), 1, "{name}");
        }
    }

    #[test]
    fn ci_runs_both_groups_and_every_step_of_its_own() {
        let commands = include_str!("../../.ci/run").lines().filter_map(|line| line.strip_prefix("xtask "));
        let verbs: Vec<_> = commands.filter_map(|command| command.split(' ').next()).collect();
        let own = GROUPS[2].steps.iter().map(|step| step.name);
        assert_eq!(verbs, ["test", "check"].into_iter().chain(own).collect::<Vec<_>>());
        let workflow = include_str!("../../.github/workflows/ci.yml");
        for verb in verbs {
            assert!(workflow.contains(&format!("run: cargo --locked xtask {verb}")), "{verb}");
        }
    }

    #[test]
    fn the_table_fits_into_80_columns() {
        for line in table().lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

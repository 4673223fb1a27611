//! The table of verbs: every step with the group that runs it.

use crate::runner::Run::{self, Plain, WithArguments};
use crate::runner::Step;
use crate::{
    api, bench, cargo_steps, conformance, dependencies, fuzz, interop, libsodium, live, msrv, mutants,
    portable, readme, release, simulate, tidy,
};

/// The groups: name, heading in the table of verbs. `test` and `check` are verbs themselves.
const GROUPS: &[(&str, &str)] = &[
    ("test", "runs every test: all steps of this group"),
    ("check", "checks everything without running a test: all steps of this group"),
    (CI, "run in CI after `test` and `check`"),
    (MANUAL, "run by a person"),
];

/// The steps that `.ci/run` names itself.
const CI: &str = "ci";
const MANUAL: &str = "manual";

/// Every step. `cargo xtask NAME` runs it alone.
pub(crate) const STEPS: &[Step] = &[
    step(
        "tests",
        "test",
        "5 min",
        "all tests pass and leave the work tree unchanged",
        Plain(cargo_steps::tests),
    ),
    step(
        "backends",
        "test",
        "3 min",
        "both sealing backends and the transport's features work",
        Plain(cargo_steps::backends),
    ),
    step(
        "memory",
        "test",
        "1 min",
        "no secret stays in the memory of a release build",
        Plain(cargo_steps::memory),
    ),
    step(
        "readme",
        "test",
        "1 min",
        "README's programs build with README's Cargo.toml, and run",
        Plain(readme::run),
    ),
    step("fmt", "check", "2 s", "the code is formatted", Plain(cargo_steps::fmt)),
    step("tidy", "check", "1 s", "files, manifests, links and language follow the rules", Plain(tidy::run)),
    step(
        "clippy",
        "check",
        "1 min",
        "clippy has no warning with default features",
        Plain(cargo_steps::clippy),
    ),
    step(
        "hack",
        "check",
        "5 min",
        "clippy has no warning with any set of features",
        Plain(cargo_steps::hack),
    ),
    step("docs", "check", "30 s", "the documentation builds without a warning", Plain(cargo_steps::docs)),
    step(
        "api",
        "check",
        "1 min",
        "the public API is the one in docs/api",
        WithArguments("[--bless]", api::run),
    ),
    step(
        "deny",
        "check",
        "5 s",
        "licenses, sources and versions of dependencies are allowed",
        Plain(cargo_steps::deny),
    ),
    step(
        "dependencies",
        "check",
        "1 s",
        "no crate depends on what it must not know",
        Plain(dependencies::run),
    ),
    step("msrv", "check", "1 min", "each crate compiles with the oldest Rust it promises", Plain(msrv::run)),
    step("portable", "check", "2 min", "all crates compile for Windows and macOS", Plain(portable::run)),
    step(
        "interop",
        CI,
        "1 min",
        "other languages open our sealed values, and we theirs",
        Plain(interop::run),
    ),
    step("fuzz", CI, "4 min", "no fuzz target finds a fault in 30 seconds", Plain(fuzz::run)),
    step(
        "simulate",
        CI,
        "1 min",
        "jobs of 10,000 secrets respect GitHub's rate limits",
        Plain(simulate::run),
    ),
    step(
        "conformance",
        CI,
        "4 min",
        "independent programs accept our client and emulator",
        WithArguments("[JUDGE]", conformance::run),
    ),
    step(
        "live",
        CI,
        "10 s",
        "the check of the real GitHub works on the emulator",
        WithArguments("[--token-env VAR --repository OWNER/REPO [--api-url URL]]", live::run),
    ),
    step(
        "release",
        CI,
        "20 min",
        "a version can be published; publishes nothing",
        WithArguments("--dry-run [STEP | --quick] [--write]", release::run),
    ),
    step("libsodium", MANUAL, "3 min", "octoseal-crypto works with libsodium 1.0.22", Plain(libsodium::run)),
    step(
        "mutants",
        MANUAL,
        "1 h",
        "a test notices every fault put into model and crypto",
        Plain(mutants::run),
    ),
    step(
        "bench",
        MANUAL,
        "10 min",
        "measures sealing or transport against other libraries",
        WithArguments("crypto|transport [--write]", bench::run),
    ),
];

const fn step(
    name: &'static str,
    group: &'static str,
    time: &'static str,
    proves: &'static str,
    run: Run,
) -> Step {
    Step { name, group, time, proves, run }
}

/// Returns the steps of a verb: those of a group, or one step.
pub(crate) fn steps(verb: &str) -> Vec<&'static Step> {
    let is_group = verb == "test" || verb == "check";
    STEPS.iter().filter(|step| if is_group { step.group == verb } else { step.name == verb }).collect()
}

/// Returns the table of verbs.
pub(crate) fn table() -> String {
    let mut text = "The project's checks. Usage: cargo xtask VERB\n".to_owned();
    for (group, heading) in GROUPS {
        text.push_str(&format!("\n{group:<15}{heading}\n"));
        for step in STEPS.iter().filter(|step| step.group == *group) {
            text.push_str(&format!("  {:<13}{:<57}{:>7}\n", step.name, step.proves, step.time));
        }
    }
    text.push_str("\nTimes are for two cores, once everything is compiled. Verbs with arguments:\n");
    for step in STEPS {
        if let WithArguments(arguments, _) = step.run {
            text.push_str(&format!("  {} {arguments}\n", step.name));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_has_its_own_name_and_a_group() {
        for step in STEPS {
            let same_name = STEPS.iter().filter(|other| other.name == step.name);
            assert_eq!(same_name.count(), 1, "{}", step.name);
            assert!(GROUPS.iter().any(|(group, _)| *group == step.name || *group == step.group));
        }
    }

    #[test]
    fn ci_runs_both_groups_and_every_step_of_its_own() {
        let commands = include_str!("../../.ci/run").lines().filter_map(|line| line.strip_prefix("xtask "));
        let verbs: Vec<_> = commands.filter_map(|command| command.split(' ').next()).collect();
        let own = STEPS.iter().filter(|step| step.group == CI).map(|step| step.name);
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

//! A test harness with the output, filters and exit codes of libtest.

use crate::case::{Case, Expected};
use crate::cases;
use crate::child::{ONCE_DROPPED, WHILE_HELD};
use crate::parent::observe;
use crate::search::{Found, search};
use crate::secret::Secret;
use std::process::ExitCode;

/// libtest's exit code for a failed test.
const FAILED: u8 = 101;

/// Options of libtest that take a value. Other options of libtest are ignored.
const WITH_VALUE: [&str; 5] = ["--test-threads", "--format", "--color", "--logfile", "-Z"];

#[derive(Default)]
struct Options {
    filters: Vec<String>,
    skip: Vec<String>,
    exact: bool,
    list: bool,
    ignored: bool,
}

/// Runs or lists the cases that the arguments select.
pub(crate) fn run(arguments: &[String]) -> ExitCode {
    let options = Options::read(arguments);
    let (chosen, other): (Vec<_>, Vec<_>) = cases().partition(|case| options.choose(case.name));
    if options.list {
        chosen.iter().for_each(|case| println!("{}: test", case.name));
        return ExitCode::SUCCESS;
    }
    println!("\nrunning {} tests", chosen.len());
    let mut failures = Vec::new();
    for case in &chosen {
        let result = check(case);
        println!("test {} ... {}", case.name, if result.is_ok() { "ok" } else { "FAILED" });
        failures.extend(result.err().map(|message| format!("---- {} ----\n{message}", case.name)));
    }
    if !failures.is_empty() {
        println!("\nfailures:\n\n{}", failures.join("\n\n"));
    }
    let (failed, passed) = (failures.len(), chosen.len() - failures.len());
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored; 0 measured; {} filtered out\n",
        other.len()
    );
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAILED) }
}

fn check(case: &Case) -> Result<(), String> {
    case.lengths.iter().try_for_each(|length| {
        check_length(case, *length).map_err(|error| format!("a secret of {length} bytes: {error}"))
    })
}

fn check_length(case: &Case, length: usize) -> Result<(), String> {
    if matches!(case.expected, Expected::Wiped) {
        let found = look(case, length, WHILE_HELD)?;
        // Without this control, searching for the wrong bytes would pass.
        if !found.iter().any(|run| run.length >= length) {
            return Err(format!("not found while it is held: {}", list(&found)));
        }
    }
    let found = look(case, length, ONCE_DROPPED)?;
    let total: usize = found.iter().map(|run| run.length).sum();
    let (good, expected) = match case.expected {
        Expected::Found => (total >= length / 2, "at least half of it"),
        Expected::Wiped | Expected::Nothing => (total == 0, "nothing"),
    };
    if good { Ok(()) } else { Err(format!("expected {expected}, found {}", list(&found))) }
}

fn look(case: &Case, length: usize, when: &str) -> Result<Vec<Found>, String> {
    Ok(search(&observe(case, &Secret::random(length), when)?))
}

fn list(found: &[Found]) -> String {
    let lines: Vec<_> = found.iter().map(ToString::to_string).collect();
    if lines.is_empty() { "nothing".to_owned() } else { lines.join(", ") }
}

impl Options {
    fn read(arguments: &[String]) -> Self {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--exact" => options.exact = true,
                "--list" => options.list = true,
                "--ignored" => options.ignored = true,
                "--skip" => options.skip.extend(arguments.next().cloned()),
                value if WITH_VALUE.contains(&value) => drop(arguments.next()),
                flag if flag.starts_with('-') => {}
                filter => options.filters.push(filter.to_owned()),
            }
        }
        options
    }

    fn choose(&self, name: &str) -> bool {
        let matches = |filter: &String| if self.exact { name == filter } else { name.contains(filter) };
        let wanted = self.filters.is_empty() || self.filters.iter().any(matches);
        // No case of this test is ignored.
        wanted && !self.skip.iter().any(matches) && !self.ignored
    }
}

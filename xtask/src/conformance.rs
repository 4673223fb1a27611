//! The step `conformance`: judges that we did not write say whether client and emulator are right.

mod clients;
mod description;
mod schemathesis;

pub(crate) use clients::bounded;
pub(crate) use clients::emulator::{self, Emulator};

use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::process::ExitCode;
use std::time::Instant;

/// One judge: its name, and what it does; it gives its figure, or says what is wrong.
type Judge = (&'static str, fn(&Workspace) -> Result<String, String>);

/// Every judge. Each can be asked alone: `cargo xtask conformance NAME`.
const JUDGES: &[Judge] = &[
    ("description", description::judge),
    ("clients", clients::judge),
    ("schemathesis", schemathesis::judge),
];

/// Asks every judge, also those after one that is not content.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    ask(JUDGES, workspace).map(|()| Outcome::Passed)
}

/// Asks one judge by name.
pub(crate) fn alone(name: &str) -> ExitCode {
    let Some(position) = JUDGES.iter().position(|(judge, _)| *judge == name) else {
        let names: Vec<_> = JUDGES.iter().map(|(judge, _)| *judge).collect();
        eprintln!("xtask: There is no judge `{name}`. The judges are {}.", names.join(", "));
        return ExitCode::from(crate::USAGE);
    };
    match Workspace::read().and_then(|workspace| ask(&JUDGES[position..=position], &workspace)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn ask(judges: &[Judge], workspace: &Workspace) -> Result<(), String> {
    let mut failures = Vec::new();
    for (name, judge) in judges {
        println!("--> the judge `{name}`");
        let start = Instant::now();
        let verdict = judge(workspace);
        let seconds = start.elapsed().as_secs_f64();
        match verdict {
            Ok(figure) => println!("{name}: {figure} ({seconds:.1} s)"),
            Err(message) => {
                println!("{name}: FAILED ({seconds:.1} s)");
                failures.push(format!("the judge `{name}` is not content: {message}"));
            }
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_judge_is_asked_and_every_failure_is_told() {
        let judges: &[Judge] = &[
            ("one", |_| Err("first".to_owned())),
            ("two", |_| Ok("2 exchanges".to_owned())),
            ("three", |_| Err("last".to_owned())),
        ];
        let message = ask(judges, &Workspace::default()).unwrap_err();
        assert!(message.contains("`one` is not content: first"), "{message}");
        assert!(message.contains("`three` is not content: last") && !message.contains("two"), "{message}");
        assert_eq!(ask(&judges[1..2], &Workspace::default()), Ok(()));
    }
}

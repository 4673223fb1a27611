//! The step `conformance`: independent programs (judges) accept the client and the emulator.

mod clients;
mod description;
mod dotenv;
mod guide;
mod schemathesis;
mod shells;

use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::time::Instant;

/// A judge: its name, and its function, which returns figures or describes the fault.
type Judge = (&'static str, fn(&Workspace) -> Result<String, String>);

const JUDGES: [Judge; 6] = [
    ("dotenv", dotenv::judge),
    ("description", description::judge),
    ("clients", clients::judge),
    ("guide", guide::judge),
    ("shells", shells::judge),
    ("schemathesis", schemathesis::judge),
];

/// Asks every judge, or the one that the argument names.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome, String> {
    let judges = match arguments {
        [] => &JUDGES[..],
        [name] => match JUDGES.iter().position(|(judge, _)| judge == name) {
            Some(position) => &JUDGES[position..=position],
            None => {
                println!(
                    "unknown judge `{name}`; the judges are {}",
                    JUDGES.map(|(judge, _)| judge).join(", ")
                );
                return Ok(Outcome::Usage);
            }
        },
        _ => return Ok(Outcome::Usage),
    };
    ask(judges, workspace)
}

/// Asks each judge, also after a failure.
fn ask(judges: &[Judge], workspace: &Workspace) -> Result<Outcome, String> {
    let mut failures = Vec::new();
    for (name, judge) in judges {
        println!("--> {name}");
        let start = Instant::now();
        let verdict = judge(workspace);
        let seconds = start.elapsed().as_secs_f64();
        match verdict {
            Ok(figures) => println!("{name}: {figures} ({seconds:.1} s)"),
            Err(message) => {
                println!("{name}: FAILED ({seconds:.1} s)");
                failures.push(format!("the judge {name}: {message}"));
            }
        }
    }
    Outcome::of(&failures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_judge_is_asked_and_every_failure_is_reported() {
        let judges: &[Judge] = &[
            ("one", |_| Err("first".to_owned())),
            ("two", |_| Ok("2 exchanges".to_owned())),
            ("three", |_| Err("last".to_owned())),
        ];
        let message = ask(judges, &Workspace::default()).unwrap_err();
        assert_eq!(message, "the judge one: first\nthe judge three: last");
        assert_eq!(ask(&judges[1..2], &Workspace::default()), Ok(Outcome::Passed));
    }
}

//! What lands when things go wrong, and how many requests are in flight.

use crate::contestant::Contestant;
use crate::jobs::Job;
use crate::stage::{ORGANIZATION, STORE, Stage};
use http::{Method, Response};
use octoseal_emulator::{Emulator, Fault, Limits, Script};
use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

/// How many secrets are put while things go wrong.
const SECRETS: usize = 100;

/// How many requests may be in flight.
const CAP: u64 = 50;

/// Lets three secondary limits, a rotated key, a 502 and a reset happen among 100 secrets.
pub(crate) fn measure(contestants: &[Contestant; 2]) -> Result<String, String> {
    let mut lines = String::new();
    for contestant in contestants {
        eprintln!("faults: {}", contestant.name);
        let stage = Stage::new(Limits::none())?;
        make_trouble(&stage.emulator)?;
        let cost = thread::scope(|scope| {
            let run = scope.spawn(|| contestant.perform(Job::Many(SECRETS), &stage));
            rotate_amid(&stage.emulator)?;
            run.join().map_err(|_| "a run panicked".to_owned())?
        })?;
        let (stored, seconds) = (stage.stored(STORE, SECRETS), cost.wall_ms / 1e3);
        let says = if cost.succeeded { "success" } else { "a failure" };
        writeln!(
            lines,
            "* three secondary limits, a rotated key, a 502 and a reset among {SECRETS} secrets: {} stores {stored}, \
             and reports {says} after {seconds:.1} s",
            contestant.name
        )
        .ok();
    }
    Ok(lines)
}

fn make_trouble(emulator: &Emulator) -> Result<(), String> {
    let limited = r#"{"message":"You have exceeded a secondary rate limit.","documentation_url":"https://docs.github.com/rest"}"#;
    let limited = Response::builder().status(403).header("retry-after", "1").body(limited.into());
    let limited = limited.map_err(|error| error.to_string())?;
    let put = |fault, after| Script::new(fault).method(Method::PUT).after(after);
    for after in [10, 30, 60] {
        emulator.script(put(Fault::Answer(limited.clone()), after));
    }
    emulator.script(put(Fault::bad_gateway(), 40));
    emulator.script(put(Fault::Reset, 50));
    Ok(())
}

/// Rotates the key once some secrets are written.
fn rotate_amid(emulator: &Emulator) -> Result<(), String> {
    let start = Instant::now();
    while emulator.secrets(STORE).len() < 5 {
        if start.elapsed() > Duration::from_secs(60) {
            return Err("no secret was written within 60 s".to_owned());
        }
        thread::sleep(Duration::from_millis(1));
    }
    emulator.rotate_key(STORE).map(drop).map_err(|error| error.to_string())
}

/// Puts 500 secrets into an organization where each request above the cap is refused.
pub(crate) fn cap(octoseal: &Contestant) -> Result<String, String> {
    const SECRETS: usize = 500;
    let stage = Stage::new(Limits::none().concurrent(CAP))?;
    let cost = octoseal.perform(Job::Organization(SECRETS), &stage)?;
    let (stored, refused) = (stage.stored(ORGANIZATION, SECRETS), stage.emulator.rejected());
    let seconds = cost.wall_ms / 1e3;
    Ok(format!(
        "* {SECRETS} secrets where more than {CAP} requests in flight are refused: octoseal stores {stored} in {seconds:.1} s, \
         and {refused} requests are refused"
    ))
}

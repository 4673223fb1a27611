//! The lines that a contestant reads and answers; the programs in `foreign` speak the same.
//!
//! It begins with `ready VERSION`. To `box SIZE` it answers with a box in base64, to `run SIZE COUNT` with the
//! nanoseconds of CPU time that sealing COUNT times took. The value is SIZE times the letter `v`.

use crate::sealer::Sealer;
use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::io::{self, BufRead as _, Write as _};
use std::time::Duration;

/// Answers until there are no more lines.
///
/// # Errors
///
/// If a line makes no sense, there is no box, or nobody reads the answer.
pub(crate) fn serve(mut sealer: impl Sealer) -> Result<(), String> {
    let tell = |error: io::Error| error.to_string();
    let mut answers = io::stdout().lock();
    writeln!(answers, "ready {}", sealer.version()).map_err(tell)?;
    for line in io::stdin().lock().lines() {
        let answer = answer(&mut sealer, &line.map_err(tell)?)?;
        writeln!(answers, "{answer}").map_err(tell)?;
    }
    Ok(())
}

fn answer(sealer: &mut impl Sealer, line: &str) -> Result<String, String> {
    let number = |word: &str| word.parse::<usize>().map_err(|error| format!("`{word}`: {error}"));
    match line.split(' ').collect::<Vec<_>>().as_slice() {
        ["box", size] => {
            let sealed = sealer.seal(&vec![b'v'; number(size)?])?;
            Ok(sealer.text(sealed))
        }
        ["run", size, count] => {
            let taken = run(sealer, &vec![b'v'; number(size)?], number(count)?)?;
            Ok(taken.as_nanos().to_string())
        }
        _ => Err(format!("`{line}` is no request")),
    }
}

fn run(sealer: &mut impl Sealer, value: &[u8], count: usize) -> Result<Duration, String> {
    let start = cpu_time();
    for _ in 0..count {
        black_box(sealer.seal(black_box(value))?);
    }
    Ok(cpu_time().saturating_sub(start))
}

/// The CPU time of this process, of all its threads, in user and system mode.
fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_nanos(time.tv_nsec.unsigned_abs())
}

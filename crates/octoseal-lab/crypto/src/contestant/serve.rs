//! The lines that a contestant reads and answers; the programs in `foreign` speak the same.
//!
//! It begins with `ready VERSION`. To `box SIZE` it answers with a box in base64, to `run SIZE COUNT` with the
//! nanoseconds of CPU time that sealing COUNT times took. The value is SIZE times the letter `v`.

use crate::sealer::Sealer;
use octoseal_lab_shared::cpu;
use octoseal_lab_shared::serve::{number, serve as serve_lines};
use std::hint::black_box;
use std::time::Duration;

/// Answers until there are no more lines.
///
/// # Errors
///
/// If a line makes no sense, there is no box, or nobody reads the answer.
pub(crate) fn serve(mut sealer: impl Sealer) -> Result<(), String> {
    serve_lines(&sealer.version(), |words| match words {
        ["box", size] => {
            let sealed = sealer.seal(&vec![b'v'; number(size)?])?;
            Ok(sealer.text(sealed))
        }
        ["run", size, count] => {
            let taken = run(&mut sealer, &vec![b'v'; number(size)?], number(count)?)?;
            Ok(taken.as_nanos().to_string())
        }
        _ => Err(format!("`{}` is no request", words.join(" "))),
    })
}

fn run(sealer: &mut impl Sealer, value: &[u8], count: usize) -> Result<Duration, String> {
    let start = cpu::time();
    for _ in 0..count {
        black_box(sealer.seal(black_box(value))?);
    }
    Ok(cpu::time().saturating_sub(start))
}

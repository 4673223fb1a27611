//! The line protocol of a contestant. The programs in `foreign` use the same.
//!
//! It begins with `ready VERSION`. The answer to `box SIZE` is a box in base64. The answer to `run SIZE
//! COUNT` is the CPU time, in nanoseconds, of sealing COUNT times. The value is SIZE times the letter `v`.

use crate::sealer::Sealer;
use octoseal_lab_shared::cpu;
use octoseal_lab_shared::serve::{number, serve as serve_lines};
use std::hint::black_box;
use std::time::Duration;

/// Answers requests until the input ends.
///
/// # Errors
///
/// If a line is invalid, sealing fails, or the output is closed.
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
        _ => Err(format!("`{}` is not a request", words.join(" "))),
    })
}

fn run(sealer: &mut impl Sealer, value: &[u8], count: usize) -> Result<Duration, String> {
    let start = cpu::time();
    for _ in 0..count {
        black_box(sealer.seal(black_box(value))?);
    }
    Ok(cpu::time().saturating_sub(start))
}

//! The rounds: all contestants seal for a moment, in turns, many times. The median counts.

use crate::SIZES;
use crate::contestants::Contestant;
use octoseal_lab_shared::child::Child;
use octoseal_lab_shared::rounds::{median, take};
use std::time::Duration;

/// The number of turns of each contestant at each size. It is odd, so that the median is one of them.
pub(crate) const ROUNDS: usize = 151;

/// The approximate CPU time of one turn: long compared with the clock's resolution, short compared with other
/// work of the machine.
pub(crate) const TURN: Duration = Duration::from_millis(10);

/// A running contestant, with its times so far.
pub(crate) struct Entrant {
    contestant: &'static Contestant,
    child: Child,
    sizes: [Times; SIZES.len()],
}

/// The measurements of one contestant at one size.
#[derive(Default)]
struct Times {
    /// The number of seals in one turn.
    count: u64,
    /// The seconds of one seal, for each turn.
    seconds: Vec<f64>,
}

/// A contestant after the rounds.
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    pub(crate) version: String,
    /// The median seconds of one seal at each of the sizes.
    pub(crate) seconds: [f64; SIZES.len()],
}

impl Entrant {
    pub(crate) fn new(contestant: &'static Contestant, child: Child) -> Self {
        Self { contestant, child, sizes: Default::default() }
    }

    /// Ends the program and returns the medians.
    pub(crate) fn ended(self) -> Measured {
        Measured {
            name: self.contestant.name,
            version: self.child.version.clone(),
            seconds: self.sizes.map(|times| median(times.seconds)),
        }
    }

    /// Seals more and more until a turn is long enough. This also warms up the contestant.
    fn prepare(&mut self, at: usize) -> Result<(), String> {
        let mut count = 1;
        loop {
            let taken = self.turn(at, count)?;
            if taken >= TURN {
                let fits = count as f64 * TURN.as_secs_f64() / taken.as_secs_f64();
                self.sizes[at].count = (fits as u64).max(1);
                return Ok(());
            }
            count *= 2;
        }
    }

    fn turn(&mut self, at: usize, count: u64) -> Result<Duration, String> {
        let of_whom = |error| format!("{}: {error}", self.contestant.name);
        let answer = self.child.ask(&format!("run {} {count}", SIZES[at].0)).map_err(of_whom)?;
        let nanoseconds = answer.parse().map_err(|_| of_whom(format!("`{answer}` is not a number")))?;
        Ok(Duration::from_nanos(nanoseconds))
    }

    fn take_turn(&mut self, at: usize) -> Result<(), String> {
        let count = self.sizes[at].count;
        let taken = self.turn(at, count)?;
        self.sizes[at].seconds.push(taken.as_secs_f64() / count as f64);
        Ok(())
    }
}

/// Runs all rounds.
///
/// # Errors
///
/// If one of them fails.
pub(crate) fn measure(entrants: &mut [Entrant]) -> Result<(), String> {
    for (at, (_, size)) in SIZES.iter().enumerate() {
        eprintln!("{} contestants seal {size} in {ROUNDS} rounds", entrants.len());
        for entrant in &mut *entrants {
            entrant.prepare(at)?;
        }
        take(ROUNDS, entrants, |entrant| entrant.take_turn(at))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_turn_in_the_middle() {
        assert_eq!(ROUNDS % 2, 1);
    }
}

//! The time of a batch of PUTs with slow answers, compared with the ideal time.

use crate::contestants::{CONTESTANTS, Programs, Server};
use octoseal_lab_shared::rounds::{median, take};
use std::time::Duration;

/// The wait of the server before each answer.
pub(crate) const WAIT: Duration = Duration::from_millis(50);

/// The number of PUTs in a batch.
pub(crate) const COUNT: usize = 200;

/// The numbers of requests in flight.
pub(crate) const FLIGHTS: [usize; 2] = [8, 50];

/// The number of batches of each client, each sent by a new process without connections. It is odd.
pub(crate) const ROUNDS: usize = 9;

/// One client after the rounds.
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    /// The median time as a multiple of the ideal, at each number in flight.
    pub(crate) ratios: [f64; FLIGHTS.len()],
    /// The maximum number of connections for one batch, at each number in flight.
    pub(crate) connections: [u64; FLIGHTS.len()],
}

struct Entrant {
    measured: Measured,
    program: &'static str,
    ratios: Vec<f64>,
}

/// Runs all rounds.
///
/// # Errors
///
/// If one of the programs fails.
pub(crate) fn measure(programs: &Programs) -> Result<Vec<Measured>, String> {
    let mut server = programs.server(WAIT)?;
    let mut entrants = CONTESTANTS.map(|(name, program)| {
        let measured = Measured { name, ratios: [f64::NAN; 2], connections: [0; 2] };
        Entrant { measured, program, ratios: Vec::new() }
    });
    for (at, flights) in FLIGHTS.into_iter().enumerate() {
        eprintln!("{} clients wait for answers with {flights} in flight in {ROUNDS} rounds", entrants.len());
        take(ROUNDS, &mut entrants, |entrant| entrant.turn(programs, &mut server, at))?;
        for entrant in &mut entrants {
            entrant.measured.ratios[at] = median(std::mem::take(&mut entrant.ratios));
        }
    }
    Ok(entrants.map(|entrant| entrant.measured).into())
}

impl Entrant {
    fn turn(&mut self, programs: &Programs, server: &mut Server, at: usize) -> Result<(), String> {
        let of_whom = |error| format!("{}: {error}", self.measured.name);
        let mut client = programs.client(self.program, server).map_err(of_whom)?;
        let taken = client.run(COUNT, FLIGHTS[at]).map_err(of_whom)?;
        self.ratios.push(taken.wall.as_secs_f64() / ideal(FLIGHTS[at]).as_secs_f64());
        let made = server.tally()?.connections;
        self.measured.connections[at] = self.measured.connections[at].max(made);
        Ok(())
    }
}

/// Returns one wait for each time that all workers send.
pub(crate) fn ideal(flights: usize) -> Duration {
    let waves = u32::try_from(COUNT.div_ceil(flights)).unwrap_or(u32::MAX);
    WAIT * waves
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ideal_is_one_wait_for_each_wave() {
        assert_eq!(FLIGHTS.map(ideal), [Duration::from_millis(1_250), Duration::from_millis(200)]);
        assert_eq!(ideal(3), WAIT * 67);
    }
}

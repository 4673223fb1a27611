//! The CPU time of one PUT: all clients send for a moment, in turns, many times. The median counts.

use crate::contestants::{CONTESTANTS, Client, Programs};
use octoseal_lab_shared::rounds::{median, take};
use std::time::Duration;

/// The number of requests in flight, and the PUTs of one turn: long compared with the clock's resolution,
/// short compared with other work of the machine.
pub(crate) const LOADS: [(usize, usize); 2] = [(1, 400), (16, 2_000)];

/// The number of turns of each client at each load. It is odd, so that the median is one of them.
pub(crate) const ROUNDS: usize = 101;

/// One client after the rounds.
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    pub(crate) version: String,
    /// The bytes of one PUT as the server received it.
    pub(crate) bytes: u64,
    /// The median seconds of one PUT at each of the loads.
    pub(crate) seconds: [f64; LOADS.len()],
}

struct Entrant {
    measured: Measured,
    client: Client,
    seconds: Vec<f64>,
}

/// Runs all rounds.
///
/// # Errors
///
/// If one of the programs fails.
pub(crate) fn measure(programs: &Programs) -> Result<Vec<Measured>, String> {
    let mut server = programs.server(Duration::ZERO)?;
    let mut entrants = Vec::new();
    for (name, program) in CONTESTANTS {
        let mut client = programs.client(program, &server)?;
        client.run(LOADS[0].1, LOADS[0].0).map_err(|error| format!("{name}: {error}"))?;
        let tally = server.tally()?;
        let bytes = tally.bytes / tally.requests.max(1);
        let measured = Measured { name, version: client.version().to_owned(), bytes, seconds: [f64::NAN; 2] };
        entrants.push(Entrant { measured, client, seconds: Vec::new() });
    }
    for (at, (flights, count)) in LOADS.into_iter().enumerate() {
        eprintln!("{} clients send with {flights} in flight in {ROUNDS} rounds", entrants.len());
        take(ROUNDS, &mut entrants, |entrant| entrant.turn(count, flights))?;
        for entrant in &mut entrants {
            entrant.measured.seconds[at] = median(std::mem::take(&mut entrant.seconds));
        }
    }
    Ok(entrants.into_iter().map(|entrant| entrant.measured).collect())
}

impl Entrant {
    fn turn(&mut self, count: usize, flights: usize) -> Result<(), String> {
        let of_whom = |error| format!("{}: {error}", self.measured.name);
        // Warm-up: its connections and its code were idle for a round.
        self.client.run(count / 10, flights).map_err(of_whom)?;
        let taken = self.client.run(count, flights).map_err(of_whom)?;
        self.seconds.push(taken.cpu.as_secs_f64() / count as f64);
        Ok(())
    }
}

/// Returns a client's CPU time divided by that of another, at the load of this index.
pub(crate) fn ratio(all: &[Measured], name: &str, to: &str, at: usize) -> Option<f64> {
    let seconds = |name: &str| all.iter().find(|one| one.name == name).map(|one| one.seconds[at]);
    Some(seconds(name)? / seconds(to)?)
}

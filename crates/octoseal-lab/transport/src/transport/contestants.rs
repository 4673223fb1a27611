//! The contestants, and the start of clients and servers.

use octoseal_lab_shared::child::Child;
use octoseal_lab_transport::core;
use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// The name of the baseline of the ratios.
pub(crate) const MEASURE: &str = "hyper-util, the bare client";
/// octoseal-transport with all its layers.
pub(crate) const OURS: &str = "**octoseal-transport**";
/// A peer that should need more.
pub(crate) const REQWEST: &str = "reqwest";
/// Another peer that should need more.
pub(crate) const OCTOCRAB: &str = "octocrab";

/// All contestants in the order of the tables: the name there, and the name that the program `client` knows.
pub(crate) const CONTESTANTS: [(&str, &str); 5] = [
    ("hyper, one connection each", "raw"),
    (MEASURE, "hyper-util"),
    (OURS, "octoseal"),
    (REQWEST, "reqwest"),
    (OCTOCRAB, "octocrab"),
];

/// The folder of the programs, and their cores.
pub(crate) struct Programs {
    folder: PathBuf,
    client_core: usize,
    server_core: usize,
}

impl Programs {
    /// Finds the programs in the folder of this one.
    ///
    /// # Errors
    ///
    /// If the folder is unknown, or this machine has only one core.
    pub(crate) fn next_to_this_one() -> Result<Self, String> {
        let (client_core, server_core) = core::pair()?;
        let mut folder = env::current_exe().map_err(|error| format!("no folder of this program: {error}"))?;
        folder.pop();
        Ok(Self { folder, client_core, server_core })
    }

    /// Starts a server that waits for `wait` before each answer.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub(crate) fn server(&self, wait: Duration) -> Result<Server, String> {
        let words = [self.server_core.to_string(), wait.as_millis().to_string()];
        Child::start(Command::new(self.folder.join("server")).args(words)).map(Server)
    }

    /// Starts a client of this server.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub(crate) fn client(&self, name: &str, server: &Server) -> Result<Client, String> {
        let words = [name, &self.client_core.to_string(), server.port()];
        let mut command = Command::new(self.folder.join("client"));
        // Some clients read proxies from the environment.
        Child::start(command.env_clear().args(words)).map(Client)
    }
}

/// A running server.
pub(crate) struct Server(Child);

/// The requests that a server received.
#[derive(Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) connections: u64,
    pub(crate) requests: u64,
    pub(crate) bytes: u64,
}

impl Server {
    /// Returns the port, which the server prints when it is ready.
    fn port(&self) -> &str {
        &self.0.version
    }

    /// Returns the requests since the last call.
    ///
    /// # Errors
    ///
    /// If the server ended.
    pub(crate) fn tally(&mut self) -> Result<Tally, String> {
        let [connections, requests, bytes] = numbers(&self.0.ask("tally")?)?;
        Ok(Tally { connections, requests, bytes })
    }
}

/// A running client.
pub(crate) struct Client(Child);

/// The time of some requests.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
}

impl Client {
    /// Returns the version that the client reported.
    pub(crate) fn version(&self) -> &str {
        &self.0.version
    }

    /// Sends requests with `flights` in flight.
    ///
    /// # Errors
    ///
    /// If the client ended, as it does when a request fails.
    pub(crate) fn run(&mut self, count: usize, flights: usize) -> Result<Taken, String> {
        let [cpu, wall] = numbers(&self.0.ask(&format!("run {count} {flights}"))?)?;
        Ok(Taken { cpu: Duration::from_nanos(cpu), wall: Duration::from_nanos(wall) })
    }
}

fn numbers<const N: usize>(answer: &str) -> Result<[u64; N], String> {
    let numbers: Result<Vec<u64>, _> = answer.split(' ').map(str::parse).collect();
    let numbers = numbers.ok().and_then(|numbers| numbers.try_into().ok());
    numbers.ok_or_else(|| format!("`{answer}` does not have {N} numbers"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_the_expected_number_of_numbers() {
        assert_eq!(numbers::<2>("7 8"), Ok([7, 8]));
        assert!(numbers::<2>("7").is_err());
        assert!(numbers::<1>("x").is_err());
    }
}

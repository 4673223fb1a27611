//! Who is measured, and how clients and servers are started.

use octoseal_lab_shared::child::Child;
use octoseal_lab_transport::core;
use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// The name of what the ratios are to.
pub(crate) const MEASURE: &str = "hyper-util, the bare client";
/// All our layers.
pub(crate) const OURS: &str = "**octoseal-transport**";
/// A peer that we want to be below.
pub(crate) const REQWEST: &str = "reqwest";
/// Another one.
pub(crate) const OCTOCRAB: &str = "octocrab";

/// Everyone in the order of the tables: the name there, and the name that the program `client` knows.
pub(crate) const CONTESTANTS: [(&str, &str); 5] = [
    ("hyper, one connection each", "raw"),
    (MEASURE, "hyper-util"),
    (OURS, "octoseal"),
    (REQWEST, "reqwest"),
    (OCTOCRAB, "octocrab"),
];

/// Where the programs are, and on which cores they run.
pub(crate) struct Programs {
    folder: PathBuf,
    client_core: usize,
    server_core: usize,
}

impl Programs {
    /// The programs in the folder of this one.
    ///
    /// # Errors
    ///
    /// If the folder is unknown, or this machine has one core only.
    pub(crate) fn beside_this_one() -> Result<Self, String> {
        let (client_core, server_core) = core::pair()?;
        let mut folder = env::current_exe().map_err(|error| format!("no folder of this program: {error}"))?;
        folder.pop();
        Ok(Self { folder, client_core, server_core })
    }

    /// A server that waits so long before each answer.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub(crate) fn server(&self, wait: Duration) -> Result<Server, String> {
        let words = [self.server_core.to_string(), wait.as_millis().to_string()];
        Child::start(Command::new(self.folder.join("server")).args(words)).map(Server)
    }

    /// A client of this server.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub(crate) fn client(&self, name: &str, server: &Server) -> Result<Client, String> {
        let words = [name, &self.client_core.to_string(), server.port()];
        let mut command = Command::new(self.folder.join("client"));
        // Some clients would look for a proxy there.
        Child::start(command.env_clear().args(words)).map(Client)
    }
}

/// A running server.
pub(crate) struct Server(Child);

/// What came to a server.
#[derive(Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) connections: u64,
    pub(crate) requests: u64,
    pub(crate) bytes: u64,
}

impl Server {
    /// It says its port when it is ready.
    fn port(&self) -> &str {
        &self.0.version
    }

    /// What came since this was last asked.
    ///
    /// # Errors
    ///
    /// If it ended.
    pub(crate) fn tally(&mut self) -> Result<Tally, String> {
        let [connections, requests, bytes] = numbers(&self.0.ask("tally")?)?;
        Ok(Tally { connections, requests, bytes })
    }
}

/// A running client.
pub(crate) struct Client(Child);

/// What some requests took.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
}

impl Client {
    /// What it said of itself.
    pub(crate) fn version(&self) -> &str {
        &self.0.version
    }

    /// Sends requests, so many in flight.
    ///
    /// # Errors
    ///
    /// If it ended, as it does when one of them fails.
    pub(crate) fn run(&mut self, count: usize, flights: usize) -> Result<Taken, String> {
        let [cpu, wall] = numbers(&self.0.ask(&format!("run {count} {flights}"))?)?;
        Ok(Taken { cpu: Duration::from_nanos(cpu), wall: Duration::from_nanos(wall) })
    }
}

fn numbers<const N: usize>(answer: &str) -> Result<[u64; N], String> {
    let numbers: Result<Vec<u64>, _> = answer.split(' ').map(str::parse).collect();
    let numbers = numbers.ok().and_then(|numbers| numbers.try_into().ok());
    numbers.ok_or_else(|| format!("`{answer}` is not made of {N} numbers"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_as_many_numbers_as_asked_for() {
        assert_eq!(numbers::<2>("7 8"), Ok([7, 8]));
        assert!(numbers::<2>("7").is_err());
        assert!(numbers::<1>("x").is_err());
    }
}

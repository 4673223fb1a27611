//! An emulator, and the files that the contestants read.

use octoseal_emulator::{Emulator, Limits, World};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::{self, Runtime};

/// How long the emulator takes for an answer.
pub(crate) const LATENCY: Duration = Duration::from_millis(50);

/// The store of most jobs.
pub(crate) const STORE: &str = "repos/octo/hello/actions";

/// A store that takes more than 100 secrets.
pub(crate) const ORGANIZATION: &str = "orgs/octo/actions";

pub(crate) struct Stage {
    pub(crate) emulator: Emulator,
    folder: TempDir,
    _runtime: Runtime,
}

impl Stage {
    pub(crate) fn new(limits: Limits) -> Result<Self, String> {
        let text = |error: std::io::Error| error.to_string();
        let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(text)?;
        let mut world = World::new();
        world.limits(limits);
        let start = Emulator::builder().world(world).latency(LATENCY).start();
        let emulator = runtime.block_on(start).map_err(text)?;
        let stage = Self { emulator, folder: tempfile::tempdir().map_err(text)?, _runtime: runtime };
        for count in [100, 500] {
            fs::write(stage.env_file(count), env_file(count)).map_err(text)?;
        }
        fs::write(stage.value_file(), value(0)).map_err(text)?;
        Ok(stage)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub(crate) fn env_file(&self, count: usize) -> PathBuf {
        self.folder.path().join(format!("{count}.env"))
    }

    pub(crate) fn value_file(&self) -> PathBuf {
        self.folder.path().join("value")
    }

    /// How many of the values of an `.env` a store has.
    pub(crate) fn stored(&self, store: &str, count: usize) -> usize {
        let is_right = |number: &usize| {
            let opened = self.emulator.opened_value(store, &name(*number));
            opened.is_some_and(|opened| opened.expose() == value(*number).as_bytes())
        };
        (0..count).filter(is_right).count()
    }
}

fn name(number: usize) -> String {
    format!("SECRET_{number}")
}

/// A value such as a token: 40 characters.
fn value(number: usize) -> String {
    format!("{number:0>4}{}", "0123456789abcdefghijklmnopqrstuvwxyz")
}

fn env_file(count: usize) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        writeln!(text, "{}={}", name(number), value(number)).ok();
        text
    })
}

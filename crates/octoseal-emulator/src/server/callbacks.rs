//! Callbacks of the emulator to the program around it.

use crate::world::clock;
use octoseal_crypto::SecretValue;
use std::time::SystemTime;

/// The callbacks of the emulator to the program around it.
pub(crate) struct Callbacks {
    pub(crate) clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
    pub(crate) exchanges: Option<Tell<str>>,
    pub(crate) keys: Option<Tell<SecretValue>>,
    pub(crate) log: Option<Tell<str>>,
    pub(crate) opened: Option<Tell<SecretValue>>,
}

pub(crate) type Tell<T> = Box<dyn Fn(&T) + Send + Sync>;

impl Default for Callbacks {
    fn default() -> Self {
        Self {
            clock: Box::new(clock::from(SystemTime::now())),
            exchanges: None,
            keys: None,
            log: None,
            opened: None,
        }
    }
}

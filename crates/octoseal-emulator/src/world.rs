//! The world: the whole state of the emulator.

pub(crate) mod changing_listings;
pub(crate) mod clock;
pub(crate) mod declarations;
pub(crate) mod declare;
pub(crate) mod fault_script;
pub(crate) mod ids;
pub(crate) mod opened;
pub(crate) mod reset;
pub(crate) mod secret_counts;
pub(crate) mod stale_reads;
pub(crate) mod store_keys;

use crate::api::access::Access;
use crate::api::environments::EnvironmentSettings;
use crate::limits::Ledger;
use crate::world::changing_listings::BetweenPages;
use crate::world::declarations::Declarations;
use crate::world::fault_script::Script;
use crate::world::ids::Registry;
use crate::world::stale_reads::Past;
use crate::world::store_keys::StoreKey;
use octoseal_crypto::SecretValue;
use std::collections::BTreeMap;
use std::fmt;

/// GitHub's secrets API as a value: requests in, answers out. It has no socket and no clock.
///
/// By default every owner, repository and environment exists and every token is valid. A test declares
/// exceptions: see [`repository`](Self::repository), [`missing`](Self::missing), [`token`](Self::token) and
/// the methods next to them.
#[derive(Default)]
pub struct World {
    pub(crate) between_pages: Option<(BetweenPages, u64)>,
    pub(crate) counts_are_free: bool,
    pub(crate) declarations: Declarations,
    /// By repository and name: `octo/hello/prod`.
    pub(crate) environments: Registry,
    pub(crate) environment_settings: BTreeMap<u64, EnvironmentSettings>,
    pub(crate) keys_made: u64,
    /// The number of seconds after an update in which a secret shows its previous update time.
    pub(crate) lateness: i64,
    pub(crate) ledger: Ledger,
    /// The number of requests that are not emulated.
    pub(crate) not_emulated: u64,
    pub(crate) organizations: Registry,
    pub(crate) past: Past,
    pub(crate) repositories: Registry,
    /// The faults of a world file. A server takes them over.
    pub(crate) scripts: Vec<Script>,
    /// The stores by path.
    pub(crate) stores: BTreeMap<String, Contents>,
    pub(crate) users: Registry,
    pub(crate) values_changed: u64,
    pub(crate) requests: u64,
}

/// The content of one store.
#[derive(Default)]
pub(crate) struct Contents {
    /// The key pair, created at the first request for it.
    pub(crate) key: Option<StoreKey>,
    /// The secrets by name in upper case.
    pub(crate) secrets: BTreeMap<String, Secret>,
    /// The variables by name in upper case.
    pub(crate) variables: BTreeMap<String, Variable>,
}

pub(crate) struct Secret {
    pub(crate) record: Record,
    pub(crate) value: SecretValue,
}

#[derive(Clone)]
pub(crate) struct Variable {
    pub(crate) record: Record,
    pub(crate) value: String,
}

/// The data of a secret or a variable besides its name and its value.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) access: Access,
    pub(crate) created_at: i64,
    /// The time of the previous update, or of the creation.
    pub(crate) former_update: i64,
    pub(crate) updated_at: i64,
}

impl Record {
    pub(crate) fn new(access: Access, now: i64) -> Self {
        Self { access, created_at: now, former_update: now, updated_at: now }
    }

    /// Returns the record after an update.
    pub(crate) fn updated(&self, access: Access, now: i64) -> Self {
        Self { access, created_at: self.created_at, former_update: self.updated_at, updated_at: now }
    }

    /// Returns the time of the last update to show at `now`, if updates become visible `lateness` seconds
    /// late.
    pub(crate) fn shown_update(&self, now: i64, lateness: i64) -> i64 {
        if now < self.updated_at.saturating_add(lateness) { self.former_update } else { self.updated_at }
    }
}

impl World {
    /// Creates an empty world.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the number of requests that are not emulated. Each was answered with a 404 that says so.
    pub fn not_emulated(&self) -> u64 {
        self.not_emulated
    }

    /// Returns the id of the current request.
    pub(crate) fn request_id(&self, now: i64) -> String {
        let number = self.requests;
        format!("0C70:5EA1:{number:X}:{number:X}:{now:X}")
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("requests", &self.requests).finish_non_exhaustive()
    }
}

//! The handle of a running server.

use crate::api::store_path::UnknownStore;
use crate::record::journal::{Kept, RecordedRequest};
use crate::server::control::{self, Control};
use crate::server::desk::Desk;
use crate::server::tls::Security;
use crate::world::World;
use crate::world::fault_script::Script;
use crate::world::opened::{OpenedValue, StoredSecret};
use octoseal_crypto::SecretValue;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// A running emulator. Dropping it stops the server and resets open connections.
pub struct Emulator {
    address: SocketAddr,
    desk: Arc<Desk>,
    accepting: JoinHandle<()>,
    security: Security,
}

impl Emulator {
    pub(crate) fn new(
        address: SocketAddr,
        desk: Arc<Desk>,
        accepting: JoinHandle<()>,
        security: Security,
    ) -> Self {
        Self { address, desk, accepting, security }
    }

    /// Returns the address to use instead of `https://api.github.com`, without a trailing slash. `localhost`
    /// and names below it work with the same port (`gh` uses `api.github.localhost`). Any other `Host` is
    /// answered with 421.
    pub fn url(&self) -> String {
        format!("{}://{}", self.security.scheme(), self.address)
    }

    /// Returns the address of the control interface, if it was started with
    /// [`Builder::control`](crate::Builder::control).
    pub fn control_url(&self) -> Option<String> {
        self.desk.control.as_ref().map(|_| format!("{}{}", self.url(), control::PREFIX))
    }

    /// Returns the token of the control interface. The token gives access to every opened value.
    pub fn control_token(&self) -> Option<&str> {
        self.desk.control.as_ref().map(Control::token)
    }

    /// Returns the certificate of the authority to trust, in PEM, if it was started with `Builder::tls`.
    pub fn ca_pem(&self) -> Option<&str> {
        self.security.ca_pem.as_deref()
    }

    /// Returns the address that the emulator listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Reads or changes the world, between two requests. The function must not call the emulator.
    ///
    /// # Examples
    ///
    /// ```
    /// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    /// # runtime.block_on(async {
    /// let emulator = octoseal_emulator::Emulator::start().await?;
    /// emulator.with_world(|world| {
    ///     world.repository("octo/hello").missing("orgs/ghost").token("ghp_weak", &["repo"]);
    /// });
    /// # Ok::<(), std::io::Error>(())
    /// # })?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn with_world<R>(&self, function: impl FnOnce(&mut World) -> R) -> R {
        let result = function(&mut self.desk.state().world);
        self.desk.report();
        result
    }

    /// Adds a fault. It counts requests from now on.
    pub fn script(&self, script: Script) {
        self.desk.state().scripts.push(script);
    }

    /// Waits for this time before every answer from now on.
    pub fn set_latency(&self, latency: Duration) {
        self.desk.state().latency = latency;
    }

    /// Rotates a key, like [`World::rotate_key`].
    ///
    /// # Errors
    ///
    /// [`UnknownStore`] if the path is not that of a store.
    pub fn rotate_key(&self, store: &str) -> Result<String, UnknownStore> {
        self.with_world(|world| world.rotate_key(store))
    }

    /// Rotates a key under its old id, like [`World::rotate_key_keeping_id`].
    ///
    /// # Errors
    ///
    /// [`UnknownStore`] if the path is not that of a store.
    pub fn rotate_key_keeping_id(&self, store: &str) -> Result<String, UnknownStore> {
        self.with_world(|world| world.rotate_key_keeping_id(store))
    }

    /// Returns the recorded requests, oldest first: the latest 10,000, or as many of them as fit into 64 MiB.
    ///
    /// Requests that the server refused with 408, 413 or 421 are not recorded.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        let kept = self.desk.state().journal.kept();
        kept.into_iter().map(Kept::parse).collect()
    }

    /// Returns an opened value, like [`World::opened_value`].
    pub fn opened_value(&self, store: &str, name: &str) -> Option<SecretValue> {
        self.desk.state().world.opened_value(store, name)
    }

    /// Returns a variable's value, like [`World::variable`].
    pub fn variable(&self, store: &str, name: &str) -> Option<String> {
        self.desk.state().world.variable(store, name).map(str::to_owned)
    }

    /// Returns all opened values, like [`World::opened_values`].
    pub fn opened_values(&self) -> Vec<OpenedValue> {
        self.desk.state().world.opened_values()
    }

    /// Returns the stored secrets, like [`World::secrets`].
    pub fn secrets(&self, store: &str) -> Vec<StoredSecret> {
        self.desk.state().world.secrets(store)
    }

    /// Returns the number of rejected requests, like [`World::rejected`].
    pub fn rejected(&self) -> u64 {
        self.desk.state().world.rejected()
    }

    /// Returns the secret keys, like [`World::secret_keys_json`].
    pub fn secret_keys_json(&self) -> SecretValue {
        self.desk.state().world.secret_keys_json()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("url", &self.url()).finish_non_exhaustive()
    }
}

//! The settings of an emulator, and its start.

use crate::emulator::Emulator;
use crate::server::callbacks::Callbacks;
use crate::server::control::Control;
use crate::server::desk::Desk;
use crate::server::tls::Security;
use crate::server::{self, Limits};
use crate::world::World;
use crate::world::clock;
use octoseal_crypto::SecretValue;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::net::TcpListener;

/// The settings of an emulator. [`Emulator::builder`] creates them.
#[must_use = "a builder does nothing until it is started"]
pub struct Builder {
    callbacks: Callbacks,
    control: bool,
    latency: Duration,
    tls: bool,
    world: World,
}

impl Emulator {
    /// Starts an empty world on a free port of 127.0.0.1, on the caller's runtime.
    ///
    /// # Errors
    ///
    /// The error of the operating system if it has no free port.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Creates a builder with the default settings.
    pub fn builder() -> Builder {
        Builder::new()
    }
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            callbacks: Callbacks::default(),
            control: false,
            latency: Duration::ZERO,
            tls: false,
            world: World::new(),
        }
    }

    /// Starts with this world instead of an empty one.
    pub fn world(self, world: World) -> Self {
        Self { world, ..self }
    }

    /// Waits for this time before every answer. [`Emulator::set_latency`] changes it.
    pub fn latency(self, latency: Duration) -> Self {
        Self { latency, ..self }
    }

    /// Starts the clock at this time instead of the system's. The clock always runs with tokio's, so that
    /// limits expire in paused time as well. With a fixed start, every run also has the same times.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use octoseal_emulator::Emulator;
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// let start = UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    /// let emulator = Emulator::builder().clock_from(start).start().await?;
    /// # drop(emulator);
    /// # Ok(())
    /// # }
    /// ```
    pub fn clock_from(self, start: SystemTime) -> Self {
        self.clock(clock::from(start))
    }

    /// Reads the time from `clock` instead. With `SystemTime::now`, the world sees changes of the system
    /// clock and sleep.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.callbacks.clock = Box::new(clock);
        self
    }

    /// Calls `log` for each exchange with one line of JSON, before the answer is sent. The line has no value,
    /// token or key.
    ///
    /// Calls for several exchanges may run at the same time.
    pub fn log(mut self, log: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.callbacks.log = Some(Box::new(log));
        self
    }

    /// Calls `exchanges` for each exchange with one line of JSON, before the answer is sent. The line has all
    /// of it: `method`, `target`, `request_headers`, `request_body`, `status`, `answer_headers`,
    /// `answer_body`, and `scripted` if a [`Fault`](crate::Fault) replaced or dropped the answer. The token
    /// is redacted. Values are sealed.
    ///
    /// Calls for several exchanges may run at the same time.
    pub fn exchanges(mut self, exchanges: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.callbacks.exchanges = Some(Box::new(exchanges));
        self
    }

    /// Calls `keys` with all secret keys of the stores, as [`World::secret_keys_json`] returns them, whenever
    /// a key is created and before it is used. Calls never overlap. `keys` must not call the emulator.
    pub fn keys(mut self, keys: impl Fn(&SecretValue) + Send + Sync + 'static) -> Self {
        self.callbacks.keys = Some(Box::new(keys));
        self
    }

    /// Calls `opened` with all opened values, as [`World::opened_values_json`] returns them, whenever a value
    /// is stored or deleted and before the request is answered. Calls never overlap. `opened` must not call
    /// the emulator.
    pub fn opened(mut self, opened: impl Fn(&SecretValue) + Send + Sync + 'static) -> Self {
        self.callbacks.opened = Some(Box::new(opened));
        self
    }

    /// Serves the control interface. A test in any language can declare a world, reset it and read the
    /// recorded requests while the emulator runs: [`Emulator::control_url`] and [`Emulator::control_token`].
    /// `docs/emulator.md` describes it.
    pub fn control(self) -> Self {
        Self { control: true, ..self }
    }

    /// Serves HTTPS, with a certificate of an authority that is created for this emulator:
    /// [`Emulator::ca_pem`].
    #[cfg(feature = "tls")]
    pub fn tls(self) -> Self {
        Self { tls: true, ..self }
    }

    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// The error of the operating system if it has no free port.
    pub async fn start(self) -> io::Result<Emulator> {
        self.start_on(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
    }

    /// Starts on this address, on the caller's runtime.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidInput`] if the address is not a loopback address, because this server gives
    /// secrets to anyone. The error of the operating system if the address is in use.
    pub async fn start_on(self, address: SocketAddr) -> io::Result<Emulator> {
        if !address.ip().is_loopback() {
            let text = format!("the emulator binds to loopback addresses only; {} is not one", address.ip());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        let security = if self.tls { Security::generate(address.ip())? } else { Security::default() };
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let control = self.control.then(Control::new);
        let desk = Arc::new(Desk::new(self.world, self.latency, self.callbacks, control));
        desk.report();
        let serving = server::accept(listener, Arc::clone(&desk), Limits::default(), security.clone());
        Ok(Emulator::new(address, desk, tokio::spawn(serving), security))
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("latency", &self.latency).finish_non_exhaustive()
    }
}

//! How an emulator starts.

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

/// What an emulator starts with; made by [`Emulator::builder`].
#[must_use = "a builder does nothing until it is started"]
pub struct Builder {
    callbacks: Callbacks,
    control: bool,
    latency: Duration,
    tls: bool,
    world: World,
}

impl Emulator {
    /// Starts an empty world on a free port of 127.0.0.1, on the runtime of the caller.
    ///
    /// # Errors
    ///
    /// What the system says if it gives no port.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Starts with something other than the defaults.
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

    /// Waits so long before every answer; [`Emulator::set_latency`] changes it.
    pub fn latency(self, latency: Duration) -> Self {
        Self { latency, ..self }
    }

    /// Begins at this time instead of the system's. Either way the time goes on with tokio's clock, so that limits pass
    /// in paused time as well; with this, every run sees the same times, too.
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

    /// Takes the time from here instead: with `SystemTime::now`, a clock that is set, or a machine that slept, shows.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.callbacks.clock = Box::new(clock);
        self
    }

    /// Tells of each exchange, before the answer is sent, in one line of JSON. No value, token or key is in it.
    ///
    /// Several exchanges may tell at once.
    pub fn log(mut self, log: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.callbacks.log = Some(Box::new(log));
        self
    }

    /// Tells of each exchange whole, before the answer is sent, in one line of JSON: `method`, `target`,
    /// `request_headers`, `request_body`, `status`, `answer_headers`, `answer_body`, and `scripted` if a
    /// [`Fault`](crate::Fault) made the answer or took it away. The token is replaced; values are in it sealed.
    ///
    /// Several exchanges may tell at once.
    pub fn exchanges(mut self, exchanges: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.callbacks.exchanges = Some(Box::new(exchanges));
        self
    }

    /// Tells of the stores' secret keys whenever there is a new one, before anyone else learns of it: all of them, as
    /// [`World::secret_keys_json`] gives them. Only one call runs at a time; it must not call the emulator.
    pub fn keys(mut self, keys: impl Fn(&SecretValue) + Send + Sync + 'static) -> Self {
        self.callbacks.keys = Some(Box::new(keys));
        self
    }

    /// Tells of the opened values whenever one was stored or deleted, before anyone else learns of it: all of them, as
    /// [`World::opened_values_json`] gives them. Only one call runs at a time; it must not call the emulator.
    pub fn opened(mut self, opened: impl Fn(&SecretValue) + Send + Sync + 'static) -> Self {
        self.callbacks.opened = Some(Box::new(opened));
        self
    }

    /// Serves the control interface, by which a test in any language declares, resets and looks at what arrived while
    /// the emulator runs: [`Emulator::control_url`] and [`Emulator::control_token`]. `docs/emulator.md` describes it.
    pub fn control(self) -> Self {
        Self { control: true, ..self }
    }

    /// Speaks HTTPS, with a certificate of an authority that is made for this emulator: [`Emulator::ca_pem`].
    #[cfg(feature = "tls")]
    pub fn tls(self) -> Self {
        Self { tls: true, ..self }
    }

    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// What the system says if it gives no port.
    pub async fn start(self) -> io::Result<Emulator> {
        self.start_on(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
    }

    /// Starts on this address, on the runtime of the caller.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidInput`] if the address is not a loopback address: this server gives secrets to anyone.
    /// Otherwise what the system says if the address is taken.
    pub async fn start_on(self, address: SocketAddr) -> io::Result<Emulator> {
        if !address.ip().is_loopback() {
            let text = format!("the emulator binds to loopback addresses only, and {} is none", address.ip());
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

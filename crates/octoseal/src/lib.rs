//! Puts secrets into GitHub's ten stores: sealed, checked, with nothing leaked.
//!
//! ```
//! # async fn example() -> Result<(), octoseal::Error> {
//! use octoseal::{Family, GitHub, Organization, Repository, SecretName, SecretValue, User, Visibility, Written};
//!
//! let github = GitHub::builder().token("ghp_example").build()?; // api.github.com
//! let name = SecretName::new("NPM_TOKEN")?; // checked once
//! let value = SecretValue::from("s3cr3t"); // wiped when dropped
//!
//! // Your own secrets for Codespaces, with access for the codespaces of one repository:
//! let secrets = github.secrets(User.store());
//! match secrets.put(&name, &value, [1_296_269]).await? {
//!     Written::Created => println!("created"),
//!     Written::Updated => println!("updated"),
//! }
//!
//! // A repository's:
//! let store = Repository::new("octo", "hello")?.store(Family::Actions);
//! github.secrets(store).put(&name, &value, ()).await?;
//!
//! // An organization's: a write must name the access.
//! let acme = github.secrets(Organization::new("acme")?.store(Family::Dependabot));
//! acme.put(&name, &value, Visibility::Private).await?;
//! acme.replace_value(&name, &value).await?; // a new value, the same access
//! # Ok(())
//! # }
//! ```
//!
//! * [`GitHub`] is the client. It is cheap to clone, with one connection pool, one pacer and one cache of
//!   public keys.
//! * [`Secrets`] is a handle to one store: put, get, find, list, delete, and for organizations and users the
//!   selected repositories.
//! * [`AnySecrets`] is the same for a store that is chosen at run time.
//! * [`Variables`] is a handle to the variables of one store, and [`AnyVariables`] of one that is chosen at
//!   run time.
//! * [`GitHub::pages`] reads any other listing of the model, such as an organization's repositories.
//! * [`Secrets::put_all`] puts many values into one store, [`GitHub::put_everywhere`] one value into many.
//!   Each has its own result. [`Secrets::put_each`] and [`GitHub::put_everywhere_each`] return each result as
//!   its write ends ([`Results`]).
//! * [`Secrets::pages`] reads a long listing in pages, [`Pages::each`] in items.
//! * [`GitHub::send`] sends any request of the model, [`Request`].
//! * [`Error`] names the failed part, and its predicates classify the failure.
//!
//! The client fetches a store's public key once, checks it, seals the value and sends it. If GitHub refuses a
//! value because the key has changed, the client fetches the new key and seals the value again. It never
//! changes the access to a secret unless you request it. Values are stored in [`SecretValue`] and appear in
//! no error, log or `Debug`.
//!
//! It respects GitHub's rate limits, waits as long as GitHub requires, retries requests that are safe to
//! retry, and follows the redirects of renamed repositories on the same server.
//!
//! # Embedding
//!
//! There is no global state: the crate starts no runtime, reads no environment, file or wall clock, and
//! installs nothing. The [`Builder`] has all settings. The client runs on tokio, in your tasks. It spawns
//! only its connections, which end with the client; the writes of a [`Results`], which end with it; and, on
//! blocking threads, the first read of the system's certificates and name look-ups.
//!
//! Handles own their data, and are `Send + Sync + 'static`. Futures are `Send`. You may drop a future at any
//! point (a timeout, `select!`, a client that disconnects) without blocking other tasks: no permit, no turn,
//! no incomplete key and no gap in a listing remains. The outcome of its request is then unknown, as with
//! [`Error::is_unknown_outcome`].
//!
//! A future that is neither polled nor dropped keeps its turn and its place in the queue, and makes other
//! requests wait. Await it, drop it, or spawn it. The writes of [`Secrets::put_each`] and
//! [`GitHub::put_everywhere_each`] continue between two results.
//!
//! Everything is bounded, with backpressure: concurrent requests ([`Pacing::in_flight`]), the wait for a turn
//! ([`Pacing::max_wait`]), an operation ([`RetryPolicy::total`]), an answer ([`Config::max_body`]), a listing
//! (1,000 pages).
//!
//! # Traces
//!
//! Every operation is a span of [tracing](https://docs.rs/tracing), with its attempts and waits inside. No
//! field has a value, a token, a header, a body or the name of a secret.
//!
//! | what | target, level | fields |
//! |---|---|---|
//! | span `operation` | `octoseal`, info | `operation` (method and route, such as `PUT /user/codespaces/secrets/{secret_name}`), `store` (the store's path, if it is about one), `status`, `request_id` (GitHub's), both once an answer is there |
//! | span `attempt` | `octoseal_transport`, debug | `method`, `template` (the route), `attempt` (from 1), `status`, `request_id` |
//! | event `waits` | `octoseal_transport`, debug | `reason` (why the request waits for its turn), `length` |
//! | event `sends the request again` | `octoseal_transport`, debug | `reason`, `attempt`, `delay` |
//! | event `follows a redirect: …` | `octoseal_transport`, info | `method` |
//! | event `GitHub says that a rate limit is reached` | `octoseal_transport`, warn | `kind`, `wait` |
//! | event `a refused write's key could not be fetched again` | `octoseal`, warn | `store`, `cause` |
//!
//! # Metrics
//!
//! [`GitHub::metrics`] returns the current counters ([`Metrics`]): requests, writes, retries, limits, waits,
//! the rest of the hourly limit, and the use of the public key cache. [`GitHub::watch`] reports changes, for
//! a progress bar or an alarm.
//!
//! # Errors
//!
//! `docs/errors.md` of the repository lists every status and every variant, and what a caller can do about
//! it.
//!
//! # Testing your own code
//!
//! A closure is a [`Transport`], for tests of one answer ([`Builder::transport`] has an example). The crate
//! `octoseal-emulator` emulates GitHub in your process, on a port of 127.0.0.1. It sends public keys, opens
//! the sealed values, enforces limits, and injects faults on demand.
//!
//! ```
//! use octoseal::{GitHub, SecretName, SecretValue, User};
//! use octoseal_emulator::{Emulator, Fault, Script};
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let emulator = Emulator::start().await?;
//! let github = GitHub::builder().token("ghp_example").api_url(&emulator.url()).build()?;
//! emulator.script(Script::new(Fault::Reset)); // the first connection breaks
//!
//! let (name, value) = (SecretName::new("NPM_TOKEN")?, SecretValue::from("s3cr3t"));
//! github.secrets(User.store()).put(&name, &value, []).await?;
//! let opened = emulator.opened_value("user/codespaces", "NPM_TOKEN").ok_or("it was not stored")?;
//! assert_eq!(opened.expose(), b"s3cr3t");
//! # Ok(())
//! # }
//! ```
//!
//! # Examples
//!
//! `crates/octoseal/examples` has complete programs: `axum_rotation` (a web service that rotates secrets),
//! `scheduled_app` (a GitHub App's job), `custom_transport` (your own HTTP stack), `blocking` (without async
//! code) and `shared_client` (many tasks, one client).
//!
//! # Features
//!
//! | feature | effect |
//! |---|---|
//! | `libsodium` (default) | seals with libsodium |
//! | `rustcrypto` | seals in pure Rust; with `default-features = false` libsodium is not built |
//! | `github-app` | the credential of a GitHub App: `Builder::github_app` |
//! | `serde` | serialization of names, owners, stores, times and answers |
//! | `stream` | makes a `futures_core::Stream` of [`Results`] and of the items of a listing ([`Each`]) |
//! | `http2` | adds the switch `Config::http2`, which is off by default |
//! | `tower` | makes a transport of any tower service: `FromService` |
//! | `vendored-tls` | builds OpenSSL instead of using the system's |

mod any_secrets;
mod builder;
mod credential_check;
mod error;
mod explain;
mod github;
mod kept_access;
mod keys;
mod look_ups;
mod many;
mod metrics;
mod pages;
mod prepared;
mod put;
mod refusal;
mod results;
mod secrets;
mod span;
mod stop;
mod variables;
mod writes;

pub use any_secrets::AnySecrets;
pub use builder::Builder;
pub use credential_check::looks_like_a_credential;
pub use error::Error;
pub use github::GitHub;
pub use metrics::{Metrics, MetricsWatch};
pub use octoseal_crypto::{Error as CryptoError, PublicKey, SecretKey, SecretValue};
pub use octoseal_model::{
    Access, Action, AnyAccess, AnyStore, AnyVariableStore, ApiVersion, Environment, Error as ModelError,
    Family, FieldProblem, NameFault, Operation, Organization, Owner, Page, PageRequest, Problem, Repository,
    RepositoryId, RepositoryIds, RepositoryRef, Request, Resource, SealedValue, Secret, SecretName,
    SelectedRepositories, SelectsRepositories, Store, StoreKey, Timestamp, User, Variable, VariableFamily,
    VariableName, VariableOwner, VariableStore, Visibility, VisibilityName, Written, limits, support,
};
#[cfg(feature = "tower")]
pub use octoseal_transport::FromService;
pub use octoseal_transport::{
    ApiUrl, BoxFuture, Client, ClientIdentity, Config, Error as TransportError, InvalidPaceState, LimitKind,
    MemoryPace, Notice, NoticeKind, Observer, PaceState, Pacer, Pacing, Profile, Proxies, RateLimit,
    RetryPolicy, SharedPace, Snapshot, Token, TokenKind, TokenProvider, Transport, Wait, WaitReason, Watch,
};
#[cfg(feature = "github-app")]
pub use octoseal_transport::{GitHubApp, RsaKey, Signer};
pub use pages::{Each, Pages};
pub use prepared::PreparedValue;
pub use refusal::Refusal;
pub use results::Results;
pub use secrets::Secrets;
pub use variables::{AnyVariables, Variables};

#[doc = include_str!("../README.md")]
#[doc = include_str!("../../../README.md")]
#[cfg(doctest)]
struct ReadmeExamples;

#[doc = include_str!("../../../docs/emulator.md")]
#[cfg(doctest)]
struct EmulatorExamples;

#[doc = include_str!("../../../docs/embedding.md")]
#[cfg(all(doctest, feature = "github-app"))]
struct EmbeddingExamples;

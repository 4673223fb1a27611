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
//! // Your own secrets for Codespaces, readable in the codespaces of one repository:
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
//! // An organization's: a write must say who may read.
//! let acme = github.secrets(Organization::new("acme")?.store(Family::Dependabot));
//! acme.put(&name, &value, Visibility::Private).await?;
//! acme.replace_value(&name, &value).await?; // a new value, the same readers
//! # Ok(())
//! # }
//! ```
//!
//! * [`GitHub`] is the client: cheap to clone, one connection pool, one pacer, one cache of public keys.
//! * [`Secrets`] is a handle to one store: put, get, find, list, delete, and for organizations and users the selected
//!   repositories.
//! * [`AnySecrets`] is the same for a store that is chosen at run time.
//! * [`Variables`] is a handle to the variables of one store, and [`AnyVariables`] of one that is chosen at run time.
//! * [`GitHub::pages`] reads any other listing of the model, such as an organization's repositories.
//! * [`Secrets::put_all`] puts many values into one store, [`GitHub::put_everywhere`] one value into many; each has its own
//!   result. [`Secrets::put_each`] and [`GitHub::put_everywhere_each`] give each result as its write ends ([`Results`]).
//! * [`Secrets::pages`] reads a long listing a page at a time, [`Pages::each`] an item at a time.
//! * [`GitHub::send`] sends any request of the model, [`Request`].
//! * [`Error`] says who failed, and its predicates say why.
//!
//! What it does for you: it fetches a store's public key once, checks it, seals, sends, and when GitHub refuses a value
//! because the key has changed meanwhile, it fetches the new key and seals again. It never changes who may read a
//! secret unless you say so. Values live in [`SecretValue`] and appear in no error, log or `Debug`.
//!
//! It keeps to GitHub's rate limits, waits when GitHub says so, sends again what is safe to send again, and follows the
//! redirects of renamed repositories on the same server.
//!
//! # Embedding
//!
//! There is no global state: no runtime is started, no environment, file or wall clock is read, and nothing is installed.
//! The [`Builder`] is told everything. It runs on tokio, in tasks of yours. It spawns only its connections, which end with the
//! client; the writes of a [`Results`], which end with it; and the first reading of the system's certificates and the look-up
//! of names on blocking threads.
//!
//! Handles own what they need, and are `Send + Sync + 'static`; futures are `Send`. Whoever drops a future at any point (a
//! timeout, `select!`, a client that went away) leaves nothing behind that others would wait for: no permit, no turn, no
//! half of a key, no gap in a listing. Whether the request that was under way has taken effect is then unknown, as with
//! [`Error::is_unknown_outcome`].
//!
//! A future that is neither polled nor dropped keeps its turn and its place in line, and makes other requests wait. Await it,
//! drop it, or spawn it. The writes of [`Secrets::put_each`] and [`GitHub::put_everywhere_each`] continue between two results.
//!
//! Nothing is unbounded, and what is slow slows what feeds it: requests under way ([`Pacing::in_flight`]), the wait for a
//! turn ([`Pacing::max_wait`]), an operation ([`RetryPolicy::total`]), an answer ([`Config::max_body`]), a listing (1,000
//! pages).
//!
//! # Traces
//!
//! Every operation is a span of [tracing](https://docs.rs/tracing); the attempts and the waits stand in it. No field has a
//! value, a token, a header, a body or the name of a secret.
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
//! [`GitHub::metrics`] gives the counters of a moment ([`Metrics`]): requests, writes, repeats, limits, waits, what is left
//! of the hour, and what the cache of public keys was good for. [`GitHub::watch`] tells of changes, for a progress bar or
//! an alarm.
//!
//! # Errors
//!
//! The table of every status and every variant, and what a caller can do about it, is `docs/errors.md` of the repository.
//!
//! # Testing your own code
//!
//! A closure is a [`Transport`], for tests of one answer ([`Builder::transport`] has an example). The crate
//! `octoseal-emulator` is a GitHub in your process, on a port of 127.0.0.1: it hands out keys, opens what was sealed to
//! them, counts limits, and fails as it is told.
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
//! Whole programs stand in `crates/octoseal/examples`: `axum_rotation` (a web service that rotates secrets),
//! `scheduled_app` (a GitHub App's job), `custom_transport` (a stack of your own), `blocking` (without async code) and
//! `shared_client` (many tasks, one client).
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `libsodium` (default) | seals with libsodium |
//! | `rustcrypto` | seals in pure Rust; with `default-features = false` libsodium is not built at all |
//! | `github-app` | the credential of a GitHub App: `Builder::github_app` |
//! | `serde` | names, owners, stores, moments and answers serialize |
//! | `stream` | makes a `futures_core::Stream` of [`Results`] and of the items of a listing ([`Each`]) |
//! | `http2` | the switch `Config::http2`, which is off |
//! | `tower` | makes a transport of any tower service: `FromService` |
//! | `vendored-tls` | builds OpenSSL instead of taking the system's |

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

//! Puts secrets into GitHub's ten stores: sealed, checked, with nothing leaked.
//!
//! ```
//! # async fn example() -> Result<(), octoseal::Error> {
//! use octoseal::{Family, GitHub, Organization, Repository, SecretName, SecretValue, User, Visibility, Written};
//!
//! let github = GitHub::builder().token("ghp_…").build()?; // api.github.com
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
//! * [`GitHub`] is the client: cheap to clone, one connection pool, one cache of public keys.
//! * [`Secrets`] is a handle to one store: put, get, find, list, delete, and for organizations and users the selected
//!   repositories.
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
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `sodiumoxide` (default) | seals with libsodium |
//! | `rustcrypto` | seals in pure Rust; with `default-features = false` libsodium is not built at all |
//! | `github-app` | the credential of a GitHub App: `Builder::github_app` |
//! | `vendored-tls` | builds OpenSSL instead of taking the system's |

mod builder;
mod error;
mod explain;
mod github;
mod keys;
mod many;
mod metrics;
mod pages;
mod refusal;
mod replace;
mod secrets;
mod side_by_side;
mod span;

pub use builder::Builder;
pub use error::Error;
pub use github::GitHub;
pub use metrics::{Metrics, MetricsWatch};
pub use octoseal_crypto::SecretValue;
pub use octoseal_model::{
    Access, AnyStore, ApiVersion, Environment, Family, FieldProblem, NameFault, Organization, Owner, Page,
    PageRequest, Problem, Repository, RepositoryId, RepositoryIds, RepositoryRef, Request, SealedValue,
    Secret, SecretName, SelectedRepositories, SelectsRepositories, Store, StoreKey, Timestamp, User,
    Visibility, VisibilityName, Written, limits, support,
};
pub use octoseal_transport::{
    BoxFuture, ClientIdentity, Config, Error as TransportError, Pacer, Pacing, Profile, Proxies, RetryPolicy,
    Snapshot, Token, TokenKind, TokenProvider, Transport, Wait, WaitReason,
};
#[cfg(feature = "github-app")]
pub use octoseal_transport::{GitHubApp, RsaKey, Signer};
pub use pages::{Each, Pages};
pub use refusal::Refusal;
pub use secrets::Secrets;

/// The crates that this one composes, for those who need more of them.
pub mod crates {
    pub use {octoseal_crypto as crypto, octoseal_model as model, octoseal_transport as transport};
}

#[doc = include_str!("../README.md")]
#[doc = include_str!("../../../README.md")]
#[cfg(doctest)]
struct ReadmeExamples;

//! GitHub's operations on sealed secrets and variables as values: no I/O, clock, environment, randomness or
//! cryptography.
//!
//! Use this crate if you have your own HTTP client and your own sealing, and want valid requests and careful
//! reading of answers. To put secrets into GitHub, use the crate `octoseal`, which builds on this one.
//!
//! The 72 operations are ten stores with five operations each, five stores with four more, and two listings:
//!
//! | | Actions | Agents | Codespaces | Dependabot |
//! |---|---|---|---|---|
//! | [`Repository`] | ✓ | ✓ | ✓ | ✓ |
//! | [`Organization`] | ✓ | ✓ | ✓ | ✓ |
//! | [`Environment`] | ✓ | | | |
//! | [`User`] | | | ✓ | |
//!
//! ```
//! use octoseal_model::{ApiVersion, Family, Organization, PageRequest};
//!
//! let store = Organization::new("acme")?.store(Family::Dependabot);
//! let request = store.list(PageRequest::default());
//! let http = request.to_http(ApiVersion::default());
//! assert_eq!(http.uri(), "/orgs/acme/dependabot/secrets?per_page=100");
//! # Ok::<(), octoseal_model::Error>(())
//! ```
//!
//! * The owner is a type, because every irregularity depends on it. The family is a value, and an argument
//!   only where all four are legal. Illegal combinations do not compile.
//! * A [`Store`] is named by its path. [`AnyStore`] is a store parsed from a path.
//! * An operation is a [`Request`]: a value that says what to send and how to read the answer. It does no
//!   I/O.
//! * Requests are strict: a write always sends both fields of a value, and an empty list of repositories
//!   stays an empty list. Answers are read leniently.
//!
//! With the feature `serde`, names, owners, stores and times serialize as the text that they print. GitHub's
//! answers serialize with GitHub's field names.
//!
//! A [`VariableStore`] has the 35 operations on variables. [`support`] has the look-ups that secrets and
//! variables need.
//!
//! Private registries and audit-log streams, which GitHub seals in the same way, are not supported.

mod access;
mod answer;
mod any_requests;
mod any_store;
mod api_version;
mod error;
mod family;
pub mod limits;
mod name;
mod operation;
mod owner;
mod owner_text;
mod page;
mod printable;
mod problem;
mod put_body;
mod request;
mod requirement;
mod sealed_value;
mod segment;
#[cfg(feature = "serde")]
mod serialize;
mod store;
mod store_requests;
mod stores_of_owners;
pub mod support;
mod timestamp;
mod variable_requests;
mod variable_store;

pub use access::{Access, AnyAccess, RepositoryId, RepositoryIds, SelectedRepositories, Visibility};
pub use answer::{RepositoryRef, Secret, StoreKey, Variable, VisibilityName, Written};
pub use any_store::AnyStore;
pub use api_version::ApiVersion;
pub use error::{Error, NameFault};
pub use family::Family;
pub use name::{SecretName, VariableName};
pub use operation::{Action, Operation, Resource};
#[doc(hidden)]
pub use owner::AnyOwner;
pub use owner::{Environment, Organization, Owner, Repository, SelectsRepositories, User};
pub use page::{Page, PageRequest};
pub use problem::{FieldProblem, Problem};
pub use request::Request;
pub use sealed_value::SealedValue;
pub use store::Store;
pub use timestamp::Timestamp;
pub use variable_store::{AnyVariableStore, VariableFamily, VariableOwner, VariableStore};

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct ReadmeExamples;

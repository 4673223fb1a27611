//! GitHub's operations on sealed secrets and variables as values: no I/O, no clock, no environment, no randomness, no crypto.
//!
//! You are in the right crate if you bring your own HTTP and your own sealing and want requests that cannot be wrong,
//! and answers that are read with care. To put secrets into GitHub take the crate `octoseal`, which uses this one.
//!
//! The 72 operations are ten stores with five verbs each, five stores with four verbs more, and two listings:
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
//! * The owner is a type, because everything irregular hangs on it; the family is a value, and asked for only where all
//!   four are legal. Illegal combinations do not compile.
//! * A [`Store`] is its path; [`AnyStore`] is one that was parsed.
//! * An operation is a [`Request`]: what to send, and how to read what comes back. It does nothing by itself.
//! * What is sent is strict: both fields of a value always, an empty list of repositories stays one. What is read is
//!   read leniently.
//!
//! With the feature `serde`, names, owners, stores and moments serialize as the text that they print, and what GitHub
//! answered serializes with GitHub's field names.
//!
//! A [`VariableStore`] has the 35 operations on variables, [`support`] the look-ups that the work with both needs.
//!
//! What this crate does not do: private registries and audit-log streams, which GitHub seals alike.

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

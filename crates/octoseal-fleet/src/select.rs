//! The selection of stores: shorthand, patterns with `*` and `{a,b}`, exclusions, and filters for repositories.
//!
//! A text names a store by its path or shorter:
//!
//! | text | store |
//! |---|---|
//! | `acme/api` | `repos/acme/api/actions` |
//! | `acme/api/dependabot` | `repos/acme/api/dependabot` |
//! | `acme/api/environments/prod` | `repos/acme/api/environments/prod` |
//! | `orgs/acme/actions`, `user/codespaces`, `repos/…` | itself |
//! | `https://github.com/acme/api`, or a page below it | `repos/acme/api/actions`, or the store of that page |
//! | `.`, `./dependabot`, `./environments/prod` | the same of the repository that the caller gives |
//! | `acme/*/actions`, `acme/{api,web}`, `acme/api/environments/prod*`, `acme/api/*` | all that match |
//! | `!acme/legacy-*` | excludes what matches, in all its stores |
//!
//! `*` stands for any characters within one segment, and never for a slash. `acme/api/*` therefore means the four families
//! of the repository and none of its environments. The owner is always literal.

mod braces;
mod catalog;
mod error;
mod expand;
mod filter;
mod here;
mod listing;
mod pattern;
mod shorthand;
mod url;

pub use error::SelectError;
pub use expand::{ExpandError, MAX_STORES, Selection, expand};
pub use filter::{Filters, Kind};
pub use pattern::{Exclusion, Segment, StorePattern};
pub use shorthand::{Reading, Word, parse};

//! Many secrets in many of GitHub's stores.
//!
//! The crate does no input or output of its own: text comes in, values come from the caller, and requests go through a
//! client of the crate `octoseal`.
//!
//! * [`inputs`] reads many values from dotenv, JSON, TOML and YAML.
//! * [`select`] finds stores: shorthand such as `acme/api/dependabot`, and patterns such as `acme/*/actions`.

pub mod inputs;
pub mod select;

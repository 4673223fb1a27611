//! Many secrets in many of GitHub's stores.
//!
//! The crate does no input or output itself: the caller provides texts and values, and a client of the crate
//! `octoseal` sends the requests.
//!
//! * [`inputs`] reads many values from dotenv, JSON, TOML and YAML.
//! * [`select`] finds stores: shorthand such as `acme/api/dependabot`, and patterns such as `acme/*/actions`.

pub mod inputs;
pub mod select;

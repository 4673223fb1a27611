//! Behavior of the emulated GitHub, without sockets: one file for each topic.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

#[cfg(feature = "apps")]
mod apps;
mod common;
mod conditional;
mod counts;
mod environments;
mod errors;
mod graphql;
mod inside;
mod keys;
mod limits;
mod listings;
mod operations;
mod past;
mod permissions;
mod places;
mod repositories;
mod secrets;
mod selections;
mod situations;
mod support_operations;
mod variables;
mod world_files;

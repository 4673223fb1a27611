//! What the emulated GitHub answers, without sockets: one file a topic.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

mod common;
mod errors;
mod inside;
mod keys;
mod listings;
mod operations;
mod permissions;
mod places;
mod secrets;
mod selections;

//! Common parts of the clients, the server and the bench.

pub mod core;
pub mod put;

//! What the clients, the server and the bench must agree on.

pub mod core;
pub mod put;

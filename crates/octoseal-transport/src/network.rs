//! The network: addresses, connections, proxies, TLS and answers.

pub(crate) mod api_url;
pub(crate) mod client;
pub(crate) mod client_identity;
pub(crate) mod config;
mod connector;
pub(crate) mod deadline;
mod failure;
mod loopback;
pub(crate) mod proxy;
mod relocation;
pub(crate) mod response_body;
mod tls;
mod was_it_sent;

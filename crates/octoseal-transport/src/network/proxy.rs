//! Proxies: selection, and tunnels through them.

pub(crate) mod address;
pub(crate) mod connect_tunnel;
mod no_proxy;
pub(crate) mod proxy_error;
pub(crate) mod settings;

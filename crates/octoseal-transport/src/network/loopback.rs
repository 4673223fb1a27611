//! The rule that cleartext goes to this machine only: by name, and by the resolved address.

use crate::error::boxed::BoxError;
use http::Uri;
use std::net::IpAddr;

/// Returns whether a host is this machine, by its name or address.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// Refuses cleartext to an address of another machine. A name such as localhost may be resolved to any
/// address.
pub(crate) fn stays_here(target: &Uri, address: IpAddr) -> Result<(), BoxError> {
    if target.scheme_str() == Some("https") || address.to_canonical().is_loopback() {
        Ok(())
    } else {
        Err("cleartext goes only to this machine, and the name leads to another".into())
    }
}

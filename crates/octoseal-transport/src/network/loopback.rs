//! Cleartext goes to this machine only: by name, and by the address that the name leads to.

use crate::error::boxed::BoxError;
use http::Uri;
use std::net::IpAddr;

/// Whether a host is this machine by its name or address.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// Cleartext may go to this address only if it is this machine's: a name such as localhost is only as good as whoever
/// resolves it.
pub(crate) fn stays_here(target: &Uri, address: IpAddr) -> Result<(), BoxError> {
    if target.scheme_str() == Some("https") || address.to_canonical().is_loopback() {
        Ok(())
    } else {
        Err("cleartext goes only to this machine, and the name leads to another".into())
    }
}

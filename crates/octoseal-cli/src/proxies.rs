//! The proxies of the environment, by the names that curl knows.

use crate::failure::Failure;
use crate::token::variable;
use octoseal::{Proxies, TransportError as Error};

/// Reads `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, each in small letters first and then in capitals.
///
/// In a CGI program `HTTP_PROXY` comes from whoever sends the header `Proxy`, so it is not read where `REQUEST_METHOD`
/// is set.
///
/// # Errors
///
/// A [`Failure`] that names the variable, and repeats nothing of it: a password may stand in it.
pub(crate) fn from_environment() -> Result<Proxies, Failure> {
    let is_cgi = std::env::var_os("REQUEST_METHOD").is_some();
    let http: &[&str] = if is_cgi { &["http_proxy"] } else { &["http_proxy", "HTTP_PROXY"] };
    let mut proxies = Proxies::default();
    proxies = set(proxies, &["https_proxy", "HTTPS_PROXY"], Proxies::https)?;
    proxies = set(proxies, http, Proxies::http)?;
    proxies = set(proxies, &["all_proxy", "ALL_PROXY"], Proxies::all)?;
    set(proxies, &["no_proxy", "NO_PROXY"], |proxies, list| Ok(proxies.no_proxy(list)))
}

/// Takes the first of these variables that is not empty.
fn set(
    proxies: Proxies,
    names: &[&str],
    take: fn(Proxies, &str) -> Result<Proxies, Error>,
) -> Result<Proxies, Failure> {
    for name in names {
        if let Some(value) = variable(name)? {
            return take(proxies, &value).map_err(|cause| {
                Failure::usage(format!("the variable {name} names no proxy")).because(cause)
            });
        }
    }
    Ok(proxies)
}

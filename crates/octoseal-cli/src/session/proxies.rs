//! The proxies of the environment, by the names that curl uses.

use crate::environment::Environment;
use crate::output::Failure;
use octoseal::{Proxies, TransportError as Error};

/// Reads `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, each in lower case first and then in upper
/// case.
///
/// In a CGI program the header `Proxy` of a request becomes `HTTP_PROXY`, so that is not read if
/// `REQUEST_METHOD` is set.
///
/// # Errors
///
/// A [`Failure`] that names the variable and does not repeat its value, which may have a password.
pub(crate) fn from_environment(environment: &Environment) -> Result<Proxies, Failure> {
    let is_cgi = environment.raw("REQUEST_METHOD").is_some();
    let http: &[&str] = if is_cgi { &["http_proxy"] } else { &["http_proxy", "HTTP_PROXY"] };
    let mut proxies = Proxies::default();
    proxies = set(environment, proxies, &["https_proxy", "HTTPS_PROXY"], Proxies::https)?;
    proxies = set(environment, proxies, http, Proxies::http)?;
    proxies = set(environment, proxies, &["all_proxy", "ALL_PROXY"], Proxies::all)?;
    set(environment, proxies, &["no_proxy", "NO_PROXY"], |proxies, list| Ok(proxies.no_proxy(list)))
}

/// Uses the first of these variables that is not empty.
fn set(
    environment: &Environment,
    proxies: Proxies,
    names: &[&str],
    take: fn(Proxies, &str) -> Result<Proxies, Error>,
) -> Result<Proxies, Failure> {
    for name in names {
        if let Some(value) = environment.text(name)? {
            return take(proxies, &value).map_err(|cause| {
                Failure::usage(format!("{name} is not a valid proxy")).because(cause).argument(*name)
            });
        }
    }
    Ok(proxies)
}

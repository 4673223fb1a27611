//! The hosts that are reached without a proxy.

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use std::sync::Arc;

/// The entries of a list such as `NO_PROXY`, each with its optional port.
///
/// hyper-util's matcher knows the rules for hosts, addresses and networks, but treats a port as part of the
/// name.
#[derive(Clone, Default)]
pub(crate) struct NoProxy(Arc<[(Option<u16>, Matcher)]>);

impl NoProxy {
    pub(crate) fn new(list: &str) -> Self {
        let entries = list.split([',', ' ', '\t', '\n']).filter(|entry| !entry.is_empty());
        Self(entries.map(entry).collect())
    }

    pub(crate) fn contains(&self, target: &Uri, port: u16) -> bool {
        let is_listed = |matcher: &Matcher| matcher.intercept(target).is_none();
        self.0.iter().any(|(only, matcher)| only.is_none_or(|only| only == port) && is_listed(matcher))
    }
}

fn entry(text: &str) -> (Option<u16>, Matcher) {
    let (host, port) = split_port(text);
    // curl does not support `*.example.com`, but it is common and unambiguous.
    let host = host.strip_prefix('*').filter(|rest| rest.starts_with('.')).unwrap_or(host);
    // hyper-util's `*` matches names only.
    let host = if host == "*" { "*,0.0.0.0/0,::/0" } else { host };
    // Hosts outside the list would use this proxy, which is never contacted.
    (port, Matcher::builder().all("http://proxy").no(host).build())
}

fn split_port(text: &str) -> (&str, Option<u16>) {
    if let Some((address, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        return match rest.strip_prefix(':').map(str::parse) {
            None if rest.is_empty() => (address, None),
            Some(Ok(port)) => (address, Some(port)),
            _ => (text, None),
        };
    }
    match text.split_once(':') {
        // More than one colon means an IPv6 address.
        Some((host, port)) => port.parse().map_or((text, None), |port| (host, Some(port))),
        None => (text, None),
    }
}

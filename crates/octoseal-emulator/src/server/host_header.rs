//! Check of the requested host. A web page can point its own name to 127.0.0.1 (DNS rebinding), and `Host`
//! reveals it.

use http::header::HOST;
use http::uri::Authority;
use http::{HeaderValue, Request};
use std::net::{IpAddr, Ipv6Addr};

/// Returns whether a request is for this machine, by its absolute target or else by each of its `Host`
/// headers.
pub(crate) fn means_this_machine<B>(request: &Request<B>) -> bool {
    if let Some(authority) = request.uri().authority() {
        return is_local(authority);
    }
    let hosts = request.headers().get_all(HOST);
    hosts.iter().next().is_some() && hosts.iter().all(is_local_header)
}

fn is_local_header(header: &HeaderValue) -> bool {
    header.to_str().is_ok_and(|text| text.parse().is_ok_and(|authority| is_local(&authority)))
}

/// Returns whether the name is local. Resolvers and browsers never query name servers for `localhost` (RFC
/// 6761, 6.3).
fn is_local(authority: &Authority) -> bool {
    let host = authority.host().to_ascii_lowercase();
    let below = host.strip_suffix(".localhost").is_some_and(|label| !label.is_empty());
    !authority.as_str().contains('@') && (below || host == "localhost" || is_loopback(&host))
}

fn is_loopback(host: &str) -> bool {
    let address = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inside) => inside.parse().map(|address: Ipv6Addr| IpAddr::from(address).to_canonical()),
        None => host.parse(),
    };
    address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(target: &str, hosts: &[&str]) -> bool {
        let start = Request::builder().uri(target);
        let builder = hosts.iter().fold(start, |builder, host| builder.header(HOST, *host));
        means_this_machine(&builder.body(()).unwrap())
    }

    #[test]
    fn loopback_addresses_and_names_of_localhost_are_this_machine() {
        for host in ["127.0.0.1", "127.8.9.10", "[::1]", "[::ffff:127.0.0.1]", "localhost", "LocalHost"] {
            assert!(asked("/user", &[host]), "{host}");
            assert!(asked("/user", &[&format!("{host}:8080")]), "{host} with a port");
        }
        for host in ["github.localhost", "api.github.localhost:49152"] {
            assert!(asked("/user", &[host]), "{host}");
        }
    }

    #[test]
    fn all_other_hosts_are_not() {
        for host in ["evil.example", "api.github.com", "192.0.2.1", "0.0.0.0", "[::]", "[2001:db8::1]:80"] {
            assert!(!asked("/user", &[host]), "{host}");
        }
        for host in
            ["", ":80", ".localhost", "localhost.evil.example", "evillocalhost", "127.0.0.1.evil.example"]
        {
            assert!(!asked("/user", &[host]), "{host}");
        }
        for host in ["evil.example@127.0.0.1", "127.0.0.1@evil.example", "127.1", "localhost/", "[127.0.0.1]"]
        {
            assert!(!asked("/user", &[host]), "{host}");
        }
    }

    #[test]
    fn a_request_without_a_host_or_with_two_different_hosts_is_refused() {
        assert!(!asked("/user", &[]));
        assert!(!asked("/user", &["localhost", "evil.example"]));
        assert!(asked("/user", &["localhost", "127.0.0.1"]));
    }

    #[test]
    fn an_absolute_target_takes_precedence_over_host() {
        assert!(asked("http://127.0.0.1:80/user", &["evil.example"]));
        assert!(!asked("http://evil.example/user", &["127.0.0.1"]));
    }
}

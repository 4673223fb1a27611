//! Targets that bypass the proxy.

use crate::proxies::HttpProxy;
use crate::request;
use http::Method;
use octoseal_transport::{Client, Config, Proxies, Transport};
use proptest::prelude::*;
use std::time::Duration;

/// Returns whether a client with this list asks its proxy for a tunnel to `target`, which need not exist.
async fn is_proxied(list: &str, target: &str) -> bool {
    let proxy = HttpProxy::start(&["HTTP/1.1 403 Forbidden\r\n\r\n"]).await;
    let mut config = Config::default();
    // The proxy of this machine answers at once. A request that bypasses it fails or times out.
    config.connect_timeout = Duration::from_millis(1);
    config.proxies = Proxies::default().all(&proxy.address).unwrap().no_proxy(list);
    let url = format!("{target}/user");
    let error = Client::new(config).unwrap().send(request(Method::GET, &url)).await.unwrap_err();
    assert_eq!(!proxy.asked().is_empty(), error.to_string().contains("status 403"), "{error}");
    !proxy.asked().is_empty()
}

#[tokio::test(start_paused = true)]
async fn the_list_has_curls_meaning_and_supports_ports() {
    for (list, target, expected) in [
        ("", "https://api.github.invalid", true),
        ("*", "https://api.github.invalid", false),
        ("*", "https://10.1.2.3", false),
        ("*", "https://[2001:db8::1]", false),
        ("github.invalid", "https://api.github.invalid", false),
        (".github.invalid", "https://api.github.invalid", false),
        ("*.github.invalid", "https://api.github.invalid", false),
        ("API.GitHub.Invalid", "https://api.github.invalid", false),
        ("hub.invalid", "https://api.github.invalid", true),
        ("a.invalid, api.github.invalid,b.invalid", "https://api.github.invalid", false),
        ("a.invalid api.github.invalid", "https://api.github.invalid", false),
        ("api.github.invalid:443", "https://api.github.invalid", false),
        ("api.github.invalid:8443", "https://api.github.invalid", true),
        (".github.invalid:8443", "https://api.github.invalid:8443", false),
        ("*:8443", "https://api.github.invalid:8443", false),
        ("*:8443", "https://api.github.invalid", true),
        ("127.0.0.1", "https://127.0.0.1:1", false),
        ("127.0.0.1:1", "https://127.0.0.1:1", false),
        ("127.0.0.1:2", "https://127.0.0.1:1", true),
        ("127.0.0.1:80", "http://127.0.0.1", false),
        ("127.0.0.0/8", "https://127.1.2.3:1", false),
        ("127.0.0.0/8:1", "https://127.1.2.3:1", false),
        ("::1", "https://[::1]:1", false),
        ("[::1]", "https://[::1]:1", false),
        ("[::1]:1", "https://[::1]:1", false),
        ("[::1]:8443", "https://[::1]:1", true),
        ("::/64", "https://[::1]:1", false),
        ("api.github.invalid:port", "https://api.github.invalid", true),
        ("[::1", "https://[::1]:1", true),
        (":443", "https://api.github.invalid", true),
    ] {
        assert_eq!(is_proxied(list, target).await, expected, "{list} for {target}");
    }
}

proptest! {
    #[test]
    fn no_list_and_no_address_makes_it_panic(list in "\\PC*", address in "\\PC*", odd in "[\\[\\]:@%,. *a1/]{0,12}") {
        for text in [&list, &address, &odd] {
            let proxies = Proxies::default().no_proxy(text);
            let _ = format!("{proxies:?}");
            for scheme in ["", "http://", "socks5h://"] {
                let _parsed = proxies.clone().all(&format!("{scheme}{text}"));
            }
        }
    }

    #[test]
    fn a_password_is_never_printed(password in "[A-Z]{8,20}") {
        let parsed = Proxies::default().https(&format!("http://octo:{password}@proxy.example"));
        let printed = format!("{parsed:?}");
        prop_assert!(!printed.contains(&password));
    }

    #[test]
    fn an_entry_with_a_port_means_that_port_only(port in 1..=u16::MAX, other in 1..=u16::MAX) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        let proxied = runtime.block_on(is_proxied(&format!("x.invalid:{port}"), &format!("https://x.invalid:{other}")));
        prop_assert_eq!(proxied, port != other);
    }
}

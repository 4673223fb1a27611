//! Which API URLs are taken, and where targets lead.

use octoseal_transport::ApiUrl;

fn enterprise() -> ApiUrl {
    "https://ghe.example/api/v3".parse().unwrap()
}

#[test]
fn an_api_url_is_normalized_and_parses_back() {
    for (text, shown, origin) in [
        ("https://api.github.com", "https://api.github.com", "https://api.github.com"),
        ("https://API.GitHub.com:443/", "https://api.github.com", "https://api.github.com"),
        ("HTTPS://ghe.example:8443/api/v3/", "https://ghe.example:8443/api/v3", "https://ghe.example:8443"),
        ("http://localhost:3000", "http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:80", "http://127.0.0.1", "http://127.0.0.1"),
        ("http://[::1]:8080/", "http://[::1]:8080", "http://[::1]:8080"),
    ] {
        let api_url: ApiUrl = text.parse().unwrap();
        assert_eq!((api_url.to_string().as_str(), api_url.origin()), (shown, origin));
        assert_eq!(shown.parse::<ApiUrl>().unwrap(), api_url);
    }
    assert_eq!("https://api.github.com".parse::<ApiUrl>().unwrap(), ApiUrl::github());
}

#[test]
fn other_api_urls_are_refused_without_repeating_a_password() {
    for text in [
        "",
        "api.github.com",
        "/api/v3",
        "ftp://api.github.com",
        "https://",
        "https://:443",
        "https://octo:canary@api.github.com",
        "https://canary@api.github.com",
        "https://api.github.com?q=canary",
        "https://api.github.com/#canary",
        "https://api.github.com:99999",
        "https://api.github.com:",
        "https://ghe.example/api/../v3",
        "https://ghe.example/%2E%2e/v3",
        "http://api.github.com",
        "http://192.168.0.1",
        "http://localhost.example",
        "http://127.1",
        " https://api.github.com",
    ] {
        let error = text.parse::<ApiUrl>().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"), "{text}: {error:?}");
    }
}

#[test]
fn a_target_with_a_slash_is_put_behind_the_base_path() {
    assert_eq!(enterprise().resolve("/user?page=2").unwrap(), "https://ghe.example/api/v3/user?page=2");
    assert_eq!(ApiUrl::github().resolve("/a%2Fb").unwrap(), "https://api.github.com/a%2Fb");
}

#[test]
fn an_absolute_target_is_taken_only_under_the_api_url() {
    for target in ["https://ghe.example/api/v3/user?page=2", "https://GHE.example:443/api/v3"] {
        enterprise().resolve(target).unwrap();
    }
    for (target, why) in [
        ("https://evil.example/api/v3/user", "leads to https://evil.example, but"),
        ("https://ghe.example:8443/api/v3/user", "leads to https://ghe.example:8443, but"),
        ("http://ghe.example/api/v3/user", "leads to http://ghe.example, but"),
        ("https://ghe.example/api/v33/user", "does not lie under https://ghe.example/api/v3"),
        ("https://ghe.example/user", "does not lie under"),
        ("https://ghe.example/api/v3/../../user", "segment of dots"),
        ("/../user", "segment of dots"),
        ("https://ghe.example@evil.example/api/v3", "no user name"),
        ("user", "starts with https://"),
        ("//evil.example/api/v3/user", "starts with https://"),
        ("", "not an address"),
        ("/a b", "not an address"),
    ] {
        let error = enterprise().resolve(target).unwrap_err().to_string();
        assert!(error.contains(why), "{target}: {error}");
    }
}

//! Valid API URLs, and the addresses of targets.

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
fn a_target_with_a_slash_is_appended_to_the_base_path() {
    assert_eq!(enterprise().resolve("/user?page=2").unwrap(), "https://ghe.example/api/v3/user?page=2");
    assert_eq!(ApiUrl::github().resolve("/a%2Fb").unwrap(), "https://api.github.com/a%2Fb");
}

#[test]
fn an_absolute_target_must_lie_under_the_api_url() {
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

#[test]
fn a_link_may_have_another_name_of_the_same_resource() {
    let secrets =
        enterprise().resolve("/repos/octo/hello/environments/prod%2Feu/secrets?per_page=100").unwrap();
    let here = "https://ghe.example/api/v3";
    for (link, found) in [
        (
            "/api/v3/repositories/7/environments/prod%2feu/secrets?page=2",
            "/repositories/7/environments/prod%2feu/secrets?page=2",
        ),
        (
            "https://internal/api/v3/repos/a/b/environments/prod%2Feu/secrets?page=2",
            "/repos/a/b/environments/prod%2Feu/secrets?page=2",
        ),
        (
            "//internal:99999/api/v3/repos/a/b/environments/PROD%2Feu/secrets",
            "/repos/a/b/environments/PROD%2Feu/secrets",
        ),
        ("?page=2", "/repos/octo/hello/environments/prod%2Feu/secrets?page=2"),
        ("secrets?page=2", "/repos/octo/hello/environments/prod%2Feu/secrets?page=2"),
        (
            "/api/v3/repositories/7/environments/%70rod%2Feu/secrets",
            "/repositories/7/environments/%70rod%2Feu/secrets",
        ),
    ] {
        assert_eq!(enterprise().relocate(&secrets, link).unwrap(), format!("{here}{found}").as_str());
    }
}

#[test]
fn a_link_to_anything_else_is_refused() {
    let asked = |path: &str| enterprise().resolve(path).unwrap();
    for (path, link) in [
        ("/repos/a/b/actions/secrets", "/repos/a/b/actions/secrets?page=2"),
        ("/repos/a/b/actions/secrets", "/api/v3/repos/a/b/actions/variables?page=2"),
        ("/repos/a/b/actions/secrets", "/api/v3/orgs/a/actions/secrets?page=2"),
        ("/repos/a/b/actions/secrets", "/api/v3/repositories/7x/actions/secrets"),
        ("/repos/a/b/actions/secrets", "/api/v3/repositories/7/actions/secrets/A"),
        ("/repos/a/b/actions/secrets", "/api/v3/repositories/7/actions/secrets/../secrets"),
        ("/repos/a/b/environments/x%2Fy/secrets", "/api/v3/repos/a/b/environments/x/y/secrets"),
        ("/orgs/a/actions/secrets", "/api/v3/repos/a/b/actions/secrets"),
        ("/orgs/a/actions/secrets", "/api/v3/organizations/a/actions/secrets"),
        ("/user/codespaces/secrets", "/api/v3/user/7/codespaces/secrets"),
        ("/user/codespaces/secrets", "/api/v33/user/codespaces/secrets"),
        ("/user/codespaces/secrets", "mailto:secrets"),
        ("/user/codespaces/secrets", "https://internal"),
        ("/user/codespaces/secrets", ""),
    ] {
        let error = enterprise().relocate(&asked(path), link).unwrap_err();
        assert!(error.is_redirect(), "{path} {link}: {error}");
        assert!(error.to_string().starts_with("https://ghe.example links to a next page at "), "{error}");
    }
}

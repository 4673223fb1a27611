//! Tokens and the sites they belong to.

use super::*;

fn refusal(
    source: &'static str,
    option: Option<&str>,
    variables: &'static [(&'static str, &'static str)],
) -> Option<String> {
    let environment = Environment::Test(variables);
    let address = Address::choose(option, &environment).unwrap_or_else(|failure| panic!("{failure:?}"));
    let failure = mismatch(source, &address, &environment).unwrap_or_else(Some);
    failure.map(|failure| failure.message)
}

#[test]
fn a_token_goes_to_the_site_it_belongs_to() {
    const GHES: (&str, &str) = (GITHUB_API_URL, "https://ghes.example/api/v3");
    for (source, option, variables) in [
        (GH_TOKEN, None, &[][..]),
        (GITHUB_TOKEN, None, &[]),
        (GH_TOKEN, None, &[(GH_HOST, "octo.ghe.com")]),
        (GITHUB_TOKEN, None, &[GHES]),
        (GITHUB_TOKEN, None, &[GHES, (GITHUB_SERVER_URL, "https://ghes.example")]),
        (GITHUB_TOKEN, None, &[(GITHUB_API_URL, "https://api.octo.ghe.com")]),
        (
            GITHUB_TOKEN,
            None,
            &[(GITHUB_API_URL, "https://api.github.com"), (GITHUB_SERVER_URL, "https://github.com")],
        ),
        (GITHUB_TOKEN, Some("octo.ghe.com"), &[(GITHUB_SERVER_URL, "https://octo.ghe.com")]),
        (GH_ENTERPRISE_TOKEN, Some("ghes.example"), &[]),
        (GH_ENTERPRISE_TOKEN, None, &[(GH_HOST, "ghes.example")]),
        (GH_ENTERPRISE_TOKEN, None, &[GHES]),
    ] {
        assert_eq!(refusal(source, option, variables), None, "{source} {option:?} {variables:?}");
    }
}

#[test]
fn a_token_of_another_site_is_refused_and_both_variables_are_named() {
    const GHES: (&str, &str) = (GITHUB_API_URL, "https://ghes.example/api/v3");
    for (source, option, variables, words) in [
        (GITHUB_TOKEN, Some("https://api.github.com"), &[GHES][..], [GITHUB_API_URL, "--api-url"]),
        (GITHUB_TOKEN, None, &[GHES, (GH_HOST, "github.com")], [GITHUB_API_URL, GH_HOST]),
        (
            GITHUB_TOKEN,
            None,
            &[GHES, (GITHUB_SERVER_URL, "https://other.example")],
            [GITHUB_API_URL, GITHUB_SERVER_URL],
        ),
        (GITHUB_TOKEN, Some("ghes.example"), &[], ["*.ghe.com", "--api-url"]),
        (GITHUB_TOKEN, Some("ghes.example:8443"), &[GHES], [GITHUB_API_URL, "--api-url"]),
        (
            GITHUB_TOKEN,
            Some("other.ghe.com"),
            &[(GITHUB_SERVER_URL, "https://octo.ghe.com")],
            [GITHUB_SERVER_URL, "--api-url"],
        ),
        (GH_TOKEN, None, &[GHES], ["*.ghe.com", GITHUB_API_URL]),
        (GH_TOKEN, Some("github.com"), &[(GH_HOST, "octo.ghe.com")], [GH_HOST, "--api-url"]),
        (GH_ENTERPRISE_TOKEN, None, &[], ["Enterprise Server", "default"]),
        (GH_ENTERPRISE_TOKEN, Some("b.example"), &[(GH_HOST, "a.example")], [GH_HOST, "--api-url"]),
    ] {
        let message = refusal(source, option, variables).unwrap_or_default();
        assert!(message.contains(source), "{source} {option:?} {variables:?}: {message}");
        assert!(
            words.iter().all(|word| message.contains(word)),
            "{source} {option:?} {variables:?}: {message}"
        );
    }
}

//! The address of the API, and the variable or option that selected it.

use crate::environment::{API_URL, Environment, GH_HOST, GITHUB_API_URL};
use crate::output::Failure;
use crate::value::has_token_prefix;
use octoseal::ApiUrl;

/// The source of the default address.
const DEFAULT: &str = "default";

/// The address of an API.
pub(crate) struct Address {
    pub(crate) url: ApiUrl,
    /// The variable or option that selected it.
    pub(crate) source: &'static str,
}

impl Address {
    /// Selects `--api-url`, else `OCTOSEAL_API_URL`, else `GH_HOST`, else `GITHUB_API_URL`, else github.com.
    pub(crate) fn choose(option: Option<&str>, environment: &Environment) -> Result<Self, Failure> {
        let named = match option {
            Some(text) => Some(("--api-url", text.to_owned())),
            None => first(environment, &[API_URL, GH_HOST, GITHUB_API_URL])?,
        };
        match named {
            Some((source, text)) => Ok(Self { url: parse(&text, source)?, source }),
            None => Ok(Self { url: ApiUrl::github(), source: DEFAULT }),
        }
    }

    /// Describes the source.
    pub(crate) fn reason(&self) -> String {
        if self.source == DEFAULT { "the default".to_owned() } else { format!("from {}", self.source) }
    }

    /// Returns the site of this API.
    pub(crate) fn site(&self) -> Site {
        Site::of(&self.url)
    }
}

fn first(
    environment: &Environment,
    names: &[&'static str],
) -> Result<Option<(&'static str, String)>, Failure> {
    for &name in names {
        if let Some(text) = environment.text(name)? {
            return Ok(Some((name, text)));
        }
    }
    Ok(None)
}

/// Reads the URL of an API, or a host. A host without a path gets GitHub's own form (GitHub: "Getting started
/// with the REST API", "/api/v3" for GitHub Enterprise Server).
pub(super) fn parse(text: &str, source: &'static str) -> Result<ApiUrl, Failure> {
    let invalid =
        |cause| Failure::usage(format!("{source} is not a valid address")).because(cause).argument(source);
    let text = text.trim();
    if text.split(['/', '.', '@']).any(has_token_prefix) {
        return Err(Failure::usage(format!("{source} looks like a token; it is not repeated here"))
            .hint("a token belongs into OCTOSEAL_TOKEN")
            .argument(source));
    }
    let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url: ApiUrl = text.parse().map_err(invalid)?;
    let has_path = url.to_string().trim_end_matches('/') != url.origin();
    if has_path && Site::of(&url).website() == "github.com" && !url.origin().contains("//api.") {
        return Err(Failure::usage(format!(
            "{source} is a page of github.com, and not the address of an API"
        ))
        .hint("write github.com or https://api.github.com")
        .argument(source));
    }
    if has_path || url.is_this_machine() {
        return Ok(url);
    }
    let site = Site::of(&url);
    let form = match site.kind() {
        SiteKind::GitHub => "https://api.github.com".to_owned(),
        SiteKind::Residency => format!("https://api.{}", site.website()),
        SiteKind::Other => format!("{}/api/v3", url.origin()),
    };
    form.parse().map_err(invalid)
}

/// The host and port of the website: `github.com` for `api.github.com`, `x.ghe.com` for `api.x.ghe.com`.
/// Tokens belong to a site.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Site(String);

/// The kind of a site.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum SiteKind {
    GitHub,
    /// GitHub Enterprise Cloud with data residency.
    Residency,
    /// An Enterprise Server, or a fake.
    Other,
}

impl Site {
    pub(super) fn of(url: &ApiUrl) -> Self {
        let origin = url.origin();
        let host = origin.split_once("://").map_or(origin, |(_, host)| host).to_ascii_lowercase();
        let host = host.strip_suffix('.').map_or(host.clone(), str::to_owned);
        let website =
            host.strip_prefix("api.").filter(|rest| *rest == "github.com" || rest.ends_with(".ghe.com"));
        Self(website.unwrap_or(&host).to_owned())
    }

    /// Returns the host, with its port if it is not the default.
    pub(crate) fn website(&self) -> &str {
        &self.0
    }

    #[cfg(test)]
    pub(crate) fn named(host: &str) -> Self {
        Self(host.to_owned())
    }

    pub(crate) fn kind(&self) -> SiteKind {
        let host = self.0.split(':').next().unwrap_or_default().trim_end_matches('.');
        match host {
            "github.com" => SiteKind::GitHub,
            host if host.ends_with(".github.com") => SiteKind::GitHub,
            "ghe.com" => SiteKind::Residency,
            host if host.ends_with(".ghe.com") => SiteKind::Residency,
            _ => SiteKind::Other,
        }
    }

    /// Returns whether GitHub runs the site.
    pub(crate) fn is_github(&self) -> bool {
        self.kind() != SiteKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_without_a_path_gets_githubs_form() {
        for (text, url) in [
            ("github.com", "https://api.github.com"),
            ("https://github.com/", "https://api.github.com"),
            ("api.github.com", "https://api.github.com"),
            ("octo.ghe.com", "https://api.octo.ghe.com"),
            ("https://api.octo.ghe.com", "https://api.octo.ghe.com"),
            ("ghes.example", "https://ghes.example/api/v3"),
            ("ghes.example:8443", "https://ghes.example:8443/api/v3"),
            ("https://ghes.example/", "https://ghes.example/api/v3"),
            ("https://ghes.example/api/v3", "https://ghes.example/api/v3"),
            ("https://mirror.example/github/", "https://mirror.example/github"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ] {
            let parsed = parse(text, "--api-url").map(|url| url.to_string());
            assert_eq!(parsed.as_deref().unwrap_or("invalid").trim_end_matches('/'), url, "{text}");
        }
    }

    #[test]
    fn the_most_particular_source_chooses_the_address() {
        let all = &[
            (API_URL, "https://a.example"),
            (GH_HOST, "b.example"),
            (GITHUB_API_URL, "https://c.example/api/v3"),
        ];
        let chosen = |option, environment: Environment| {
            let address =
                Address::choose(option, &environment).unwrap_or_else(|failure| panic!("{failure:?}"));
            (address.site().0, address.source)
        };
        assert_eq!(chosen(Some("d.example"), Environment::Test(all)), ("d.example".into(), "--api-url"));
        assert_eq!(chosen(None, Environment::Test(all)), ("a.example".into(), API_URL));
        assert_eq!(chosen(None, Environment::Test(&all[1..])), ("b.example".into(), GH_HOST));
        assert_eq!(chosen(None, Environment::Test(&all[2..])), ("c.example".into(), GITHUB_API_URL));
        assert_eq!(chosen(None, Environment::Test(&[])), ("github.com".into(), "default"));
        assert_eq!(chosen(None, Environment::Test(&[(GH_HOST, "")])).0, "github.com");
    }

    #[test]
    fn only_github_runs_its_own_sites() {
        for (text, kind) in [
            ("https://api.github.com", SiteKind::GitHub),
            ("https://github.com/api", SiteKind::GitHub),
            ("https://api.octo.ghe.com", SiteKind::Residency),
            ("https://ghe.com/api/v3", SiteKind::Residency),
            ("https://api.github.com:8443/x", SiteKind::GitHub),
            ("https://gist.github.com/x", SiteKind::GitHub),
            ("https://evilghe.com/api/v3", SiteKind::Other),
            ("https://api.github.com.evil.com/x", SiteKind::Other),
            ("https://github.example.com/api/v3", SiteKind::Other),
            ("http://127.0.0.1", SiteKind::Other),
        ] {
            let url: ApiUrl = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(Site::of(&url).kind(), kind, "{text}");
        }
    }
}

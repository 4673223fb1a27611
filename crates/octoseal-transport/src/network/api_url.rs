//! The address of the API: the only origin of requests and of the credential.

use crate::error::Error;
use crate::network::loopback::is_this_machine;
use http::Uri;
use std::fmt;
use std::str::FromStr;

/// The root of GitHub's REST API: scheme, host, port and base path, checked once.
///
/// It is `https://api.github.com` for github.com, and `https://HOST/api/v3` for GitHub Enterprise Server.
/// Cleartext `http` is allowed only for this machine: a loopback address or `localhost`.
///
/// # Examples
///
/// ```
/// use octoseal_transport::ApiUrl;
///
/// let api_url: ApiUrl = "https://GHE.example:443/api/v3/".parse()?;
/// assert_eq!(api_url.to_string(), "https://ghe.example/api/v3");
/// assert_eq!(api_url.host(), "ghe.example");
/// assert!(!api_url.is_this_machine());
/// assert_eq!(api_url.resolve("/user?page=2")?, "https://ghe.example/api/v3/user?page=2");
/// assert!(api_url.resolve("https://elsewhere.example/api/v3/user").is_err());
/// # Ok::<(), octoseal_transport::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ApiUrl {
    scheme: &'static str,
    /// The host in lower case.
    host: String,
    /// The port. `None` for the scheme's default.
    port: Option<u16>,
    /// Scheme, host and port, as text.
    origin: String,
    base_path: String,
}

impl ApiUrl {
    /// Returns the API of github.com: `https://api.github.com`.
    pub fn github() -> Self {
        "https://api.github.com".parse().expect("it is an address")
    }

    /// Returns scheme, host and port. The host is in lower case, and the scheme's default port is omitted.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the host, in lower case.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns whether GitHub runs the server: github.com, or a host of Enterprise Cloud with data residency.
    pub fn is_github(&self) -> bool {
        let host = self.host();
        host == "api.github.com" || host.ends_with(".ghe.com")
    }

    /// Refuses an address of another origin.
    ///
    /// # Errors
    ///
    /// An [`Error`] that names the other origin, or the reason why no request may be sent there.
    pub(crate) fn check_origin(&self, uri: &Uri) -> Result<(), Error> {
        let (scheme, host, port) = parts(uri)?;
        if scheme == self.scheme && port == self.port && host.eq_ignore_ascii_case(&self.host) {
            // The rule on cleartext was checked when this origin was parsed.
            return Ok(());
        }
        let origin = origin_text(scheme, host, port);
        Err(Error::refused(format!("the address leads to {origin}, but requests go only to {}", self.origin)))
    }

    /// Returns whether the host is this machine by name: a loopback address or `localhost`.
    pub fn is_this_machine(&self) -> bool {
        is_this_machine(self.host())
    }

    /// Returns the absolute address of a target.
    ///
    /// A target that starts with `/` is appended to this URL. An absolute one must lie under this URL. For
    /// the targets of links and redirects, use [`relocate`](Self::relocate).
    ///
    /// # Errors
    ///
    /// An [`Error`] that names the other host if the target is on another one, or the fault in the address.
    pub fn resolve(&self, target: &str) -> Result<Uri, Error> {
        // `//host/path` would be an address of another host (RFC 3986, section 4.2).
        let absolute = if target.starts_with('/') && !target.starts_with("//") {
            &format!("{self}{target}")
        } else {
            target
        };
        let uri = parse(absolute)?;
        self.check_origin(&uri)?;
        match self.below(uri.path()) {
            Some(_) => Ok(uri),
            None => Err(Error::refused(format!("the address does not lie under {self}"))),
        }
    }

    /// Returns the part of a path below the API's base path.
    pub(crate) fn below<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(&self.base_path).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// # Errors
///
/// An [`Error`] that names the fault and repeats only the host of the text.
impl FromStr for ApiUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text.contains(['?', '#']) {
            return Err(Error::refused("an API URL has neither query nor fragment"));
        }
        let uri = parse(text)?;
        let base_path = uri.path().trim_end_matches('/').to_owned();
        let origin = origin_of(&uri)?;
        let (scheme, host, port) = parts(&uri)?;
        Ok(Self { scheme, host: host.to_ascii_lowercase(), port, origin, base_path })
    }
}

impl fmt::Display for ApiUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.base_path)
    }
}

/// Returns the origin of an absolute address, if a request may be sent there.
///
/// Only this function decides it, so it also refuses user names in addresses and cleartext to other machines.
pub(crate) fn origin_of(uri: &Uri) -> Result<String, Error> {
    check(uri)?;
    let (scheme, host, port) = parts(uri)?;
    Ok(origin_text(scheme, host, port))
}

fn origin_text(scheme: &str, host: &str, port: Option<u16>) -> String {
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{}{port}", host.to_ascii_lowercase())
}

/// Checks that a request may be sent to an absolute address. Success allocates no memory.
///
/// # Errors
///
/// An [`Error`] with the reason.
pub(crate) fn check(uri: &Uri) -> Result<(), Error> {
    let (scheme, host, _) = parts(uri)?;
    if scheme == "http" && !is_this_machine(host) {
        let host = host.to_ascii_lowercase();
        return Err(Error::refused(format!("cleartext goes only to this machine: use https for {host}")));
    }
    Ok(())
}

/// Returns scheme, host and, unless it is the scheme's default, port.
fn parts(uri: &Uri) -> Result<(&'static str, &str, Option<u16>), Error> {
    let (scheme, default_port): (_, u16) = match uri.scheme_str() {
        Some("https") => ("https", 443),
        Some("http") => ("http", 80),
        _ => return Err(Error::refused("an address starts with https://")),
    };
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let host = uri.host().unwrap_or_default();
    // A user name would precede the host, and then this finds no port.
    let port = match authority.strip_prefix(host) {
        Some("") => Some(default_port),
        Some(rest) => rest.strip_prefix(':').and_then(|port| port.parse().ok()),
        None => None,
    };
    match port {
        None => Err(Error::refused("an address has a host, perhaps a port, and no user name")),
        Some(_) if host.is_empty() => Err(Error::refused("an address has a host")),
        Some(port) => Ok((scheme, host, (port != default_port).then_some(port))),
    }
}

/// Dot segments would let an address leave the base path (RFC 3986, section 5.2.4).
fn parse(address: &str) -> Result<Uri, Error> {
    let uri: Uri = address
        .parse()
        .map_err(|cause: http::uri::InvalidUri| Error::refused("not an address").caused_by(cause))?;
    if has_dot_segment(uri.path()) {
        return Err(Error::refused("the address has a segment of dots"));
    }
    Ok(uri)
}

pub(crate) fn has_dot_segment(path: &str) -> bool {
    let climbs =
        |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    path.split('/').any(climbs)
}

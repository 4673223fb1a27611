//! Targets of links and redirects: the same resource under another name on the same server, or an error.

use crate::error::Error;
use crate::network::api_url::{ApiUrl, has_dot_segment, origin_of};
use http::Uri;

/// The resource of an address, independent of its owner's name.
#[derive(Debug, Eq, PartialEq)]
enum Root {
    Repository,
    Organization,
    Account,
    /// There is no known owner, so the whole path counts.
    None,
}

impl ApiUrl {
    /// Returns the address on this server to which a link or a redirect leads.
    ///
    /// Only the path and the query of `target` count, so links work even if the server has another name for
    /// itself. The path must be that of `asked`, except that GitHub may name a repository or an organization
    /// differently: `repos/octo/hello`, `repositories/1300192`, `orgs/acme` or `organizations/21955855`.
    ///
    /// # Errors
    ///
    /// An [`Error`] with [`is_redirect`](Error::is_redirect) that describes the refused target.
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal_transport::ApiUrl;
    ///
    /// let api_url: ApiUrl = "https://ghe.example/api/v3".parse()?;
    /// let asked = api_url.resolve("/repos/octo/hello/actions/secrets")?;
    /// let link = "https://internal.example/api/v3/repositories/7/actions/secrets?page=2";
    /// assert_eq!(
    ///     api_url.relocate(&asked, link)?,
    ///     "https://ghe.example/api/v3/repositories/7/actions/secrets?page=2"
    /// );
    /// assert!(api_url.relocate(&asked, "https://ghe.example/login").is_err());
    /// # Ok::<(), octoseal_transport::Error>(())
    /// ```
    pub fn relocate(&self, asked: &Uri, target: &str) -> Result<Uri, Error> {
        self.same_thing(asked, target)
            .ok_or_else(|| Error::misdirected(describe_target(self, target)).at(self.origin()))
    }

    fn same_thing(&self, asked: &Uri, target: &str) -> Option<Uri> {
        let (path, query) = path_and_query(asked, target)?;
        if has_dot_segment(&path) || !is_same(self.below(asked.path())?, self.below(&path)?) {
            return None;
        }
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let found: Uri = format!("{}{path}{query}", self.origin()).parse().ok()?;
        // The same path on another server is not a new name. It means that server.
        (found != *asked || self.is_ours(target)).then_some(found)
    }

    /// Returns whether a target has no host, or this server's.
    fn is_ours(&self, target: &str) -> bool {
        read(target).is_some_and(|uri| uri.authority().is_none() || self.check_origin(&uri).is_ok())
    }

    /// Returns the owner in an address, such as `repositories/1300192`.
    pub(crate) fn owner_in(&self, uri: &Uri) -> Option<String> {
        let path = self.below(uri.path())?;
        let owner = path.strip_suffix(split(path).1)?.trim_matches('/');
        (!owner.is_empty()).then(|| owner.to_owned())
    }
}

/// Returns path and query of a reference (RFC 3986, section 4.2), without its host.
fn path_and_query(asked: &Uri, target: &str) -> Option<(String, Option<String>)> {
    let target = target.split('#').next().unwrap_or_default();
    let after_scheme = match target.split_once("://") {
        Some(("https" | "http", rest)) => Some(rest),
        _ => target.strip_prefix("//"),
    };
    let local = match after_scheme {
        Some(rest) => &rest[rest.find(['/', '?'])?..],
        None => target,
    };
    let (path, query) = match local.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (local, None),
    };
    let path = match path {
        "" if query.is_some() && after_scheme.is_none() => asked.path().to_owned(),
        path if path.starts_with('/') => path.to_owned(),
        path if !path.is_empty() && !path.contains(':') => format!("{}{path}", folder(asked.path())),
        _ => return None,
    };
    Some((path, query))
}

fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |at| at + 1)]
}

fn is_same(asked: &str, found: &str) -> bool {
    let ((asked_root, asked), (found_root, found)) = (split(asked), split(found));
    asked_root == found_root && decoded(asked).eq_ignore_ascii_case(&decoded(found))
}

/// Splits a path below the API's into its owner, of which only the kind counts, and the rest.
fn split(path: &str) -> (Root, &str) {
    let is_name = |segment: Option<&str>| segment.is_some_and(|segment| !segment.is_empty());
    let is_number = |segment: Option<&str>| {
        segment.is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut segments = path.strip_prefix('/').unwrap_or(path).splitn(4, '/');
    let [kind, first, second, _] = std::array::from_fn(|_| segments.next());
    let (root, length) = match kind {
        Some("repos") if is_name(first) && is_name(second) => (Root::Repository, 3),
        Some("repositories") if is_number(first) => (Root::Repository, 2),
        Some("orgs") if is_name(first) => (Root::Organization, 2),
        Some("organizations") if is_number(first) => (Root::Organization, 2),
        Some("users") if is_name(first) => (Root::Account, 2),
        Some("user") if is_number(first) => (Root::Account, 2),
        _ => return (Root::None, path),
    };
    let tail = path.match_indices('/').nth(length).map_or("", |(at, _)| &path[at..]);
    (root, tail)
}

/// Decodes the bytes of a path, since servers may encode different characters. Slashes are not decoded.
fn decoded(path: &str) -> Vec<u8> {
    let mut rest = path.as_bytes();
    let mut decoded = Vec::with_capacity(rest.len());
    while let [first, after @ ..] = rest {
        let code = (*first == b'%').then(|| code(after.get(..2)?)).flatten();
        decoded.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    decoded
}

fn code(digits: &[u8]) -> Option<u8> {
    let code = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (code != b'/').then_some(code)
}

fn read(target: &str) -> Option<Uri> {
    match target.starts_with("//") {
        true => format!("https:{target}").parse().ok(),
        false => target.parse().ok(),
    }
}

/// Describes a refused target with at most a host or a first segment of it.
fn describe_target(api_url: &ApiUrl, target: &str) -> String {
    let Some(uri) = read(target) else {
        return "an address that cannot be read".to_owned();
    };
    if uri.authority().is_some() {
        match origin_of(&uri) {
            Ok(origin) if origin != api_url.origin() => return origin,
            Ok(_) => {}
            Err(_) => return "an address that requests may not go to".to_owned(),
        }
    }
    let first = uri.path().split('/').nth(1).unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    match (1..=LONGEST_SHOWN).contains(&first.len()) && first.bytes().all(is_plain) {
        true => format!("/{first}"),
        false => "another address".to_owned(),
    }
}

/// Maximum number of bytes of a segment that an error repeats.
const LONGEST_SHOWN: usize = 32;

//! Pages of listings. GitHub's answer holds the link to the next page.

use crate::error::Error;
use crate::limits::{MAX_PAGE_SIZE, MAX_VARIABLES_PAGE_SIZE};
use crate::operation::{Action, Operation};
use crate::printable::printable;
use crate::request::{Request, is_target, json};
use bytes::Bytes;
use http::Response;
use http::header::LINK;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The number of items on each page of a listing, requested with the first page.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct PageRequest {
    size: u8,
}

/// A page of a listing.
///
/// # Examples
///
/// ```
/// use octoseal_model::{PageRequest, User};
///
/// let request = User.store().list(PageRequest::default());
/// let response = http::Response::builder()
///     .header("link", "<https://api.github.com/user/codespaces/secrets?page=2>; rel=\"next\"")
///     .body(r#"{"secrets":[{"name":"A"}],"total_count":2}"#.into())?;
/// let page = request.read(&response)?;
/// assert_eq!(page.items[0].name, "A");
/// let next = page.next.expect("there is a second page");
/// assert_eq!(next.target(), "https://api.github.com/user/codespaces/secrets?page=2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The number of items on all pages together, if the listing has it.
    pub total_count: Option<u64>,
    /// The items of this page.
    pub items: Vec<T>,
    /// The request for the next page, from the `Link` header. The sender must check the host of the
    /// [link](Request::is_link).
    pub next: Option<Request<Page<T>>>,
    /// The ids of organizations whose items are omitted, because the token is not authorized for their single
    /// sign-on (`X-GitHub-SSO: partial-results`).
    pub left_out: Option<String>,
}

#[derive(Deserialize)]
struct Listing<T> {
    #[serde(default)]
    total_count: Option<u64>,
    secrets: Option<Vec<T>>,
    variables: Option<Vec<T>>,
    repositories: Option<Vec<T>>,
    environments: Option<Vec<T>>,
}

impl PageRequest {
    /// Requests pages of `size` items.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPageSize`] unless `size` is from 1 to [`MAX_PAGE_SIZE`].
    pub fn new(size: u8) -> Result<Self, Error> {
        if (1..=MAX_PAGE_SIZE).contains(&size) { Ok(Self { size }) } else { Err(Error::InvalidPageSize) }
    }

    pub(crate) fn first<T: DeserializeOwned>(self, operation: Operation) -> Request<Page<T>> {
        let most = match operation.action() {
            Action::ListVariables | Action::ListOrganizationVariables => MAX_VARIABLES_PAGE_SIZE,
            _ => MAX_PAGE_SIZE,
        };
        let target = format!("{}?per_page={}", operation.path(), self.size.min(most));
        Request::new(operation, read).at(target)
    }
}

/// Requests the maximum number of items that GitHub allows.
impl Default for PageRequest {
    fn default() -> Self {
        Self { size: MAX_PAGE_SIZE }
    }
}

fn read<T: DeserializeOwned>(
    request: &Request<Page<T>>,
    response: &Response<Bytes>,
) -> Result<Page<T>, Error> {
    let unexpected = || Error::UnexpectedAnswer { status: response.status(), source: None };
    let (total_count, items) = items(request, response)?;
    let items = items.ok_or_else(unexpected)?;
    let next = next_link(response);
    let next = next.map(|link| request.next_page(link));
    let leads_on =
        next.as_ref().is_none_or(|next| is_target(next.target()) && next.target() != request.target());
    if items.len() > MAX_PAGE_SIZE.into() || !leads_on {
        return Err(unexpected());
    }
    Ok(Page { total_count, items, next, left_out: left_out(response) })
}

/// Reads the header `partial-results; organizations=21955855,20582480` (GitHub: "Authorizing a personal
/// access token for use with single sign-on").
fn left_out(response: &Response<Bytes>) -> Option<String> {
    let header = response.headers().get("x-github-sso")?.to_str().ok()?;
    let (kind, rest) = header.split_once(';').unwrap_or((header, ""));
    let organizations = rest.split_once("organizations=").map_or("", |(_, organizations)| organizations);
    kind.trim().eq_ignore_ascii_case("partial-results").then(|| printable(organizations.trim()))
}

/// Returns the total, if GitHub sends it, and the items, if they are in the listing's field.
fn items<T: DeserializeOwned>(
    request: &Request<Page<T>>,
    response: &Response<Bytes>,
) -> Result<(Option<u64>, Option<Vec<T>>), Error> {
    let action = request.operation().action();
    if matches!(action, Action::ListRepositories | Action::ListPropertyValues) {
        return Ok((None, Some(json(request, response)?)));
    }
    let listing: Listing<T> = json(request, response)?;
    let items = match action {
        Action::ListSelectedRepositories | Action::ListInstallationRepositories => listing.repositories,
        Action::ListVariables | Action::ListOrganizationVariables => listing.variables,
        Action::ListEnvironments => listing.environments,
        _ => listing.secrets,
    };
    Ok((listing.total_count, items))
}

/// Returns the URL of the link with the relation `next` (RFC 8288, section 3).
fn next_link(response: &Response<Bytes>) -> Option<String> {
    let values = response.headers().get_all(LINK).into_iter().filter_map(|value| value.to_str().ok());
    let mut links = values.flat_map(|value| value.split('<').skip(1)).filter_map(|link| link.split_once('>'));
    let (target, _) = links.find(|(_, parameters)| is_next(parameters))?;
    Some(target.to_owned())
}

fn is_next(parameters: &str) -> bool {
    parameters.split([';', ',']).any(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let relations = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("rel")
            && relations.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("next"))
    })
}

//! Pages of listings, and the `Link` header with the addresses of other pages.

use crate::api::answer::{json, put};
use crate::api::call::Call;
use crate::api::store::{Owner, Store, encoded};
use crate::world::World;
use bytes::Bytes;
use http::header::LINK;
use http::{Response, StatusCode};
use serde_json::{Map, Value};

/// The requested part of a listing (Using pagination in the REST API).
struct Page {
    number: usize,
    size: usize,
    /// All parameters except `page`, each followed by an ampersand.
    parameters: String,
}

/// Answers with one page of a listing at this path. `member` is the field with its items.
pub(crate) fn answer(call: &Call<'_>, path: &str, member: &str, items: Vec<Value>) -> Response<Bytes> {
    answer_with(call, path, member, items, Map::new())
}

/// Answers like [`answer`], with more fields after the items.
pub(crate) fn answer_with(
    call: &Call<'_>,
    path: &str,
    member: &str,
    items: Vec<Value>,
    more: Map<String, Value>,
) -> Response<Bytes> {
    let (total, sizes) = (items.len(), if member == "variables" { VARIABLES } else { OTHERS });
    paged(call, path, sizes, items, |items| {
        let body = [("total_count".to_owned(), total.into()), (member.to_owned(), items.into())];
        Value::Object(body.into_iter().chain(more).collect())
    })
}

/// Answers with one page of a listing without a total.
pub(crate) fn array(call: &Call<'_>, path: &str, items: Vec<Value>) -> Response<Bytes> {
    paged(call, path, OTHERS, items, Value::from)
}

/// Returns the value of a query parameter.
pub(crate) fn query<'a>(call: &'a Call<'_>, name: &str) -> Option<&'a str> {
    parameter(call.request.uri().query().unwrap_or_default(), name)
}

/// Returns whether an answer is the first of several pages.
pub(crate) fn is_first_of_several(call: &Call<'_>, answer: &Response<Bytes>) -> bool {
    query(call, "page").is_none_or(|page| page == "1") && answer.headers().contains_key(LINK)
}

fn paged(
    call: &Call<'_>,
    path: &str,
    sizes: Sizes,
    items: Vec<Value>,
    body: impl FnOnce(Vec<Value>) -> Value,
) -> Response<Bytes> {
    let page = Page::of(call.request.uri().query().unwrap_or_default(), sizes);
    let total = items.len();
    let skipped = (page.number - 1).saturating_mul(page.size);
    let items: Vec<Value> = items.into_iter().skip(skipped).take(page.size).collect();
    let mut answer = json(StatusCode::OK, &body(items));
    if let Some(link) = page.link(&format!("{}{path}", call.base_url()), total) {
        put(answer.headers_mut(), LINK, &link);
    }
    answer
}

fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next_back()
}

impl World {
    /// Returns a store's path in the numeric form of links, `/repositories/1300192/…` (Best practices for
    /// using the REST API).
    pub(crate) fn numeric_path(&mut self, store: &Store) -> String {
        let family = store.family.segment();
        match &store.owner {
            Owner::Environment { repository, environment } => {
                let id = self.repositories.id(&repository.joined());
                format!("/repositories/{id}/environments/{}", encoded(environment))
            }
            Owner::Organization(organization) => {
                format!("/organizations/{}/{family}", self.organizations.id(organization))
            }
            Owner::Repository(repository) => {
                format!("/repositories/{}/{family}", self.repositories.id(&repository.joined()))
            }
            Owner::User => format!("/user/{family}"),
        }
    }
}

impl Page {
    fn of(query: &str, (default, most): Sizes) -> Self {
        let number = |name: &str| -> Option<usize> {
            parameter(query, name)?.parse().ok().filter(|number| *number > 0)
        };
        let size = number("per_page").unwrap_or(default).min(most);
        let kept = query.split('&').filter_map(|pair| match pair.split_once('=')? {
            ("page", _) => None,
            ("per_page", _) => Some(format!("per_page={size}&")),
            _ => Some(format!("{pair}&")),
        });
        Self { number: number("page").unwrap_or(1), size, parameters: kept.collect() }
    }

    /// Returns the value of the header, or `None` if one page holds all items.
    fn link(&self, url: &str, total: usize) -> Option<String> {
        let last = total.div_ceil(self.size).max(1);
        let relations = [
            ("prev", (self.number > 1).then_some((self.number - 1).min(last))),
            ("next", (self.number < last).then_some(self.number + 1)),
            ("last", (self.number < last).then_some(last)),
            ("first", (self.number > 1).then_some(1)),
        ];
        let link = |(relation, page): (&str, Option<usize>)| {
            page.map(|page| format!("<{url}?{}page={page}>; rel=\"{relation}\"", self.parameters))
        };
        let links: Vec<String> = relations.into_iter().filter_map(link).collect();
        (last > 1).then(|| links.join(", "))
    }
}

/// The number of items on a page without `per_page`, and the maximum.
type Sizes = (usize, usize);

const OTHERS: Sizes = (30, 100);
const VARIABLES: Sizes = (10, 30);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_clamped_to_what_github_allows() {
        for (query, number, size) in [
            ("", 1, 30),
            ("per_page=7&page=3", 3, 7),
            ("per_page=1000", 1, 100),
            ("per_page=0&page=0", 1, 30),
            ("per_page=-1&page=x", 1, 30),
            ("page=2&page=5&other=1&odd", 5, 30),
        ] {
            let page = Page::of(query, OTHERS);
            assert_eq!((page.number, page.size), (number, size), "{query:?}");
        }
    }

    #[test]
    fn a_link_names_only_existing_pages() {
        let link = |query, total| Page::of(query, OTHERS).link("u", total).unwrap_or_default();
        assert_eq!(link("", 30), "");
        assert_eq!(link("", 31), r#"<u?page=2>; rel="next", <u?page=2>; rel="last""#);
        assert_eq!(
            link("per_page=2&page=2", 5),
            "<u?per_page=2&page=1>; rel=\"prev\", <u?per_page=2&page=3>; rel=\"next\", \
             <u?per_page=2&page=3>; rel=\"last\", <u?per_page=2&page=1>; rel=\"first\""
        );
        assert_eq!(link("page=9", 31), r#"<u?page=2>; rel="prev", <u?page=1>; rel="first""#);
    }
}

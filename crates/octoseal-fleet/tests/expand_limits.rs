//! Selections that are large, that change while they are read, or that are spelled unusually.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use bytes::Bytes;
use http::{Request, Response};
use octoseal::{Error, GitHub, Profile, TransportError};
use octoseal_fleet::select::{
    ExpandError, Filters, MAX_STORES, Reading, SelectError, Selection, Word, expand, parse,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const READING: Reading<'static> = Reading { here: None, host: "github.com", here_is_all_families: false };

fn read(texts: &[String]) -> Result<Vec<Word>, SelectError> {
    let words: Result<Vec<_>, _> = texts.iter().map(|text| parse(text, &READING)).collect();
    Ok(words?.into_iter().flatten().collect())
}

/// Creates a GitHub that answers with this function. The function gets the number of the request and its target.
fn github(
    answer: impl Fn(usize, &str) -> Response<Bytes> + Send + Sync + 'static,
) -> (GitHub, Arc<AtomicUsize>) {
    let requests = Arc::new(AtomicUsize::new(0));
    let (counted, answer) = (Arc::clone(&requests), Arc::new(answer));
    let transport = move |request: Request<Bytes>| {
        let (number, answer) = (counted.fetch_add(1, Ordering::Relaxed), Arc::clone(&answer));
        async move { Ok::<_, TransportError>(answer(number, &request.uri().to_string())) }
    };
    let builder = GitHub::builder().token("ghp_any").pacing(Profile::Unlimited).transport(transport);
    (builder.build().unwrap(), requests)
}

async fn select(github: &GitHub, texts: &[&str]) -> Result<Selection, ExpandError> {
    let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
    expand(github, read(&texts).unwrap(), &Filters::default()).await
}

/// Returns a page of the repositories of an organization, with a link if there is a next page.
fn page(ids: impl Iterator<Item = u64>, has_next: bool) -> Response<Bytes> {
    let repositories: Vec<String> = ids
        .map(|id| format!(r#"{{"id":{id},"full_name":"acme/r{id}","private":true,"visibility":"private"}}"#))
        .collect();
    let mut answer = Response::builder();
    if has_next {
        let next = "https://api.github.com/orgs/acme/repos?per_page=100&page=2";
        answer = answer.header("link", format!("<{next}>; rel=\"next\""));
    }
    answer.body(format!("[{}]", repositories.join(",")).into()).unwrap()
}

#[tokio::test]
async fn ten_thousand_stores_are_selected_and_one_more_is_refused() {
    let (github, requests) = github(|_, _| unreachable!("stores that are named need no request"));
    let texts: Vec<String> = (0..=MAX_STORES).map(|number| format!("acme/r{number}")).collect();
    let began = Instant::now();
    let most = expand(&github, read(&texts[1..]).unwrap(), &Filters::default()).await.unwrap();
    assert_eq!(most.stores.len(), MAX_STORES);
    let error = expand(&github, read(&texts).unwrap(), &Filters::default()).await.unwrap_err();
    assert!(matches!(error, ExpandError::TooMany), "{error}");
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(requests.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn one_store_in_many_spellings_is_one_store() {
    let (github, _) = github(|_, _| unreachable!("stores that are named need no request"));
    let spellings = [
        "acme/api",
        "ACME/Api",
        "acme/api/actions",
        "repos/acme/API/actions",
        "https://github.com/Acme/api",
        "git@github.com:acme/api.git",
        "acme/api/",
        "acme/{api,API}",
    ];
    let selection = select(&github, &spellings).await.unwrap();
    assert_eq!(selection.stores.len(), 1, "{:?}", selection.stores);
    assert_eq!(selection.stores[0].to_string(), "repos/acme/api/actions");
}

#[test]
fn patterns_with_too_many_alternatives_are_refused_at_once() {
    let began = Instant::now();
    let braces = format!("acme/{}", "{a,b}".repeat(40));
    assert!(matches!(parse(&braces, &READING), Err(SelectError::TooManyAlternatives)));
    let wide = format!("acme/{{{}}}", vec!["a"; 20_000].join(","));
    assert!(matches!(parse(&wide, &READING), Err(SelectError::TooManyAlternatives)));
    let nested = format!("acme/{}a,b{}", "{".repeat(10_000), "}".repeat(10_000));
    assert!(matches!(parse(&nested, &READING), Err(SelectError::Braces)));
    for long in ["*a".repeat(100_000), "[a-z]".repeat(20_000), "?".repeat(100_000)] {
        let long = format!("acme/{long}");
        assert!(parse(&long, &READING).is_err(), "a name has at most 100 characters");
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_pattern_with_many_stars_matches_quickly() {
    let (github, _) = github(|_, _| {
        let names = (1..=90).map(|number| (number, "a".repeat(number)));
        let all: Vec<String> = names
            .map(|(id, name)| format!(r#"{{"id":{id},"full_name":"acme/{name}","visibility":"private"}}"#))
            .collect();
        Response::new(format!("[{}]", all.join(",")).into())
    });
    let began = Instant::now();
    let error = select(&github, &["acme/*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b"]).await.unwrap_err();
    assert!(matches!(error, ExpandError::NoMatch { .. }), "{error}");
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_listing_that_shrinks_between_two_pages_is_read_again() {
    // Repository 5 is deleted after the first page, so 101 moves to the first page and is on neither.
    let (github, requests) = github(|number, target| match (number, target.contains("page=2")) {
        (0, _) => page(1..=100, true),
        (1, _) => page(102..=150, false),
        (_, false) => page((1..=101).filter(|id| *id != 5), true),
        (_, true) => page(102..=150, false),
    });
    let selection = select(&github, &["acme/*"]).await.unwrap();
    let stores: BTreeSet<String> = selection.stores.iter().map(ToString::to_string).collect();
    assert_eq!(stores.len(), 149);
    assert!(stores.contains("repos/acme/r101/actions") && !stores.contains("repos/acme/r5/actions"));
    assert_eq!(requests.load(Ordering::Relaxed), 6, "read three times: the last two readings are the same");
}

#[tokio::test]
async fn a_listing_that_always_changes_selects_nothing() {
    let (github, requests) = github(|number, target| match target.contains("page=2") {
        false => page(1..=100, true),
        true => page(101..=101 + number as u64, false),
    });
    let error = select(&github, &["acme/*"]).await.unwrap_err();
    assert!(matches!(error, ExpandError::Listing(Error::Incomplete { .. })), "{error}");
    assert_eq!(requests.load(Ordering::Relaxed), 8);
}

#[tokio::test]
async fn a_selection_that_is_refused_halfway_selects_nothing() {
    let (github, _) = github(|_, target| match target {
        _ if target.contains("/orgs/acme/") => page(1..=3, false),
        _ => Response::builder().status(403).body(r#"{"message":"no"}"#.into()).unwrap(),
    });
    let error = select(&github, &["acme/r1", "acme/*", "octo/*"]).await.unwrap_err();
    assert!(matches!(error, ExpandError::Listing(error) if error.is_forbidden()));
}

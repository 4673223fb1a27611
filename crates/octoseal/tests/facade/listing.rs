//! Listings follow all their pages and no foreign links, and are complete or an error.

use super::*;
use octoseal::{Error, Family, Repository, User};
use std::sync::{Arc, Mutex};

#[tokio::test]
async fn a_listing_follows_all_its_pages() {
    let (emulator, github) = start().await;
    emulator.with_world(|world| {
        world.count_limits(false);
    });
    let secrets = github.secrets(Repository::new("octo", "hello").unwrap().store(Family::Actions));
    for number in 0..205 {
        let name = SecretName::new(&format!("S_{number:03}")).unwrap();
        secrets.put(&name, &value(), ()).await.unwrap();
    }
    let listed = secrets.list().await.unwrap();
    assert_eq!(listed.len(), 205);
    assert_eq!((listed[0].name.as_str(), listed[204].name.as_str()), ("S_000", "S_204"));

    let mut pages = secrets.pages();
    assert_eq!(pages.total_count(), None);
    let mut sizes = Vec::new();
    while let Some(items) = pages.next().await.unwrap() {
        sizes.push(items.len());
    }
    assert_eq!((sizes, pages.total_count()), (vec![100, 100, 5], Some(205)));
    assert!(sent(&emulator).iter().any(|line| line.contains("page=3")));
}

/// Creates a client of a server that gives these answers in turn: a `Link`, or none, and a body. The requests
/// are recorded.
fn listing(answers: &[(&str, &str)]) -> (GitHub, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&asked);
    let answers: Vec<(String, String)> =
        answers.iter().map(|(link, body)| ((*link).to_owned(), (*body).to_owned())).collect();
    let server = move |request: http::Request<bytes::Bytes>| {
        let mut asked = noted.lock().unwrap();
        let answer = answers.get(asked.len()).cloned();
        asked.push(request.uri().to_string());
        async move {
            let Some((link, body)) = answer else {
                return Ok(http::Response::builder().status(404).body("{}".into()).unwrap());
            };
            let mut answer = http::Response::builder();
            match link.strip_prefix("sso ") {
                Some(sso) => answer = answer.header("x-github-sso", sso),
                None if !link.is_empty() => answer = answer.header("link", format!("<{link}>; rel=\"next\"")),
                None => {}
            }
            Ok(answer.body(body.into()).unwrap())
        }
    };
    let builder = GitHub::builder().token("ghp_test").api_url("https://ghe.example/api/v3");
    let github = builder.transport(server).pacing(Profile::Unlimited).build().unwrap();
    (github, asked)
}

fn hello(github: &GitHub) -> octoseal::Secrets<Repository> {
    github.secrets(Repository::new("octo", "hello").unwrap().store(Family::Actions))
}

const A_OF_2: &str = r#"{"total_count":2,"secrets":[{"name":"A"}]}"#;
const B_OF_2: &str = r#"{"total_count":2,"secrets":[{"name":"B"}]}"#;
const BOTH: &str = r#"{"total_count":2,"secrets":[{"name":"A"},{"name":"B"}]}"#;

#[tokio::test]
async fn a_link_leads_to_the_same_listing_on_the_same_server() {
    for link in [
        "https://internal.example/api/v3/repositories/7/actions/secrets?page=2",
        "/api/v3/repos/octo/hello/actions/secrets?page=2",
        "//internal.example/api/v3/repos/octo/new/actions/secrets?page=2",
        "?page=2",
    ] {
        let (github, asked) = listing(&[(link, A_OF_2), ("", B_OF_2)]);
        assert_eq!(hello(&github).list().await.unwrap().len(), 2, "{link}");
        let asked = asked.lock().unwrap();
        assert!(asked[1].starts_with("https://ghe.example/api/v3/repo"), "{asked:?}");
        assert!(
            asked[1].ends_with("/actions/secrets?page=2") && !asked[1].contains("/api/v3/api"),
            "{asked:?}"
        );
    }
}

#[tokio::test]
async fn a_link_to_anything_else_is_refused_before_a_second_request() {
    for link in [
        "https://evil.example/x?page=2",
        "//evil.example/x",
        "/login",
        "/api/v3/orgs/octo/actions/secrets?page=2",
        "/api/v3/repos/octo/hello/actions/secrets/A",
    ] {
        let (github, asked) = listing(&[(link, A_OF_2), ("", B_OF_2)]);
        let error = hello(&github).list().await.unwrap_err();
        assert!(
            matches!(&error, Error::Transport { source, .. } if source.is_redirect()),
            "{link}: {error:?}"
        );
        assert_eq!(asked.lock().unwrap().len(), 1, "{link}");
    }
}

#[tokio::test]
async fn an_incomplete_listing_is_read_once_more_and_never_returned_as_complete() {
    let page_2 = "?page=2";
    let one_too_many = r#"{"total_count":1,"secrets":[{"name":"A"},{"name":"B"}]}"#;
    let twice = r#"{"total_count":2,"secrets":[{"name":"A"},{"name":"A"}]}"#;
    let of_3 = r#"{"total_count":3,"secrets":[{"name":"A"}]}"#;
    for cut in [&[("", A_OF_2)][..], &[("", one_too_many)], &[("", twice)], &[(page_2, of_3), ("", B_OF_2)]] {
        let (github, asked) = listing(&[cut, &[("", BOTH)]].concat());
        assert_eq!(hello(&github).list().await.unwrap().len(), 2, "{cut:?}");
        assert_eq!(asked.lock().unwrap().len(), cut.len() + 1);

        let (github, asked) = listing(&[cut, cut].concat());
        let error = hello(&github).list().await.unwrap_err();
        assert!(matches!(error, Error::Incomplete { .. }), "{cut:?}: {error:?}");
        assert_eq!(asked.lock().unwrap().len(), 2 * cut.len());
    }
}

#[tokio::test]
async fn single_pages_end_with_the_error() {
    let (github, _) = listing(&[("?page=2", A_OF_2), ("", r#"{"total_count":2,"secrets":[]}"#)]);
    let mut pages = hello(&github).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 1);
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 0);
    let error = pages.next().await.unwrap_err();
    assert!(matches!(error, Error::Incomplete { found: 1, total: 2 }), "{error:?}");
    assert!(pages.next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_missing_later_page_is_not_a_missing_secret() {
    let (github, asked) = listing(&[("?page=2", A_OF_2)]);
    let mut each = hello(&github).pages().each();
    assert_eq!(each.next().await.unwrap().unwrap().name, "A");
    let error = each.next().await.unwrap_err();
    assert!(matches!(error, Error::Incomplete { found: 1, total: 2 }) && !error.is_not_found(), "{error:?}");
    assert_eq!(asked.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn items_omitted_for_single_sign_on_make_a_listing_incomplete() {
    let sso = "sso partial-results; organizations=21955855,20582480";
    let (github, asked) = listing(&[(sso, BOTH), ("", BOTH)]);
    let error = hello(&github).list().await.unwrap_err();
    assert!(matches!(error, Error::PartialResults { .. }), "{error:?}");
    assert!(error.to_string().contains("21955855,20582480"), "{error}");
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_listing_without_a_total_follows_its_links() {
    let a = r#"{"secrets":[{"name":"A"}]}"#;
    let (github, _) = listing(&[("?page=2", a), ("", r#"{"secrets":[{"name":"B"}]}"#)]);
    assert_eq!(hello(&github).list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_name_that_is_too_long_is_refused() {
    let body = format!(r#"{{"total_count":1,"secrets":[{{"name":"{}"}}]}}"#, "A".repeat(512));
    let (github, _) = listing(&[("", &body)]);
    assert!(matches!(hello(&github).list().await.unwrap_err(), Error::Answer { .. }));
}

#[tokio::test]
async fn a_refusal_after_a_redirect_names_the_new_owner() {
    let server = |request: http::Request<bytes::Bytes>| async move {
        let is_new = request.uri().path().starts_with("/repositories/");
        let answer = http::Response::builder().status(if is_new { 404 } else { 307 });
        Ok(answer.header("location", "/repositories/7/actions/secrets/A").body("{}".into()).unwrap())
    };
    let github = GitHub::builder().token("ghp_test").transport(server).build().unwrap();
    let error = hello(&github).delete(&SecretName::new("A").unwrap()).await.unwrap_err();
    assert_eq!(error.refusal().unwrap().redirected_to(), Some("repositories/7"));
    assert!(error.to_string().contains("GitHub redirected it to repositories/7"), "{error}");
}

#[tokio::test]
async fn a_missing_secret_is_an_error_for_get_and_none_for_find() {
    let (_emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    assert!(secrets.get(&name()).await.unwrap_err().is_not_found());
    assert!(secrets.find(&name()).await.unwrap().is_none());
    secrets.put(&name(), &value(), []).await.unwrap();
    assert_eq!(secrets.find(&name()).await.unwrap().unwrap().name, "NPM_TOKEN");
    secrets.delete(&name()).await.unwrap();
    assert!(secrets.delete(&name()).await.unwrap_err().is_not_found());
}

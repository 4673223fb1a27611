//! Listings follow all their pages, and no link to elsewhere.

use super::*;
use octoseal::{Error, Family, Repository, User};

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

#[tokio::test]
async fn a_link_to_another_host_is_refused_and_the_token_stays_here() {
    let (emulator, github) = start().await;
    for link in ["https://evil.example/x?page=2", "http://127.0.0.1:1/x", "//evil.example/x"] {
        let response = http::Response::builder()
            .header("link", format!("<{link}>; rel=\"next\""))
            .body(r#"{"total_count":2,"secrets":[{"name":"A"}]}"#.into())
            .unwrap();
        emulator.script(Script::new(Fault::Answer(response)));
        let error = github.secrets(User.store()).list().await.unwrap_err();
        assert!(matches!(error, Error::Transport { .. }), "{error}");
    }
    assert_eq!(sent(&emulator).len(), 3);
}

#[tokio::test]
async fn what_is_missing_is_an_error_to_get_and_nothing_to_find() {
    let (_emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    assert!(secrets.get(&name()).await.unwrap_err().is_not_found());
    assert!(secrets.find(&name()).await.unwrap().is_none());
    secrets.put(&name(), &value(), []).await.unwrap();
    assert_eq!(secrets.find(&name()).await.unwrap().unwrap().name, "NPM_TOKEN");
    secrets.delete(&name()).await.unwrap();
    assert!(secrets.delete(&name()).await.unwrap_err().is_not_found());
}

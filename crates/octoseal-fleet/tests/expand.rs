//! Patterns over the repositories and environments of an emulator.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use octoseal::{GitHub, Profile};
use octoseal_emulator::{Emulator, Fault, Script};
use octoseal_fleet::select::{ExpandError, Filters, Kind, Reading, Selection, expand, parse};

async fn stage() -> (Emulator, GitHub) {
    let emulator = Emulator::start().await.unwrap();
    emulator.with_world(|world| {
        for name in ["acme/api", "acme/web-shop", "acme/web-blog", "acme/web-old", "acme/legacy-web"] {
            world.repository(name);
        }
        world.archived("acme/web-old").public_repository("acme/web-open").topic("acme/web-shop", "deploys");
        world.environment("acme/web-shop", "prod").environment("acme/web-shop", "prod/eu");
        world.environment("acme/web-shop", "test").environment("acme/web-blog", "prod");
    });
    let builder = GitHub::builder().token("ghp_any").api_url(&emulator.url());
    (emulator, builder.pacing(Profile::Unlimited).build().unwrap())
}

async fn select(github: &GitHub, words: &[&str], filters: &Filters) -> Result<Selection, ExpandError> {
    let reading = Reading { here: None, host: "github.com", here_is_all_families: false };
    let words = words.iter().flat_map(|word| parse(word, &reading).unwrap()).collect();
    expand(github, words, filters).await
}

fn names(selection: &Selection) -> Vec<String> {
    let mut names: Vec<String> = selection.stores.iter().map(ToString::to_string).collect();
    names.sort();
    names
}

#[tokio::test]
async fn patterns_find_matching_stores_and_skip_dangerous_repositories() {
    let (_emulator, github) = stage().await;
    for (words, stores) in [
        (&["acme/web-*"][..], &["repos/acme/web-blog/actions", "repos/acme/web-shop/actions"][..]),
        (&["acme/web-*", "!acme/*-blog"], &["repos/acme/web-shop/actions"]),
        (
            &["acme/web-*", "acme/WEB-SHOP", "acme/web-old"],
            &["repos/acme/WEB-SHOP/actions", "repos/acme/web-blog/actions", "repos/acme/web-old/actions"],
        ),
        (
            &["acme/web-shop/{actions,agents}", "acme/web-shop/a*"],
            &["repos/acme/web-shop/actions", "repos/acme/web-shop/agents"],
        ),
        (
            &["acme/web-*/environments/prod*"],
            &[
                "repos/acme/web-blog/environments/prod",
                "repos/acme/web-shop/environments/prod",
                "repos/acme/web-shop/environments/prod%2Feu",
            ],
        ),
        (
            &["acme/*/*", "!acme/{api,legacy-web,web-blog}"],
            &[
                "repos/acme/web-shop/actions",
                "repos/acme/web-shop/agents",
                "repos/acme/web-shop/codespaces",
                "repos/acme/web-shop/dependabot",
            ],
        ),
    ] {
        let selection = select(&github, words, &Filters::default()).await.unwrap();
        assert_eq!(names(&selection), stores, "{words:?}");
    }
    let selection = select(&github, &["acme/web-*"], &Filters::default()).await.unwrap();
    let mut skipped: Vec<String> =
        selection.skipped.iter().map(|(repository, kind)| format!("{repository} {kind}")).collect();
    skipped.sort();
    assert_eq!(skipped, ["acme/web-old archived", "acme/web-open public"]);
}

#[tokio::test]
async fn filters_select_repositories_of_a_pattern() {
    let (_emulator, github) = stage().await;
    let mut filters = Filters::default();
    filters.topics = vec!["deploys".to_owned()];
    let selection = select(&github, &["acme/*"], &filters).await.unwrap();
    assert_eq!(names(&selection), ["repos/acme/web-shop/actions"]);
    assert!(matches!(
        select(&github, &["acme/api"], &filters).await,
        Err(ExpandError::FiltersWithoutPattern)
    ));
    let mut filters = Filters::default();
    filters.visibilities = vec!["public".to_owned()];
    let selection = select(&github, &["acme/*"], &filters).await.unwrap();
    assert_eq!(names(&selection), ["repos/acme/web-open/actions"]);
    let mut filters = Filters::default();
    filters.include = vec![Kind::Archived];
    let selection = select(&github, &["acme/web-*", "acme/api"], &filters).await.unwrap();
    assert!(names(&selection).contains(&"repos/acme/web-old/actions".to_owned()));
    let active: Vec<String> = selection.active.iter().map(ToString::to_string).collect();
    let is_active = |name: &str| active.iter().any(|it| it == name);
    assert!(is_active("acme/web-shop") && !is_active("acme/web-old") && !is_active("acme/api"), "{active:?}");
}

#[tokio::test]
async fn a_selection_is_complete_or_fails() {
    let (emulator, github) = stage().await;
    let error = select(&github, &["acme/api", "acme/nothing-*"], &Filters::default()).await.unwrap_err();
    assert!(matches!(error, ExpandError::NoMatch { .. }), "{error}");
    let error = select(&github, &["acme/api", "!acme/*"], &Filters::default()).await.unwrap_err();
    assert!(matches!(error, ExpandError::NothingLeft), "{error}");
    let refusal = http::Response::builder().status(403).body(r#"{"message":"no"}"#.into()).unwrap();
    emulator.script(Script::new(Fault::Answer(refusal)).path("/environments"));
    let error = select(&github, &["acme/web-*/environments/*"], &Filters::default()).await.unwrap_err();
    assert!(matches!(error, ExpandError::Listing(_)), "{error}");
}

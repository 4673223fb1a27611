//! Tests of shorthand for stores.

use super::*;
use proptest::prelude::*;

fn here() -> Repository {
    Repository::new("acme", "here").expect("the name is valid")
}

fn read(text: &str) -> Result<Vec<String>, String> {
    let here = here();
    let reading = Reading { here: Some(&here), host: "github.com", here_is_all_families: false };
    let words = parse(text, &reading).map_err(|error| error.to_string())?;
    Ok(words
        .iter()
        .map(|word| match word {
            Word::Store(store) => store.to_string(),
            Word::Pattern(pattern) => format!("pattern {pattern}"),
            Word::Exclusion(_) => "exclusion".to_owned(),
        })
        .collect())
}

#[test]
fn stores_are_read_in_all_their_forms() {
    for (text, stores) in [
        ("acme/api", &["repos/acme/api/actions"][..]),
        ("acme/api/", &["repos/acme/api/actions"]),
        ("acme/api/dependabot", &["repos/acme/api/dependabot"]),
        ("acme/api/environments/prod%2Feu", &["repos/acme/api/environments/prod%2Feu"]),
        ("repos/acme/api/agents", &["repos/acme/api/agents"]),
        ("repos/acme/dependabot/actions", &["repos/acme/dependabot/actions"]),
        ("repos/acme/dependabot", &["repos/acme/dependabot/actions"]),
        ("repos/acme/api", &["repos/acme/api/actions"]),
        ("orgs/acme/codespaces", &["orgs/acme/codespaces"]),
        ("user/codespaces", &["user/codespaces"]),
        (".", &["repos/acme/here/actions"]),
        ("./dependabot", &["repos/acme/here/dependabot"]),
        ("./environments/prod", &["repos/acme/here/environments/prod"]),
        ("https://github.com/acme/api", &["repos/acme/api/actions"]),
        ("HTTPS://GitHub.com/acme/api", &["repos/acme/api/actions"]),
        ("github.com/acme/api", &["repos/acme/api/actions"]),
        ("https://github.com/acme/api.git", &["repos/acme/api/actions"]),
        ("git@github.com:acme/api.git", &["repos/acme/api/actions"]),
        ("git@GitHub.com:acme/api", &["repos/acme/api/actions"]),
        ("ssh://git@github.com/acme/api.git", &["repos/acme/api/actions"]),
        ("ssh://git@ssh.github.com:443/acme/api.git", &["repos/acme/api/actions"]),
        ("acme/api.git", &["repos/acme/api/actions"]),
        ("https://github.com/acme/api/settings/secrets/dependabot", &["repos/acme/api/dependabot"]),
        ("https://github.com/acme/api/settings/variables/agents", &["repos/acme/api/agents"]),
        ("https://github.com/organizations/acme/settings/variables/actions", &["orgs/acme/actions"]),
        ("https://github.com/acme/api/tree/main?x=1#y", &["repos/acme/api/actions"]),
        ("https://github.com/organizations/acme/settings/secrets/actions", &["orgs/acme/actions"]),
        (
            "acme/{api,web}/{actions,agents}",
            &[
                "repos/acme/api/actions",
                "repos/acme/api/agents",
                "repos/acme/web/actions",
                "repos/acme/web/agents",
            ],
        ),
        ("orgs/acme/{actions,dependabot}", &["orgs/acme/actions", "orgs/acme/dependabot"]),
        ("acme/*", &["pattern acme/*/actions"]),
        ("acme/*/*", &["pattern acme/*/*"]),
        ("acme/{api,web-*}", &["repos/acme/api/actions", "pattern acme/web-*/actions"]),
        ("acme/api/environments/prod*", &["pattern acme/api/environments/prod*"]),
        ("!acme/legacy-*", &["exclusion"]),
        ("!acme/{a,b}/environments/*", &["exclusion", "exclusion"]),
    ] {
        let stores: Vec<String> = stores.iter().map(ToString::to_string).collect();
        assert_eq!(read(text), Ok(stores), "{text}");
    }
}

#[test]
fn a_page_that_does_not_say_its_store_is_refused() {
    for page in [
        "acme/api/settings/environments/123/edit",
        "acme/api/settings/environments",
        "acme/api/deployments/prod",
        "acme/api/deployments/activity_log?environment=prod",
        "acme/api/settings/access",
        "acme/api/settings/secrets",
        "acme/api/settings/secrets/unknown",
        "acme/api/unknown/page",
        "enterprises/acme/settings",
        "topics/rust",
        "settings/secrets",
        "login/oauth",
        "orgs/acme/repositories",
    ] {
        let read = read(&format!("https://github.com/{page}"));
        assert!(read.is_err(), "{page}: {read:?}");
    }
}

#[test]
fn a_text_that_is_no_store_is_refused_with_one_suggestion() {
    for (text, words) in [
        ("acme/dependabot", "write orgs/acme/dependabot or repos/acme/dependabot/actions"),
        ("acme/Actions", "write orgs/acme/actions or repos/acme/Actions/actions"),
        ("acme/api/action", "did you mean repos/acme/api/actions?"),
        ("acme/api/env/prod", "did you mean repos/acme/api/environments/prod?"),
        ("repo/acme/api", "did you mean repos/acme/api/actions?"),
        ("repo/acme/api/codespace", "did you mean repos/acme/api/codespaces?"),
        ("org/acme/actions", "did you mean orgs/acme/actions?"),
        ("orgs/acme/action", "did you mean orgs/acme/actions?"),
        ("orgs/acme/*", "did you mean orgs/acme/{actions,agents,codespaces,dependabot}?"),
        ("orgs/*/actions", "the owner cannot be a pattern"),
        ("*/api", "the owner cannot be a pattern"),
        ("{acme,octo}*/api", "the owner cannot be a pattern"),
        ("!*/api", "the owner cannot be a pattern"),
        ("!orgs/acme/actions", "an exclusion names repositories"),
        ("acme/api/nothing", "this is not a store"),
        ("acme/*/nothing", "this is not a store"),
        ("acme/[api", "not a valid pattern"),
        ("acme/{api", "braces hold two or more"),
        ("@services", "reserved for the groups"),
        ("https://example.com/acme/api", "not of github.com"),
        ("https://github.com/", "this is not a store"),
        ("git@example.com:acme/api.git", "not of github.com"),
        ("git@github.com:acme", "this is not a store"),
        ("users/octocat/codespaces", "did you mean user/codespaces?"),
        ("users/octocat", "did you mean user/codespaces?"),
        ("acme/..", "."),
        ("acme//actions", "empty"),
        ("user/actions", "did you mean user/codespaces?"),
        ("", "this is not a store"),
    ] {
        let error = read(text).err().unwrap_or_default();
        assert!(error.contains(words), "{text}: {error:?}");
    }
}

#[test]
fn a_dot_means_all_families_for_reading_and_needs_a_repository() {
    let here = here();
    let reading = Reading { here: Some(&here), host: "github.com", here_is_all_families: true };
    let words = parse(".", &reading).expect("the text is valid");
    assert!(matches!(&words[..], [Word::Pattern(pattern)] if pattern.families().len() == 4));
    let nowhere = Reading { here: None, ..reading };
    assert!(matches!(parse("./dependabot", &nowhere), Err(SelectError::NoRepositoryHere)));
}

#[test]
fn patterns_and_exclusions_ignore_case_and_never_match_a_slash() {
    let matches = |text: &str, store: &str| {
        let reading = Reading { here: None, host: "github.com", here_is_all_families: false };
        let store: AnyStore = store.parse().expect("the store is valid");
        parse(text, &reading).expect("the text is valid").iter().any(|word| match word {
            Word::Store(it) => *it == store,
            Word::Pattern(pattern) => pattern.matches(&store),
            Word::Exclusion(exclusion) => exclusion.matches(&store),
        })
    };
    for (text, store, expected) in [
        ("acme/web-*", "repos/Acme/WEB-shop/actions", true),
        ("acme/web-*", "repos/acme/web-shop/dependabot", false),
        ("acme/web-*", "repos/acme/api/actions", false),
        ("acme/*/*", "repos/acme/api/agents", true),
        ("acme/*/*", "repos/acme/api/environments/prod", false),
        ("acme/*/*", "orgs/acme/actions", false),
        ("acme/a?i", "repos/acme/api/actions", true),
        ("acme/api/environments/prod*", "repos/acme/api/environments/Prod%2Feu", true),
        ("!acme/legacy-*", "repos/acme/legacy-x/environments/prod", true),
        ("!acme/legacy-*/dependabot", "repos/acme/legacy-x/actions", false),
    ] {
        assert_eq!(matches(text, store), expected, "{text} {store}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "[a-z/{},*!.@:?\\[\\]%]{0,40}") {
        let _ = read(&text);
    }

    #[test]
    fn a_store_is_read_as_it_prints(owner in "[a-z][a-z0-9-]{0,10}[a-z]", name in "[a-z0-9_.]{1,10}x") {
        let store = format!("repos/{owner}/{name}/agents");
        prop_assert_eq!(read(&store), Ok(vec![store]));
    }
}

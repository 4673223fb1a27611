//! Names and paths: any text is refused, or gives a path with the right number of segments.

use octoseal_model::*;
use proptest::prelude::*;

fn segments<R>(request: &Request<R>) -> usize {
    let http = request.to_http(ApiVersion::default());
    http.uri().path().split('/').count() - 1
}

#[test]
fn stores_print_and_parse_as_their_paths() {
    for path in [
        "user/codespaces",
        "repos/octo/hello/actions",
        "repos/octo/hello/agents",
        "repos/octo/hello/codespaces",
        "repos/octo/hello/dependabot",
        "repos/octo/hello/environments/prod",
        "repos/octo/hello/environments/prod%2Feu",
        "repos/octo/environments/dependabot",
        "repos/octo/hello/environments/%25",
        "orgs/acme/dependabot",
    ] {
        assert_eq!(path.parse::<AnyStore>().unwrap().to_string(), path);
    }
    let store: AnyStore = "repos/octo/hello/environments/prod eu".parse().unwrap();
    assert_eq!(store.to_string(), "repos/octo/hello/environments/prod%20eu");
}

#[test]
fn text_that_is_not_a_store_is_refused() {
    for text in [
        "",
        "/",
        "user",
        "user/actions",
        "user/codespaces/",
        "/user/codespaces",
        "orgs/acme",
        "orgs//actions",
        "orgs/../x/actions",
        "orgs/../actions",
        "orgs/%2e%2e/actions",
        "orgs/acme/environments",
        "repos///actions",
        "repos/o/r",
        "repos/o/r/environments",
        "repos/o/r/environments/",
        "repos/o/r/environments/..",
        "repos/o/r/environments/p/dependabot",
        "repos/o/r/environments/%zz",
        "repos/o/r/environments/%",
        "repos/o/r/environments/%a",
        "repos/o/r/environments/%ff",
        "repos/o/r/environments/%0a",
        "repos/o/r/environments/a%2F..%2Fb",
        "repos/o/r/environments/..%5Cb",
        "repos/o/..%2F..%2Forgs%2Facme/actions",
        "repos/o/r%20x/actions",
        "orgs/acme%2Fx/actions",
        "repos/o/r/Actions",
        "octo/hello",
    ] {
        assert!(text.parse::<AnyStore>().is_err(), "{text}");
    }
}

#[test]
fn the_store_that_was_probably_meant_is_suggested() {
    for (text, meant) in [
        ("octo/hello", "repos/octo/hello/actions"),
        ("repos/octo/hello", "repos/octo/hello/actions"),
        ("orgs/acme", "orgs/acme/actions"),
        ("user/actions", "user/codespaces"),
        ("repos/o/r/environments/p/dependabot", "repos/o/r/environments/p"),
        ("repos/o/r/environments/prod/eu", "repos/o/r/environments/prod%2Feu"),
    ] {
        let error = text.parse::<AnyStore>().unwrap_err().to_string();
        assert_eq!(error, format!("no such store; did you mean {meant}?"));
        assert!(meant.parse::<AnyStore>().is_ok());
    }
}

#[test]
fn text_like_no_store_gets_no_suggestion() {
    for text in
        ["repos/octo", "repos//hello", "repos/user/codespaces", "repos/orgs/acme", "repos/o/r/environments"]
    {
        let error = text.parse::<AnyStore>().unwrap_err().to_string();
        assert!(error.starts_with("no such store; a store is user/codespaces, "), "{text}: {error}");
    }
}

#[test]
fn a_text_is_repeated_up_to_39_characters() {
    let suggests = |length: usize| {
        let error = format!("octo/{}", "h".repeat(length - 5)).parse::<AnyStore>().unwrap_err();
        matches!(error, Error::NoSuchStore { suggestion: Some(_) })
    };
    assert_eq!([38, 39, 40, 41].map(suggests), [true, true, false, false]);
}

#[test]
fn a_repository_is_read_from_owner_and_name() {
    assert_eq!("octo/hello".parse::<Repository>().unwrap(), Repository::new("octo", "hello").unwrap());
    for text in ["octo", "octo/hello/world", ""] {
        let error = text.parse::<Repository>().unwrap_err();
        assert_eq!(error.to_string(), "the repository is not written OWNER/NAME");
    }
}

#[test]
fn a_long_text_in_place_of_a_store_is_not_repeated() {
    let error = "wJalrXUtnFEMI/K7MDENGbPxRfiCYEXAMPLEKEY1234".parse::<AnyStore>().unwrap_err().to_string();
    assert!(!error.contains("wJalr"), "{error}");
}

#[test]
fn secret_names_follow_githubs_rules() {
    for good in ["A", "a", "_", "_1", "npm_token", "GITHUB", "GITHUBX", "AGITHUB_", &"A".repeat(255)] {
        assert_eq!(SecretName::new(good).unwrap().as_str(), good.to_ascii_uppercase());
    }
    for (bad, why) in [
        ("", "the secret name is empty"),
        ("1X", "the secret name starts with a digit; start it with a letter or an underscore"),
        (
            "a-b",
            "the secret name has a character at position 2 that is not a letter (A-Z, a-z), a digit or an underscore",
        ),
        ("GITHUB_X", "the secret name starts with GITHUB_, a prefix that GitHub reserves"),
        ("github_x", "the secret name starts with GITHUB_, a prefix that GitHub reserves"),
        (
            "é",
            "the secret name has a character at position 1 that is not a letter (A-Z, a-z), a digit or an underscore",
        ),
        (&"A".repeat(300), "the secret name has more than 255 bytes"),
    ] {
        assert_eq!(SecretName::new(bad).unwrap_err().to_string(), why);
    }
}

#[test]
fn a_fault_in_a_name_is_reported_with_its_position() {
    let owner = Organization::new("ab cd").unwrap_err().to_string();
    assert!(owner.contains("at position 3 that is not a letter"), "{owner}");
    let repository = || Repository::new("octo", "hello").unwrap();
    let control = repository().environment("ab\ncd").unwrap_err().to_string();
    assert_eq!(control, "the environment has a control character at position 3");
    assert!(repository().environment("e".repeat(255)).is_ok());
    let long = repository().environment("e".repeat(256)).unwrap_err().to_string();
    assert_eq!(long, "the environment has more than 255 bytes");
}

#[test]
fn the_public_key_route_is_no_secret_name() {
    assert!(SecretName::new("public-key").is_err());
}

proptest! {
    #[test]
    fn any_text_is_refused_or_a_stable_secret_name(text in ".{0,40}") {
        if let Ok(name) = SecretName::new(&text) {
            let again = SecretName::new(name.as_str()).unwrap();
            prop_assert_eq!(&again, &name);
            prop_assert_eq!(segments(&User.store().get(&name)), 4);
        }
    }

    #[test]
    fn any_names_are_refused_or_give_a_path_with_the_right_number_of_segments(
        owner in "\\PC{1,12}|[./%?#]{1,4}", name in "\\PC{1,12}|[./%?#]{1,4}", environment in ".{1,12}|[./%?#]{1,4}",
    ) {
        if let Ok(repository) = Repository::new(owner, name) {
            let store = repository.store(Family::Actions);
            prop_assert_eq!(segments(&store.public_key()), 6);
            prop_assert_eq!(store.to_string().parse::<AnyStore>().unwrap(), store.into());
            if let Ok(environment) = repository.environment(environment) {
                let store = environment.store();
                prop_assert_eq!(segments(&store.public_key()), 7);
                let target = store.public_key().target().to_owned();
                prop_assert!(target.is_ascii() && !target.contains("/../") && !target.contains("/./"), "{}", target);
                prop_assert_eq!(store.to_string().parse::<AnyStore>().unwrap(), store.into());
            }
        }
    }

    #[test]
    fn any_path_is_refused_or_round_trips(text in "(repos|orgs|user|[a%./]{0,4})(/[a-zA%./0-9é]{0,12}){0,6}") {
        if let Ok(store) = text.parse::<AnyStore>() {
            prop_assert_eq!(store.to_string().parse::<AnyStore>().unwrap(), store);
        }
    }
}

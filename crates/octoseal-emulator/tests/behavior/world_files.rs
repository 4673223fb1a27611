//! World files in TOML: the effect of each key. Tests of refused files are next to the parser.

use crate::common::Client;
use octoseal_emulator::World;

const WORLD: &str = r#"
strict = true
limits = "none"
missing = ["repos/octo/hello/environments/gone"]

[[user]]
login = "zoe"

[[organization]]
login = "acme"
id = 9

[[organization]]
login = "locked"
saml = true

[[repository]]
name = "octo/hello"
id = 7
renamed_from = ["octo/hi"]
environments = ["prod", "gone", "eu/west"]

[[repository]]
name = "octo/open"
visibility = "public"
archived = true

[[token]]
token = "ghp_all"
owner = "zoe"

[[token]]
token = "ghp_some"
scopes = ["repo"]

[[token]]
token = "github_pat_some"
permissions = { secrets = "read" }

[[token]]
token = "ghp_over"
scopes = ["repo"]
expired = true
"#;

fn status(token: &'static str, path: &str) -> u16 {
    let world = World::from_toml(WORLD).unwrap();
    Client { token, world, ..Client::new() }.get(path).status()
}

#[test]
fn a_strict_world_knows_only_what_was_declared() {
    for (path, expected) in [
        ("/repos/octo/hello", 200),
        ("/repositories/7", 200),
        ("/repos/octo/hi", 301),
        ("/repos/octo/other", 404),
        ("/repos/octo/hello/environments/Prod/secrets", 200),
        ("/repos/octo/hello/environments/eu%2Fwest/secrets", 200),
        ("/repos/octo/hello/environments/gone/secrets", 404),
        ("/repos/octo/hello/environments/test/secrets", 404),
        ("/orgs/acme/actions/secrets", 200),
        ("/organizations/9/actions/secrets", 200),
        ("/orgs/other/actions/secrets", 404),
        ("/orgs/locked/actions/secrets", 403),
        ("/user/codespaces/secrets", 200),
    ] {
        assert_eq!(status("ghp_all", path), expected, "{path}");
    }
}

#[test]
fn tokens_have_their_declared_permissions_and_others_are_unknown() {
    for (token, path, expected) in [
        ("ghp_some", "/repos/octo/hello/actions/secrets", 200),
        ("ghp_some", "/orgs/acme/actions/secrets", 403),
        ("github_pat_some", "/repos/octo/hello/actions/secrets", 200),
        ("github_pat_some", "/repos/octo/hello/dependabot/secrets", 403),
        ("ghp_over", "/user", 401),
        ("ghp_other", "/user", 401),
        ("ghs_other", "/user", 401),
    ] {
        assert_eq!(status(token, path), expected, "{token} {path}");
    }
}

#[test]
fn details_of_repositories_and_users_are_served() {
    let mut client = Client { token: "ghp_all", world: World::from_toml(WORLD).unwrap(), ..Client::new() };
    let open = client.get("/repos/octo/open").json();
    assert_eq!((open["visibility"].as_str(), open["archived"].as_bool()), (Some("public"), Some(true)));
    assert_eq!(client.get("/user").json()["login"], "zoe");
    assert_eq!(client.get("/user").header("x-ratelimit-limit"), "", "limits = \"none\"");
}

#[test]
fn an_empty_file_is_the_default_world() {
    let mut client = Client { world: World::from_toml("").unwrap(), ..Client::new() };
    assert_eq!(client.get("/repos/any/thing/actions/secrets").status(), 200);
    assert_eq!(client.get("/user").header("x-ratelimit-limit"), "5000");
}

#[cfg(feature = "apps")]
#[test]
fn an_app_is_declared_with_its_installations() {
    let key = include_str!("../data/test-key.public.pem");
    let text = |installation: &str| {
        format!(
            "[[repository]]\nname = \"acme/api\"\n[[app]]\nid = 1\npublic_key = \"\"\"\n{key}\"\"\"\n{installation}"
        )
    };
    let good = "[[app.installation]]\nid = 2\naccount = \"acme\"\nrepositories = [\"acme/api\"]\n\
        permissions = { secrets = \"write\" }";
    World::from_toml(&text(good)).unwrap();
    for (wrong, words) in [
        (good.replace("acme/api", "acme/web"), "add a [[repository]]"),
        (good.replace("\"acme\"", "\"octo\""), "another account"),
        (good.replace("\"acme/api\"", ""), "`repositories` is empty"),
        (format!("{good}\n{good}"), "another installation has this id"),
    ] {
        let error = World::from_toml(&text(&wrong)).unwrap_err();
        assert!(error.to_string().contains(words) && error.line().is_some_and(|line| line > 15), "{error}");
    }
}

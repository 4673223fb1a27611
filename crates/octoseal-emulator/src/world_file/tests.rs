//! Tests of refused world files: the line and the message.

use crate::world::World;

fn refused(text: &str) -> String {
    World::from_toml(text).unwrap_err().to_string()
}

#[test]
fn a_mistake_is_reported_with_its_line_and_a_remedy() {
    for (text, line, words) in [
        ("strict = 1", 1, "expected a boolean"),
        ("a = ", 1, "expected"),
        ("\nspeed = 1", 2, "an unknown key or value; expected one of `strict`"),
        ("limits = \"fast\"", 1, "expected one of `none`, `primary-only`, `github`, `github-with-content`"),
        ("missing = [\"octo/gone\"]", 1, "a path is `repos/octo/gone`"),
        ("[[repository]]\nname = \"hello\"", 2, "write `octo/hello`"),
        ("[[repository]]\nid = 1", 1, "missing field `name`"),
        ("[[repository]]\nname = \"a/b\"\n[[repository]]\nname = \"A/B\"", 4, "declared above"),
        ("[[organization]]\nlogin = \"a/b\"", 2, "no space or slash"),
        ("[[token]]\ntoken = \"ghp_x\"\nowner = \"zoe\"", 3, "add a [[user]]"),
        ("[[token]]\ntoken = \"ghp_x\"\npermissions = { secrets = \"write\" }", 2, "has `scopes`"),
        ("[[token]]\ntoken = \"ghs_x\"\nscopes = []", 2, "has `permissions`"),
        ("[[token]]\ntoken = \"gh s\"", 2, "no spaces"),
        ("[[token]]\ntoken = \"t\"\nscopes = [\"repo\", \"secrets\"]", 3, "GitHub has no such scope"),
        ("[[token]]\ntoken = \"ghs_t\"\npermissions = { secret = \"read\" }", 3, "no such permission"),
        ("[[repository]]\nname = \"octo/\u{17f}\"", 2, "in ASCII"),
        ("[[user]]\nlogin = \"\u{212a}\"", 2, "ASCII letters"),
        ("[[app]]\nid = 1\npublic_key = \"x\"", 3, "PUBLIC KEY"),
        ("[[fault]]\nstatus = 500\nreset = true", 1, "exactly one of"),
        ("[[fault]]\nbody = \"x\"\nreset = true", 1, "belong to a `status`"),
        ("[[fault]]\nstatus = 99", 1, "from 200 to 599"),
        ("[[fault]]\nplay = \"unicorn\"\nhandled = true", 1, "instead of `play`"),
        ("full = [\"repos/octo/hello\"]", 1, "a store is `repos/octo/hello/actions`"),
        ("[[repository]]\nname = \"a/b\"\nproperties = { team = 1 }", 3, "a text, or a list of texts"),
        ("[[fault]]\nnth = 0\nreset = true", 1, "counts from 1"),
    ] {
        let error = refused(text);
        assert!(error.starts_with(&format!("the world file, line {line}, column ")), "{text}: {error}");
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[test]
fn the_column_is_counted_in_characters() {
    for (text, column) in [
        ("strict = 1", 10),
        ("limits = \"none\" # \u{e9}\nspeed = 1", 1),
        ("[[token]]\ntoken = \"t\"\nscopes = [\"repo\", \"x\"]", 19),
        ("[[token]]\ntoken = \"ghs_t\"\npermissions = { secrets = \"read\", x = \"read\" }", 35),
    ] {
        assert_eq!(World::from_toml(text).unwrap_err().column(), Some(column), "{text}");
    }
}

#[test]
fn no_error_has_a_token() {
    let error = refused("[[token]]\ntoken = \"ghp_secret\"\nscopes = [\"repo\"]\npermissions = {}");
    assert!(!error.contains("ghp_secret"), "{error}");
}

#[test]
fn no_error_has_a_value_or_a_key_of_the_file() {
    for text in [
        "token = \"ghp_secret\"",
        "[[token]]\ntoken = \"t\"\nscopes = \"ghp_secret\"",
        "[[token]]\ntoken = \"t\"\nexpired = \"ghp_secret\"",
        "[[token]]\nghp_secret = [\"repo\"]",
        "app = \"ghp_secret\"",
        "ghp_secret = 1\nghp_secret = 2",
        "[[token]]\ntoken = \"ghp_secret",
        "limits = \"ghp_secret\"",
    ] {
        let error = refused(text);
        assert!(!error.contains("ghp_secret"), "{error}");
    }
}

#[test]
fn no_declaration_silently_replaces_another() {
    let repository = "[[repository]]\nname = \"a/b\"\n";
    for (text, why) in [
        (format!("{repository}renamed_from = [\"A/B\"]\n"), "`renamed_from` is also declared"),
        (format!("{repository}id = 7\n[[repository]]\nname = \"a/c\"\nid = 7\n"), "declared above"),
        ("[[token]]\ntoken = \"ghp_x\"\n".repeat(2), "token was declared above"),
    ] {
        let error = refused(&text);
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn the_world_file_of_the_manual_is_valid() {
    let manual = include_str!("../../../../docs/emulator.md");
    let worlds: Vec<&str> =
        manual.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!worlds.is_empty());
    for world in worlds.into_iter().filter(|world| !world.contains("[dev-dependencies]")) {
        assert!(World::from_toml(world).is_ok(), "{:?}\n{world}", World::from_toml(world).err());
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_before_parsing() {
    assert!(refused(&" ".repeat(1024 * 1024 + 1)).contains("1 MiB"));
    assert!(World::from_toml(&" ".repeat(1024 * 1024)).is_ok());
    assert!(World::from_toml(&format!("missing = {}", "[".repeat(100_000))).is_err());
}

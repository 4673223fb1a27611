//! Filters, names and the checks of values.

use super::{errors, secrets};
use octoseal_fleet::inputs::{Format, Settings, parse};

const TEXT: &str = "NPM_TOKEN=1\nnpm_user=2\nLOG_LEVEL=3\nDB_URL=4\n";

fn taken(settings: &Settings) -> String {
    let entries = parse(Format::Dotenv, TEXT.as_bytes(), settings).expect("the text is valid");
    let variables = entries.variables.iter().map(|entry| format!("var {}", entry.name));
    let secrets = entries.secrets.iter().map(|entry| entry.name.to_string());
    secrets.chain(variables).collect::<Vec<_>>().join(" ")
}

#[test]
fn filters_select_and_rename() {
    let pattern = |text: &str| text.parse().unwrap();
    let rename = |text: &str| text.parse().unwrap();
    for (settings, expected) in [
        (Settings::new(), "NPM_TOKEN NPM_USER LOG_LEVEL DB_URL"),
        (Settings::new().only([pattern("npm_*")]), "NPM_TOKEN NPM_USER"),
        (Settings::new().only([pattern("*_URL"), pattern("LOG_*")]), "LOG_LEVEL DB_URL"),
        (Settings::new().except([pattern("{LOG,DB}_*")]), "NPM_TOKEN NPM_USER"),
        (Settings::new().only([pattern("NPM_*")]).except([pattern("*_USER")]), "NPM_TOKEN"),
        (Settings::new().as_variables([pattern("log_*")]), "NPM_TOKEN NPM_USER DB_URL var LOG_LEVEL"),
        (Settings::new().prefix("ci_").only([pattern("DB_*")]), "CI_DB_URL"),
        (
            Settings::new().prefix("CI_").rename([rename("db_url=DATABASE")]),
            "CI_NPM_TOKEN CI_NPM_USER CI_LOG_LEVEL DATABASE",
        ),
    ] {
        assert_eq!(taken(&settings), expected);
    }
}

#[test]
fn filters_that_match_no_key_are_errors() {
    let settings = Settings::new()
        .only(["NPM_*".parse().unwrap(), "NPN_*".parse().unwrap()])
        .except(["X".parse().unwrap()])
        .as_variables(["LOG".parse().unwrap()])
        .rename([
            "DB_URL=A".parse().unwrap(),
            "NPM_TOKEN=B".parse().unwrap(),
            "npm_token=C".parse().unwrap(),
        ]);
    assert_eq!(
        errors(Format::Dotenv, TEXT, &settings),
        "only: no key matches NPN_*\n\
         except: no key matches X\n\
         as-variables: no key matches LOG\n\
         rename: no key DB_URL is left to rename\n\
         rename: no key npm_token is left to rename"
    );
    let all = Settings::new().except(["*".parse().unwrap()]);
    assert_eq!(errors(Format::Dotenv, TEXT, &all), "the filters leave no value");
}

#[test]
fn all_refused_names_are_listed_at_once() {
    let found = errors(Format::Dotenv, "a-b=1\nGITHUB_X=2\n1A=3\nOK=4\n", &Settings::new());
    let lines: Vec<_> = found.lines().map(|line| line.split(": ").nth(1).unwrap()).collect();
    assert_eq!(lines, ["a-b", "GITHUB_X", "1A"]);
    let prefixed = Settings::new().prefix("X_");
    assert_eq!(errors(Format::Dotenv, "a-b=1\nGITHUB_X=2\n1A=3\n", &prefixed).lines().count(), 1);
    assert!(
        errors(Format::Dotenv, "TOKEN=1", &Settings::new().prefix("GITHUB_")).starts_with("line 1: TOKEN: ")
    );
}

#[test]
fn duplicate_names_after_renaming_are_refused() {
    let rename = Settings::new().rename(["B=a".parse().unwrap()]);
    assert_eq!(
        errors(Format::Dotenv, "A=1\nB=2\n", &rename),
        "line 2: B: GitHub has no case in names, so it is the same name as on line 1"
    );
}

#[test]
fn omitted_keys_may_have_any_name_and_value() {
    let settings = Settings::new().only(["OK".parse().unwrap()]);
    let entries = parse(Format::Json, br#"{"OK": "1", "a-b": 2, "C": null, "D": ""}"#, &settings).unwrap();
    assert_eq!(secrets(&entries), [("OK", "1")]);
}

#[test]
fn empty_and_encrypted_values_are_refused_unless_allowed() {
    let text = "A=\nB=op://vault/item/field\nC=ENC[AES256_GCM,data:x]\n";
    assert_eq!(
        errors(Format::Dotenv, text, &Settings::new()),
        "line 1: A: the value is empty\n\
         line 2: B: the value is a reference of 1Password, not the secret itself; decrypt it first\n\
         line 3: C: the value is a file encrypted by SOPS, not the secret itself; decrypt it first"
    );
    let settings = Settings::new().allow_empty(true).allow_encrypted(true);
    assert_eq!(parse(Format::Dotenv, text.as_bytes(), &settings).unwrap().secrets.len(), 3);
}

#[test]
fn a_text_without_values_is_an_error() {
    for text in ["", "\n", "# c\n", "\u{feff}"] {
        for format in [Format::Dotenv, Format::Toml, Format::Yaml] {
            assert_eq!(errors(format, text, &Settings::new()), "there are no values", "{format} {text:?}");
        }
        assert!(errors(Format::Json, text, &Settings::new()).contains("JSON"), "{text:?}");
    }
    for (format, text) in
        [(Format::Json, "{}"), (Format::Yaml, "{}"), (Format::Yaml, "---\n"), (Format::Yaml, "~")]
    {
        assert_eq!(errors(format, text, &Settings::new()), "there are no values", "{format}");
    }
}

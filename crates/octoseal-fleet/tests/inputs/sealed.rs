//! Files for two machines.

use octoseal::{PreparedValue, SecretName, SecretValue, StoreKey};
use octoseal_fleet::inputs::sealed::{KeyLine, read_keys, read_values, value_line};

const KEY: &str = "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=";

fn key_line(store: &str) -> KeyLine {
    let key = StoreKey { key_id: "568250167242549743".to_owned(), key: KEY.to_owned() };
    KeyLine { store: store.parse().expect("it is a store"), key }
}

fn sealed(store: &str, name: &str) -> PreparedValue {
    let KeyLine { store, key } = key_line(store);
    let name = SecretName::new(name).expect("it is a name");
    PreparedValue::seal(store, name, key, &SecretValue::from("CANARY")).expect("it is sealed")
}

#[test]
fn both_files_are_read_as_they_are_written() {
    let keys = [key_line("orgs/acme/actions"), key_line("repos/acme/api/environments/prod%2Feu")];
    let file = format!("{}\r\n\n{}\n", keys[0], keys[1]);
    assert_eq!(read_keys(file.as_bytes()).unwrap(), keys);
    let values =
        [sealed("orgs/acme/actions", "A"), sealed("orgs/acme/actions", "B"), sealed("user/codespaces", "A")];
    let file: Vec<_> = values.iter().map(value_line).collect();
    assert!(!file.concat().contains("CANARY"));
    assert_eq!(read_values(file.join("\n").as_bytes()).unwrap(), values);
}

#[test]
fn a_line_has_the_documented_fields() {
    assert_eq!(
        key_line("orgs/acme/actions").to_string(),
        format!(r#"{{"key":"{KEY}","key_id":"568250167242549743","store":"orgs/acme/actions"}}"#)
    );
    let line: serde_json::Value =
        serde_json::from_str(&value_line(&sealed("orgs/acme/actions", "A"))).unwrap();
    let fields: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, ["encrypted_value", "key", "key_id", "name", "store"]);
}

#[test]
fn keys_of_later_versions_may_have_more_fields() {
    let line = key_line("orgs/acme/actions").to_string().replace('{', r#"{"family":"actions","#);
    assert_eq!(read_keys(line.as_bytes()).unwrap().len(), 1);
}

#[test]
fn all_errors_of_a_file_of_keys_are_reported() {
    let good = key_line("orgs/acme/actions").to_string();
    let weak = good.replace(KEY, &format!("{}=", "A".repeat(43))).replace("acme", "weak");
    let file = format!(
        "{good}\nkey\n{}\n{weak}\n{}\n{}\n[]",
        good.replace("orgs/acme", "acme"),
        good.replace("acme", "Acme"),
        good.replace("key_id", "id")
    );
    let errors = read_keys(file.as_bytes()).unwrap_err().to_string();
    let starts = [
        "line 2: this is not valid JSON",
        "line 3: no such store",
        "line 4: the public key cannot be used",
        "line 5: it is already on line 1",
        "line 6: a field is missing",
        "line 7: a field is missing",
    ];
    assert_eq!(errors.lines().count(), starts.len(), "{errors}");
    for (line, start) in errors.lines().zip(starts) {
        assert!(line.starts_with(start), "{errors}");
    }
}

#[test]
fn all_errors_of_a_file_of_sealed_values_are_reported() {
    let good = value_line(&sealed("orgs/acme/actions", "A"));
    let of = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut line = serde_json::from_str(&good).expect("it is JSON");
        change(&mut line);
        line.to_string()
    };
    let lines = [
        good.clone(),
        good.clone(),
        of(&|line| line["name"] = "A-B".into()),
        of(&|line| line["encrypted_value"] = "CANARY".into()),
        of(&|line| line["visibility"] = "all".into()),
        of(&|line| line["key"] = "CANARY".into()),
        of(&|line| line["store"] = "CANARY".into()),
        of(&|line| line["key_id"] = 1.into()),
    ];
    let errors = read_values(lines.join("\n").as_bytes()).unwrap_err();
    let shown = format!("{errors} {errors:?}");
    assert_eq!(errors.iter().map(|error| error.line().unwrap()).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7, 8]);
    assert!(!shown.contains("CANARY"), "{shown}");
    assert!(shown.contains("line 2: it is already on line 1"), "{shown}");
    assert_eq!(read_values(b"\n").unwrap_err().to_string(), "there are no values");
}

//! Bodies of writes, byte for byte.

use expect_test::{Expect, expect};
use octoseal_model::*;

fn value() -> SealedValue {
    let key = StoreKey { key_id: "568250167242549743".to_owned(), key: String::new() };
    SealedValue::new(&key, "A".repeat(64)).expect("48 bytes are enough")
}

fn name() -> SecretName {
    SecretName::new("npm_token").expect("it is a name")
}

fn check<R>(request: Request<R>, version: ApiVersion, expected: Expect) {
    let http = request.to_http(version);
    let body = String::from_utf8_lossy(http.body()).replace(&"A".repeat(64), "…");
    expected.assert_eq(&format!("{} {} {body}", http.method(), http.uri()));
}

#[test]
fn a_users_write_always_names_the_repositories() {
    let store = User.store();
    check(
        store.put(&name(), &value(), [2, 1].into()),
        ApiVersion::default(),
        expect![[
            r#"PUT /user/codespaces/secrets/NPM_TOKEN {"encrypted_value":"…","key_id":"568250167242549743","selected_repository_ids":[1,2]}"#
        ]],
    );
    check(
        store.put(&name(), &value(), [].into()),
        ApiVersion::default(),
        expect![[
            r#"PUT /user/codespaces/secrets/NPM_TOKEN {"encrypted_value":"…","key_id":"568250167242549743","selected_repository_ids":[]}"#
        ]],
    );
}

#[test]
fn a_repositorys_write_sends_no_access() {
    check(
        Repository::new("octo", "hello").unwrap().store(Family::Agents).put(&name(), &value(), ()),
        ApiVersion::default(),
        expect![[
            r#"PUT /repos/octo/hello/agents/secrets/NPM_TOKEN {"encrypted_value":"…","key_id":"568250167242549743"}"#
        ]],
    );
}

#[test]
fn an_organizations_write_names_its_visibility() {
    let store = Organization::new("acme").unwrap().store(Family::Actions);
    check(
        store.put(&name(), &value(), Visibility::Private),
        ApiVersion::default(),
        expect![[
            r#"PUT /orgs/acme/actions/secrets/NPM_TOKEN {"encrypted_value":"…","key_id":"568250167242549743","visibility":"private"}"#
        ]],
    );
    check(
        store.put(&name(), &value(), Visibility::selected([])),
        ApiVersion::default(),
        expect![[
            r#"PUT /orgs/acme/actions/secrets/NPM_TOKEN {"encrypted_value":"…","key_id":"568250167242549743","visibility":"selected","selected_repository_ids":[]}"#
        ]],
    );
}

#[test]
fn organization_ids_for_dependabot_are_text_under_the_first_version_only() {
    let store = Organization::new("acme").unwrap().store(Family::Dependabot);
    check(
        store.put(&name(), &value(), Visibility::selected([1_296_269])),
        ApiVersion::V2022_11_28,
        expect![[
            r#"PUT /orgs/acme/dependabot/secrets/NPM_TOKEN {"encrypted_value":"…","key_id":"568250167242549743","visibility":"selected","selected_repository_ids":["1296269"]}"#
        ]],
    );
    check(
        store.put(&name(), &value(), Visibility::selected([1_296_269])),
        ApiVersion::V2026_03_10,
        expect![[
            r#"PUT /orgs/acme/dependabot/secrets/NPM_TOKEN {"encrypted_value":"…","key_id":"568250167242549743","visibility":"selected","selected_repository_ids":[1296269]}"#
        ]],
    );
    check(
        store.set_selected_repositories(&name(), [u64::MAX]),
        ApiVersion::V2022_11_28,
        expect![[
            r#"PUT /orgs/acme/dependabot/secrets/NPM_TOKEN/repositories {"selected_repository_ids":[18446744073709551615]}"#
        ]],
    );
}

#[test]
fn requests_without_a_body_send_none() {
    let store = Repository::new("octo", "hello").unwrap().environment("prod/eu").unwrap().store();
    check(
        store.delete(&name()),
        ApiVersion::default(),
        expect!["DELETE /repos/octo/hello/environments/prod%2Feu/secrets/NPM_TOKEN "],
    );
    check(
        store.list(PageRequest::new(30).unwrap()),
        ApiVersion::default(),
        expect!["GET /repos/octo/hello/environments/prod%2Feu/secrets?per_page=30 "],
    );
}

#[test]
fn every_request_names_its_version_and_accepts_githubs_json() {
    let http = User.store().public_key().to_http(ApiVersion::V2026_03_10);
    assert_eq!(http.headers()["x-github-api-version"], "2026-03-10");
    assert_eq!(http.headers()["accept"], "application/vnd.github+json");
    assert!(!http.headers().contains_key("content-type"));
}

#[test]
fn text_that_is_not_a_box_is_no_sealed_value() {
    let key = StoreKey { key_id: "1".to_owned(), key: String::new() };
    for text in
        ["", "hunter2", "aHVudGVyMg==", &"A".repeat(60), &"A".repeat(63), &format!("{}\n", "A".repeat(64))]
    {
        assert!(
            matches!(SealedValue::new(&key, (*text).to_owned()), Err(Error::InvalidSealedValue)),
            "{text}"
        );
    }
}

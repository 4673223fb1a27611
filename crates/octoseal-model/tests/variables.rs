//! Variables: requests, answers, permissions and errors.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use bytes::Bytes;
use expect_test::{Expect, expect};
use http::Response;
use octoseal_model::*;

const STORES: [&str; 5] = [
    "repos/octo/hello/actions",
    "repos/octo/hello/agents",
    "repos/octo/hello/environments/prod%2Feu",
    "orgs/acme/actions",
    "orgs/acme/agents",
];

fn answer(status: u16, body: &str) -> Response<Bytes> {
    Response::builder().status(status).body(body.to_owned().into()).unwrap()
}

fn name() -> VariableName {
    VariableName::new("log_level").unwrap()
}

fn organization() -> VariableStore<Organization> {
    Organization::new("acme").unwrap().variables(VariableFamily::Actions)
}

fn sent<R>(request: Request<R>) -> String {
    let http = request.to_http(ApiVersion::default());
    format!("{} {} {}", http.method(), http.uri(), String::from_utf8_lossy(http.body()))
}

fn check<R>(request: Request<R>, expected: Expect) {
    expected.assert_eq(&sent(request));
}

#[test]
fn a_create_sends_the_name_and_an_update_only_the_changes() {
    let repository = Repository::new("octo", "hello").unwrap().variables(VariableFamily::Agents);
    check(
        repository.create(&name(), "debug", ()),
        expect![[r#"POST /repos/octo/hello/agents/variables {"name":"LOG_LEVEL","value":"debug"}"#]],
    );
    check(
        repository.update(&name(), ""),
        expect![[r#"PATCH /repos/octo/hello/agents/variables/LOG_LEVEL {"value":""}"#]],
    );
    check(
        organization().create(&name(), "debug", Visibility::selected([7])),
        expect![[
            r#"POST /orgs/acme/actions/variables {"name":"LOG_LEVEL","value":"debug","visibility":"selected","selected_repository_ids":[7]}"#
        ]],
    );
    check(
        organization().update(&name(), "debug"),
        expect![[r#"PATCH /orgs/acme/actions/variables/LOG_LEVEL {"value":"debug"}"#]],
    );
    check(
        organization().update_with_access(&name(), "debug", Visibility::selected([])),
        expect![[
            r#"PATCH /orgs/acme/actions/variables/LOG_LEVEL {"value":"debug","visibility":"selected","selected_repository_ids":[]}"#
        ]],
    );
}

#[test]
fn a_store_chosen_at_run_time_sends_the_same_and_omits_a_kept_access() {
    let any = organization().any();
    for (access, visibility) in [
        (AnyAccess::All, Visibility::All),
        (AnyAccess::Private, Visibility::Private),
        (AnyAccess::Selected([7].into()), Visibility::selected([7])),
    ] {
        let created = sent(organization().create(&name(), "v", visibility.clone()));
        assert_eq!(sent(any.create(&name(), "v", &access).unwrap()), created);
        let updated = sent(organization().update_with_access(&name(), "v", visibility.clone()));
        assert_eq!(sent(any.update_with_access(&name(), "v", &access).unwrap()), updated);
        let access = AnyAccess::KeepOr(visibility);
        assert_eq!(sent(any.create(&name(), "v", &access).unwrap()), created);
        let kept = any.update_with_access(&name(), "v", &access).unwrap();
        assert_eq!(sent(kept), sent(organization().update(&name(), "v")));
    }
    let kept = any.update_with_access(&name(), "v", &AnyAccess::Keep).unwrap();
    assert_eq!(sent(kept), sent(any.update(&name(), "v")));
    let error = any.create(&name(), "v", &AnyAccess::Keep).unwrap_err();
    assert!(error.to_string().contains("\"keep\": an organization's"), "{error}");
    assert_eq!(any.organization().unwrap(), organization());
}

#[test]
fn an_owner_without_access_refuses_any_access() {
    for path in STORES {
        let store: AnyVariableStore = path.parse().unwrap();
        assert_eq!(store.to_string(), path);
        if path.starts_with("orgs/") {
            continue;
        }
        assert!(store.create(&name(), "v", &AnyAccess::Keep).is_ok());
        assert!(store.update_with_access(&name(), "v", &AnyAccess::Keep).is_ok());
        let refused = [
            store.create(&name(), "v", &AnyAccess::All).unwrap_err(),
            store.update_with_access(&name(), "v", &AnyAccess::KeepOr(Visibility::All)).unwrap_err(),
            store.organization().unwrap_err(),
        ];
        for error in refused {
            assert!(matches!(error, Error::AccessUnavailable { .. }), "{path}: {error}");
        }
    }
}

#[test]
fn only_actions_and_agents_have_variables() {
    for path in ["user/codespaces", "orgs/acme/dependabot", "repos/octo/hello/codespaces"] {
        let error = path.parse::<AnyVariableStore>().unwrap_err();
        assert!(matches!(&error, Error::NoVariables { store } if store == path), "{error}");
    }
    assert!(matches!("octo/hello".parse::<AnyVariableStore>(), Err(Error::NoSuchStore { .. })));
}

#[test]
fn a_page_of_variables_has_30_at_most_and_other_pages_100() {
    let target = |request: Request<Page<Variable>>| request.target().to_owned();
    let repository = Repository::new("octo", "hello").unwrap().variables(VariableFamily::Actions);
    let few = PageRequest::new(7).unwrap();
    assert!(target(organization().list(PageRequest::default())).ends_with("/variables?per_page=30"));
    assert!(target(organization().list(few)).ends_with("/variables?per_page=7"));
    assert!(
        target(repository.organization_variables(PageRequest::default()))
            .ends_with("/organization-variables?per_page=30")
    );
    let selected = organization().selected_repositories(&name(), PageRequest::default());
    assert_eq!(selected.target(), "/orgs/acme/actions/variables/LOG_LEVEL/repositories?per_page=100");
}

#[test]
fn a_variable_keeps_its_value_exactly() {
    let body = r#"{"variables":[{"name":"A","value":"two\nlines\u001b","created_at":"2023-11-23T16:23:35Z",
        "updated_at":"2023-11-23T16:23:35Z","visibility":"private","new":1}],"total_count":1}"#;
    let page = organization().list(PageRequest::default()).read(&answer(200, body)).unwrap();
    let variable = &page.items[0];
    assert_eq!((variable.name.as_str(), variable.value.as_str()), ("A", "two\nlines\u{1b}"));
    assert_eq!((page.total_count, &variable.visibility), (Some(1), &Some(VisibilityName::Private)));
    assert!(
        organization()
            .list(PageRequest::default())
            .read(&answer(200, r#"{"total_count":0,"secrets":[]}"#))
            .is_err()
    );
    let one = organization().get(&name()).read(&answer(200, r#"{"name":"A","value":""}"#)).unwrap();
    assert_eq!((one.value.as_str(), one.created_at, one.visibility), ("", None, None));
}

#[test]
fn only_201_means_created_and_only_204_updated() {
    let create = organization().create(&name(), "v", Visibility::All);
    let update = organization().update(&name(), "v");
    for status in [200, 201, 202, 204] {
        assert_eq!(create.read(&answer(status, "{}")).is_ok(), status == 201, "{status}");
        assert_eq!(update.read(&answer(status, "")).is_ok(), status == 204, "{status}");
    }
}

#[test]
fn a_refusal_does_not_repeat_the_value() {
    let create = organization().create(&name(), "sixteen-letters!", Visibility::All);
    let refused = create.read(&answer(422, r#"{"message":"sixteen-letters! is wrong"}"#)).unwrap_err();
    assert!(refused.to_string().ends_with("(redacted) is wrong"), "{refused}");
}

#[test]
fn a_create_is_sent_once_and_an_update_may_be_sent_again() {
    let create = organization().create(&name(), "v", Visibility::All);
    let update = organization().update(&name(), "v");
    assert!(!create.operation().is_idempotent() && !create.operation().is_read());
    assert!(update.operation().is_idempotent() && !update.operation().is_read());
    for operation in [create.operation(), update.operation()] {
        assert_eq!((operation.variable_name(), operation.secret_name()), (Some(&name()), None));
        assert!(operation.is_about_variables());
        assert_eq!(operation.account(), Some("acme"));
    }
    let secrets = Organization::new("acme").unwrap().store(Family::Actions).list(PageRequest::default());
    assert!(!secrets.operation().is_about_variables());
}

#[test]
fn each_operation_knows_its_permission() {
    let permissions = ["actions_variables", "agent_variables", "environments"];
    let of_organizations = ["organization_actions_variables", "organization_agent_variables"];
    for (path, permission) in STORES.into_iter().zip(permissions.into_iter().chain(of_organizations)) {
        let store: AnyVariableStore = path.parse().unwrap();
        assert_eq!(store.list(PageRequest::default()).operation().permission(), Some(permission));
        assert_eq!(store.delete(&name()).operation().permission(), Some(permission), "{path}");
        let key = store.secrets().public_key();
        assert_eq!(key.operation().permission(), Some(store.secrets().permission()), "{path}");
    }
    let selected = organization().remove_selected_repository(&name(), RepositoryId(7));
    assert_eq!(selected.operation().permission(), Some("organization_actions_variables"));
}

#[test]
fn an_environment_can_be_named_by_the_id_of_its_repository() {
    let environment = Repository::new("octo", "hello").unwrap().environment("prod/eu").unwrap().variables();
    let list = environment.list(PageRequest::default()).by_repository_id(RepositoryId(7)).unwrap();
    assert_eq!(list.target(), "/repositories/7/environments/prod%2Feu/variables?per_page=30");
    let update = environment.update(&name(), "v").by_repository_id(RepositoryId(7)).unwrap();
    assert_eq!(
        sent(update),
        r#"PATCH /repositories/7/environments/prod%2Feu/variables/LOG_LEVEL {"value":"v"}"#
    );
    assert!(organization().get(&name()).by_repository_id(RepositoryId(7)).is_none());
}

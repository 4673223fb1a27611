//! Look-ups: their answers, accounts and permissions.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use bytes::Bytes;
use http::Response;
use octoseal_model::support::{Account, app};
use octoseal_model::*;

fn answer(body: &str) -> Response<Bytes> {
    let link = "<https://api.github.com/organizations/1/repos?page=2>; rel=\"next\"";
    Response::builder().header("link", link).body(body.to_owned().into()).unwrap()
}

fn environment() -> Environment {
    Repository::new("octo", "hello").unwrap().environment("prod/eu").unwrap()
}

#[test]
fn a_bare_array_has_no_total_and_a_next_page_by_link() {
    let page = PageRequest::new(50).unwrap();
    let organization = Organization::new("acme").unwrap().repositories(page);
    let account = Account::new("octo").unwrap().repositories(page);
    for request in [organization, account] {
        assert!(request.target().ends_with("/repos?per_page=50"));
        let page = request.read(&answer(r#"[{"id":1,"full_name":"acme/api"}]"#)).unwrap();
        assert_eq!((page.total_count, page.items[0].id), (None, RepositoryId(1)));
        assert!(page.next.unwrap().target().ends_with("/organizations/1/repos?page=2"));
        assert!(request.read(&answer(r#"{"total_count":0,"repositories":[]}"#)).is_err());
    }
}

#[test]
fn listings_of_installations_and_environments_have_a_total() {
    let account = Account::new("acme").unwrap();
    let request = account.installation_repositories(PageRequest::default());
    let body =
        r#"{"total_count":9,"repository_selection":"all","repositories":[{"id":1,"full_name":"acme/api"}]}"#;
    assert_eq!(request.read(&answer(body)).unwrap().total_count, Some(9));
    assert_eq!(request.operation().account(), Some("acme"), "its token is that of the installation");

    let request = environment().repository().environments(PageRequest::default());
    let body = r#"{"total_count":1,"environments":[{"id":3,"name":"prod/eu","protection_rules":[]}]}"#;
    assert_eq!(request.read(&answer(body)).unwrap().items[0].name, "prod/eu");
}

#[test]
fn a_property_has_zero_one_or_several_values() {
    let body = r#"[{"repository_id":1,"repository_name":"api","repository_full_name":"acme/api","properties":[
        {"property_name":"tier","value":"gold"},{"property_name":"team","value":null},
        {"property_name":"langs","value":["rust","c"]}]}]"#;
    let request = Organization::new("acme").unwrap().property_values(PageRequest::default());
    let page = request.read(&answer(body)).unwrap();
    let values: Vec<_> =
        page.items[0].properties.iter().map(|it| (it.name.as_str(), it.values.len())).collect();
    assert_eq!(values, [("tier", 1), ("team", 0), ("langs", 2)]);
    assert_eq!(page.items[0].repository_full_name, "acme/api");
    assert!(request.read(&answer(&body.replace("null", "7"))).is_err());
}

#[test]
fn single_resources_are_read_and_an_environment_is_created_without_rules() {
    let read = environment().look_up().read(&answer(r#"{"id":3,"name":"prod/eu"}"#)).unwrap();
    assert_eq!((read.id, read.name.as_str()), (3, "prod/eu"));
    let create = environment().create().to_http(ApiVersion::default());
    assert_eq!(create.uri(), "/repos/octo/hello/environments/prod%2Feu");
    assert_eq!(create.body(), "{}");

    let organization = Organization::new("ACME").unwrap().look_up();
    assert_eq!(organization.read(&answer(r#"{"login":"acme","id":5}"#)).unwrap().id, 5);
    let moved = RepositoryId(7).look_up().read(&answer(r#"{"id":7,"full_name":"acme/new"}"#)).unwrap();
    assert_eq!(moved.full_name, "acme/new");
    let body = r#"{"id":12,"slug":"rotator","name":"Rotator","permissions":{"secrets":"write"}}"#;
    let app = app().read(&answer(body)).unwrap();
    assert_eq!((app.id, app.name.as_str(), app.permissions["secrets"].as_str()), (12, "Rotator", "write"));
}

#[test]
fn every_operation_knows_its_resource_account_and_permission() {
    let (page, account) = (PageRequest::default(), Account::new("Octo").unwrap());
    let organization = Organization::new("acme").unwrap();
    let operations = [
        (
            environment().look_up().operation().clone(),
            "repos/octo/hello/environments/prod%2Feu",
            Some("octo"),
            Some("actions"),
        ),
        (
            environment().create().operation().clone(),
            "repos/octo/hello/environments/prod%2Feu",
            Some("octo"),
            Some("administration"),
        ),
        (
            environment().repository().look_up().operation().clone(),
            "octo/hello",
            Some("octo"),
            Some("metadata"),
        ),
        (organization.look_up().operation().clone(), "orgs/acme", Some("acme"), None),
        (
            organization.property_values(page).operation().clone(),
            "orgs/acme",
            Some("acme"),
            Some("organization_custom_properties"),
        ),
        (account.repositories(page).operation().clone(), "users/Octo", Some("Octo"), None),
        (RepositoryId(7).look_up().operation().clone(), "repositories/7", None, Some("metadata")),
        (app().operation().clone(), "app", None, None),
        (support::hourly_limit().operation().clone(), "the token", None, None),
    ];
    for (operation, text, account, permission) in operations {
        assert_eq!(operation.resource().to_string(), text);
        assert_eq!((operation.account(), operation.permission()), (account, permission), "{operation}");
    }
    assert!(Account::new("../x").is_err());
    assert_eq!(account.to_string(), "Octo");
}

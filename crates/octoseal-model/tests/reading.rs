//! Answers are read leniently, refusals are redacted, and anything else is an error.

use bytes::Bytes;
use http::Response;
use octoseal_model::*;
use std::error::Error as _;

fn answer(status: u16, body: &str) -> Response<Bytes> {
    Response::builder().status(status).body(body.to_owned().into()).expect("the status is valid")
}

fn name() -> SecretName {
    SecretName::new("A").expect("it is a name")
}

#[test]
fn a_key_id_may_be_text_or_a_whole_number_but_no_float() {
    let read = |body: &str| User.store().public_key().read(&answer(200, body)).map(|key| key.key_id);
    assert_eq!(read(r#"{"key_id":"012345678912345678","key":"k"}"#).unwrap(), "012345678912345678");
    assert_eq!(read(r#"{"key":"k","new":[1],"key_id":9223372036854775807}"#).unwrap(), "9223372036854775807");
    for wrong in ["1.5", "1e3", "-1", "null", "\"\"", "[]", "99999999999999999999999"] {
        let error = read(&format!(r#"{{"key_id":{wrong},"key":"k"}}"#)).unwrap_err();
        assert!(matches!(&error, Error::UnexpectedAnswer { .. }), "{wrong}");
        assert!(error.source().is_some());
    }
}

#[test]
fn an_error_about_an_invalid_key_id_names_the_expected_form() {
    let error = User.store().public_key().read(&answer(200, r#"{"key_id":[],"key":"k"}"#)).unwrap_err();
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains("expected an id as text or as a whole number"), "{cause}");
}

#[test]
fn both_forms_of_timestamps_and_unknown_words_are_read() {
    let body = r#"{"updated_at":"2021-10-26T19:17:07.000+00:00","visibility":"friends","name":"A",
        "created_at":"2023-11-23T16:23:35Z","selected_repositories_url":"https://x"}"#;
    let secret = User.store().get(&name()).read(&answer(200, body)).unwrap();
    assert_eq!(secret.created_at.unwrap().to_string(), "2023-11-23T16:23:35Z");
    assert_eq!(secret.updated_at.unwrap().to_string(), "2021-10-26T19:17:07Z");
    assert_eq!(secret.visibility, Some(VisibilityName::Unknown("friends".to_owned())));

    let odd = r#"{"name":"A","created_at":"yesterday","updated_at":null}"#;
    let secret = User.store().get(&name()).read(&answer(200, odd)).unwrap();
    assert_eq!((secret.created_at, secret.updated_at, secret.visibility), (None, None, None));
}

#[test]
fn only_201_and_204_mean_that_a_secret_was_written() {
    let key = StoreKey { key_id: "1".to_owned(), key: String::new() };
    let value = SealedValue::new(&key, "A".repeat(64)).unwrap();
    let put = User.store().put(&name(), &value, [].into());
    assert_eq!(put.read(&answer(201, "{}")).unwrap(), Written::Created);
    assert_eq!(put.read(&answer(204, "")).unwrap(), Written::Updated);
    for status in [200, 202, 302] {
        assert!(matches!(put.read(&answer(status, "{}")), Err(Error::UnexpectedAnswer { .. })), "{status}");
    }
    assert!(User.store().delete(&name()).read(&answer(200, "<html>")).is_err());
}

#[test]
fn a_page_has_the_request_for_the_next_one() {
    let request = User.store().list(PageRequest::default());
    let page = |link: &str| {
        let mut response = answer(200, r#"{"total_count":3,"secrets":[{"name":"A"}]}"#);
        response.headers_mut().insert("link", link.parse().expect("the header is valid"));
        request.read(&response).expect("the page is valid")
    };
    let both = r#"<https://h/x?page=1>; rel="prev", <https://h/x?page=3>; rel="next", <https://h/x?page=9>; rel=last"#;
    let next = page(both).next.unwrap();
    assert_eq!(next.target(), "https://h/x?page=3");
    assert_eq!(next.operation().template(), "/user/codespaces/secrets");
    assert_eq!(page("<https://h/2>; title=\"a\"; rel=\"last next\"").next.unwrap().target(), "https://h/2");
    for none in [r#"<https://h/x?page=1>; rel="prev""#, "", "garbage", "<x"] {
        assert!(page(none).next.is_none(), "{none}");
    }
}

#[test]
fn a_request_and_the_one_for_its_next_page_know_the_owner() {
    let organization = Organization::new("acme").unwrap().store(Family::Actions).list(PageRequest::default());
    let repository = Repository::new("octo", "hello").unwrap();
    let environment = repository.clone().environment("prod").unwrap().store().public_key();
    assert_eq!(organization.operation().account(), Some("acme"));
    assert_eq!(
        (environment.operation().account(), repository.look_up().operation().account()),
        (Some("octo"), Some("octo"))
    );
    assert_eq!(User.store().public_key().operation().account(), None);

    let mut response = answer(200, r#"{"total_count":3,"secrets":[{"name":"A"}]}"#);
    let link = "<https://h/organizations/1/actions/secrets?page=2>; rel=next";
    response.headers_mut().insert("link", link.parse().unwrap());
    assert_eq!(organization.read(&response).unwrap().next.unwrap().operation().account(), Some("acme"));
}

#[test]
fn fields_of_repositories_may_have_any_order_and_unknown_neighbors() {
    let body = r#"{"repositories":[{"full_name":"o/r","id":1296269,"private":true}],"total_count":1}"#;
    let page =
        User.store().selected_repositories(&name(), PageRequest::default()).read(&answer(200, body)).unwrap();
    assert_eq!(page.items[0].id, RepositoryId(1_296_269));
    assert_eq!((page.total_count, page.next.is_none()), (Some(1), true));
}

#[test]
fn each_listing_reads_its_items_only_from_githubs_field() {
    let store = Organization::new("acme").unwrap().store(Family::Actions);
    let secrets = store.list(PageRequest::default());
    let repositories = store.selected_repositories(&name(), PageRequest::default());
    for (field, is_secrets, is_repositories) in
        [("secrets", true, false), ("repositories", false, true), ("items", false, false)]
    {
        let response = answer(200, &format!(r#"{{"total_count":0,"{field}":[]}}"#));
        assert_eq!(secrets.read(&response).is_ok(), is_secrets, "{field}");
        assert_eq!(repositories.read(&response).is_ok(), is_repositories, "{field}");
    }
    assert!(repositories.read(&answer(200, r#"{"total_count":0,"repositories":null}"#)).is_err());
}

#[test]
fn a_refusal_never_repeats_the_request() {
    let sealed = "q83v".repeat(16);
    let key = StoreKey { key_id: "568250167242549743".to_owned(), key: String::new() };
    let value = SealedValue::new(&key, sealed.clone()).unwrap();
    let body = serde_json::json!({
        "message": format!("Invalid request.\n\n{sealed} does not match; 568250167242549743 \u{1b}[31m"),
        "documentation_url": format!("https://docs/{sealed}"),
        "errors": [{"field": sealed, "code": "invalid", "message": sealed, "value": sealed}],
        "status": "422",
    });
    let Err(Error::Refused(problem)) =
        User.store().put(&name(), &value, [].into()).read(&answer(422, &body.to_string()))
    else {
        panic!("a 422 is a refusal");
    };
    let all = format!("{problem} {problem:?}");
    assert!(
        !all.contains(&sealed) && !all.contains("568250167242549743") && !all.contains('\u{1b}'),
        "{all}"
    );
    assert_eq!(problem.message(), "Invalid request.  (redacted) does not match; (redacted)  [31m");
    assert!(problem.is_validation_failed());
}

#[test]
fn a_refusal_that_is_not_json_is_reported_with_its_status() {
    let Err(Error::Refused(problem)) = User.store().public_key().read(&answer(502, "<html>secret</html>"))
    else {
        panic!("a 502 is a refusal");
    };
    assert_eq!(problem.to_string(), "the answer is 502 Bad Gateway, without GitHub's JSON");
}

#[test]
fn a_refusal_has_its_status_documentation_page_and_kind() {
    let refused = |status| {
        let body = r#"{"message":"m","documentation_url":"https://docs.github.com/rest"}"#;
        match User.store().public_key().read(&answer(status, body)) {
            Err(Error::Refused(problem)) => problem,
            other => panic!("a {status} is a refusal, not {other:?}"),
        }
    };
    assert_eq!(refused(403).status(), 403);
    assert_eq!(refused(403).documentation_url(), Some("https://docs.github.com/rest"));
    let kinds = |status| (refused(status).is_not_found(), refused(status).is_validation_failed());
    assert_eq!([404, 422, 403].map(kinds), [(true, false), (false, true), (false, false)]);
}

#[test]
fn a_refusal_names_the_invalid_fields() {
    let body = r#"{"message":"Validation Failed","errors":[{"field":"key_id","code":"missing_field"},{"message":"odd"},"in words"]}"#;
    let error = User.store().public_key().read(&answer(422, body)).unwrap_err();
    let said =
        "GitHub answered 422 Unprocessable Entity: Validation Failed; key_id missing_field; odd; in words";
    assert_eq!(error.to_string(), said);
}

#[test]
fn a_refusal_keeps_only_the_headers_that_explain_it() {
    let mut response = answer(404, r#"{"message":"Not Found","status":"404"}"#);
    response.headers_mut().insert("x-oauth-scopes", "repo, codespace".parse().unwrap());
    response.headers_mut().insert("set-cookie", "session=1".parse().unwrap());
    let Err(Error::Refused(problem)) = User.store().get(&name()).read(&response) else {
        panic!("a 404 is a refusal");
    };
    assert_eq!(problem.to_string(), "GitHub answered 404 Not Found");
    assert_eq!(problem.header("X-OAuth-Scopes"), Some("repo, codespace"));
    assert_eq!(problem.header("set-cookie"), None);
    assert!(problem.is_not_found());
}

#[test]
fn no_text_of_an_answer_can_steer_a_terminal() {
    let odd = "A\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{e0041}\nB";
    let body = serde_json::json!({
        "name": odd, "full_name": odd, "id": 1, "visibility": odd, "message": odd, "login": odd, "key": odd,
        "key_id": "1",
    })
    .to_string();
    let ok = answer(200, &body);
    let secret = User.store().get(&name()).read(&ok).unwrap();
    let repository = Repository::new("o", "r").unwrap().look_up().read(&ok).unwrap();
    let account = support::authenticated_user().read(&ok).unwrap();
    let Err(Error::Refused(problem)) = User.store().get(&name()).read(&answer(404, &body)) else {
        panic!("a 404 is a refusal");
    };
    let visibility = secret.visibility.unwrap();
    for text in [&secret.name, &repository.full_name, visibility.as_str(), &account.login, problem.message()]
    {
        assert_eq!(text, "A ]0;x  31m   B");
    }
    assert!(
        User.store().public_key().read(&ok).is_err(),
        "a key id is sent back unchanged, so an invalid one is refused"
    );
}

#[test]
fn a_page_that_is_too_long_or_leads_to_itself_is_refused() {
    let request = User.store().list(PageRequest::default());
    let of = |count| {
        let items = vec![r#"{"name":"A"}"#; count].join(",");
        request.read(&answer(200, &format!(r#"{{"total_count":{count},"secrets":[{items}]}}"#)))
    };
    assert_eq!(of(100).unwrap().items.len(), 100);
    assert!(of(101).is_err());
    for link in ["</user/codespaces/secrets?per_page=100>; rel=\"next\"", "<>; rel=next", "<a b>; rel=next"] {
        let mut odd = answer(200, r#"{"total_count":2,"secrets":[]}"#);
        odd.headers_mut().insert("link", link.parse().unwrap());
        assert!(request.read(&odd).is_err(), "{link}: the rest of the listing would be lost");
    }
}

#[test]
fn a_long_list_of_errors_is_truncated() {
    let errors = vec!["{}"; 1_000].join(",");
    let body = format!(r#"{{"message":"Validation Failed","errors":[{errors}]}}"#);
    let Err(Error::Refused(problem)) = User.store().public_key().read(&answer(422, &body)) else {
        panic!("a 422 is a refusal");
    };
    assert_eq!(problem.errors().len(), 16);
}

#[test]
fn a_long_message_is_truncated() {
    let body = format!(r#"{{"message":"{}"}}"#, "m".repeat(5_000));
    let Err(Error::Refused(problem)) = User.store().public_key().read(&answer(500, &body)) else {
        panic!("a 500 is a refusal");
    };
    assert_eq!(problem.message().len(), limits::MAX_MESSAGE_CHARACTERS);
}

#[test]
fn the_remaining_rate_limit_is_read() {
    let body =
        r#"{"rate":{},"resources":{"core":{"limit":5000,"used":1,"remaining":4999,"reset":1372700873}}}"#;
    let limit = support::hourly_limit().read(&answer(200, body)).unwrap();
    assert_eq!((limit.limit, limit.remaining, limit.reset), (5_000, 4_999, 1_372_700_873));
}

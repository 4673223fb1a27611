//! Enterprise Servers on which an environment's variables have a path with the id of the repository only.

use super::*;
use bytes::Bytes;
use http::{Request, Response};
use std::sync::Mutex;

const UNKNOWN_PATH: &str = "https://docs.github.com/enterprise-server@3.9/rest";
const KNOWN_PATH: &str =
    "https://docs.github.com/enterprise-server@3.19/rest/actions/variables#get-an-environment-variable";

/// Creates a server that answers by path and records the requests.
fn server(url: &str, is_older: bool) -> (GitHub, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let kept = Arc::clone(&asked);
    let transport = move |request: Request<Bytes>| {
        let path = request.uri().path().replace("/api/v3", "");
        kept.lock().unwrap().push(format!("{} {path}", request.method()));
        let not_found =
            |page: &str| (404, format!(r#"{{"message":"Not Found","documentation_url":"{page}"}}"#));
        let (status, body) = match (path.as_str(), request.method().as_str()) {
            ("/repos/octo/hello", _) => (200, r#"{"id":7,"full_name":"octo/hello"}"#.to_owned()),
            (path, _) if path.starts_with("/repos/") && is_older => not_found(UNKNOWN_PATH),
            (path, _) if path.starts_with("/repositories/") && !is_older => not_found(UNKNOWN_PATH),
            (_, "GET") => (200, r#"{"total_count":1,"variables":[{"name":"A","value":"1"}]}"#.to_owned()),
            (_, "POST") => (201, "{}".to_owned()),
            _ => not_found(KNOWN_PATH),
        };
        async move { Ok(Response::builder().status(status).body(body.into()).unwrap()) }
    };
    let builder = GitHub::builder().token("ghp_test").api_url(url).transport(transport);
    (builder.pacing(Profile::Unlimited).build().unwrap(), asked)
}

const ENTERPRISE: &str = "https://ghe.example/api/v3";
const NAMED: &str = "/repos/octo/hello/environments/prod%2Feu/variables";
const NUMBERED: &str = "/repositories/7/environments/prod%2Feu/variables";

fn environment() -> VariableStore<octoseal::Environment> {
    Repository::new("octo", "hello").unwrap().environment("prod/eu").unwrap().variables()
}

#[tokio::test]
async fn an_older_server_is_detected_once() {
    let (github, asked) = server(ENTERPRISE, true);
    let variables = github.variables(environment());
    assert_eq!(variables.list().await.unwrap().len(), 1);
    assert_eq!(variables.put(&level(), "debug", ()).await.unwrap(), Written::Created);
    assert_eq!(
        *asked.lock().unwrap(),
        [
            format!("GET {NAMED}"),
            "GET /repos/octo/hello".to_owned(),
            format!("GET {NUMBERED}"),
            "GET /repos/octo/hello".to_owned(),
            format!("POST {NUMBERED}"),
        ]
    );
}

#[tokio::test]
async fn a_newer_server_and_github_get_the_path_with_the_name() {
    let (github, asked) = server(ENTERPRISE, false);
    assert_eq!(github.variables(environment()).put(&level(), "debug", ()).await.unwrap(), Written::Created);
    assert_eq!(*asked.lock().unwrap(), [format!("PATCH {NAMED}/LOG_LEVEL"), format!("POST {NAMED}")]);

    let (github, asked) = server("https://api.github.com", true);
    assert!(github.variables(environment()).list().await.unwrap_err().is_not_found());
    assert_eq!(*asked.lock().unwrap(), [format!("GET {NAMED}")]);
}

#[tokio::test]
async fn variables_of_a_repository_and_secrets_have_no_older_path() {
    let (github, asked) = server(ENTERPRISE, true);
    assert!(github.variables(repository()).list().await.unwrap_err().is_not_found());
    let secrets = github.any_secrets("repos/octo/hello/environments/prod".parse().unwrap());
    assert!(secrets.list().await.unwrap_err().is_not_found());
    assert_eq!(asked.lock().unwrap().len(), 2);
}

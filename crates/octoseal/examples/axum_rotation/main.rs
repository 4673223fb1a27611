//! A web service with a handler that rotates a secret. Every failure becomes a status that the callers
//! understand.
//!
//! `cargo run -p octoseal --example axum_rotation`

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header::RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use octoseal::{Error, Family, GitHub, Pacing, Profile, Repository, SecretName, SecretValue, Written};
use octoseal_emulator::Emulator;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// One client for the whole service: clones share connections, public keys and rate limits.
fn client(token: &str, api_url: &str) -> Result<GitHub, Error> {
    let mut pacing = Pacing::from(Profile::Normal);
    pacing.max_wait = Duration::from_secs(5); // the caller gets 429 instead of waiting for GitHub's next hour
    GitHub::builder().token(token).api_url(api_url).pacing(pacing).build()
}

fn service(github: GitHub) -> Router {
    Router::new().route("/rotate/{owner}/{repository}/{name}", post(rotate)).with_state(github)
}

async fn rotate(State(github): State<GitHub>, Path(target): Path<(String, String, String)>) -> Response {
    match put_new_value(&github, &target).await {
        Ok(Written::Created) => StatusCode::CREATED.into_response(),
        Ok(Written::Updated) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => explain(&error),
    }
}

/// Names come from outside, so they are checked. An invalid name is an error before anything is sent.
async fn put_new_value(github: &GitHub, target: &(String, String, String)) -> Result<Written, Error> {
    let (owner, repository, name) = target;
    let store = Repository::new(owner, repository)?.store(Family::Actions);
    github.secrets(store).put(&SecretName::new(name)?, &new_value(), ()).await
}

/// A real service would request a new token from the registry here.
fn new_value() -> SecretValue {
    SecretValue::from("npm_new-token")
}

/// No error holds a value or a token, so its text may go to the caller and into the log.
fn explain(error: &Error) -> Response {
    let (status, what) = match error {
        // The caller may retry, since writing a secret twice is harmless.
        _ if error.is_unknown_outcome() => (StatusCode::BAD_GATEWAY, "perhaps written"),
        _ if error.is_invalid_input() => (StatusCode::BAD_REQUEST, "not written"),
        _ if error.is_not_found() => (StatusCode::NOT_FOUND, "not written"),
        // This comes before `is_forbidden`, because GitHub's limits are often a 403.
        _ if error.is_rate_limited() => (StatusCode::TOO_MANY_REQUESTS, "not written"),
        // The service's own token is at fault, and no caller can change that.
        _ if error.is_unauthorized() || error.is_forbidden() => {
            (StatusCode::INTERNAL_SERVER_ERROR, "not written")
        }
        _ => (StatusCode::BAD_GATEWAY, "not written"),
    };
    let mut response = (status, format!("{what}: {error}\n")).into_response();
    if let Some(wait) = error.retry_after() {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await?; // for github.com: no emulator, and no `api_url`
    let github = client("ghp_example", &emulator.url())?;

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, service(github)).await });

    let mut caller = TcpStream::connect(address).await?;
    let call = "POST /rotate/octo/hello/NPM_TOKEN HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    caller.write_all(call.as_bytes()).await?;
    let mut answer = String::new();
    caller.take(65_536).read_to_string(&mut answer).await?;
    println!("the service answered {}", answer.lines().next().unwrap_or_default());

    let opened =
        emulator.opened_value("repos/octo/hello/actions", "NPM_TOKEN").ok_or("nothing was stored")?;
    println!("GitHub opened a value of {} bytes", opened.len());
    assert_eq!(opened.expose(), new_value().expose());
    Ok(())
}

#[cfg(test)]
mod tests;

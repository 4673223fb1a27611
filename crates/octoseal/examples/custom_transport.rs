//! A custom transport: a layer around the built-in client that adds a header and keeps an audit log, and a
//! closure that replaces GitHub in a test.
//!
//! `cargo run -p octoseal --example custom_transport`

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use octoseal::Client;
use octoseal::{
    BoxFuture, Config, Family, GitHub, Repository, SecretName, SecretValue, Transport, TransportError,
    Written,
};
use octoseal_emulator::Emulator;
use std::sync::{Arc, Mutex, PoisonError};

/// A layer that sees every attempt of each request, including retries.
struct Audited<T> {
    inner: T,
    log: Arc<Mutex<Vec<String>>>,
}

impl<T: Transport> Transport for Audited<T> {
    fn send(&self, mut request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        request.headers_mut().insert("x-request-source", HeaderValue::from_static("rotation-job"));
        // Method and path only: the headers have the token, and the body has the sealed value.
        let what = format!("{} {}", request.method(), request.uri().path());
        Box::pin(async move {
            let result = self.inner.send(request).await;
            let end = match &result {
                Ok(response) => response.status().to_string(),
                Err(error) => error.to_string(), // the text says whether it was sent, and repeats none of it
            };
            self.log.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{what}: {end}"));
            result
        })
    }
}

async fn put_token(github: &GitHub) -> Result<Written, octoseal::Error> {
    let secrets = github.secrets(Repository::new("octo", "hello")?.store(Family::Actions));
    secrets.put(&SecretName::new("NPM_TOKEN")?, &SecretValue::from("s3cr3t"), ()).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await?; // for github.com: no emulator, and no `api_url`
    let log = Arc::default();
    // `Builder::config` does not apply to a custom transport. Set proxies and deadlines here.
    let transport = Audited { inner: Client::new(Config::default())?, log: Arc::clone(&log) };
    let builder = GitHub::builder().token("ghp_example").api_url(&emulator.url());
    let github = builder.transport(transport).build()?;

    println!("{:?}", put_token(&github).await?);
    for line in log.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        println!("  {line}");
    }
    let sources = emulator.requests();
    assert!(sources.iter().all(|request| request.headers["x-request-source"] == "rotation-job"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{Method, StatusCode};

    const KEY: &str = r#"{"key_id":"1","key":"2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="}"#;

    /// A closure is a transport, too. It answers each request without a socket.
    fn github(
        answer: impl Fn(&Request<Bytes>) -> (StatusCode, &'static str) + Send + Sync + 'static,
    ) -> GitHub {
        let transport = move |request: Request<Bytes>| {
            let (status, body) = answer(&request);
            async move {
                let response = Response::builder().status(status).body(Bytes::from_static(body.as_bytes()));
                Ok(response.unwrap())
            }
        };
        GitHub::builder().token("ghp_example").transport(transport).build().unwrap()
    }

    #[test]
    fn the_example_runs() {
        main().unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_goes_to_the_right_path_and_is_sealed() {
        let github = github(|request| match *request.method() {
            Method::GET => (StatusCode::OK, KEY),
            _ => {
                assert_eq!(
                    request.uri(),
                    "https://api.github.com/repos/octo/hello/actions/secrets/NPM_TOKEN"
                );
                assert!(!String::from_utf8_lossy(request.body()).contains("s3cr3t"));
                (StatusCode::NO_CONTENT, "")
            }
        });
        assert_eq!(put_token(&github).await.unwrap(), Written::Updated);
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_has_an_explanation() {
        let github = github(|_| (StatusCode::NOT_FOUND, r#"{"message":"Not Found"}"#));
        assert!(put_token(&github).await.unwrap_err().is_not_found());
    }
}

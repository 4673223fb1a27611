//! No trace, error or `Debug` has the key, a web token, or an installation's token.

use super::{PRIVATE_KEY, Rig, app, clock, key};
use crate::logged::{Log, printed};
use bytes::Bytes;
use http::{Request, Response};
use octoseal_emulator::{Fault, Script};
use octoseal_transport::{AppTokens, Error, GitHubApp, Transport};
use std::fmt::Write as _;
use std::time::Duration;

/// The credentials of all requests, and the whole output.
struct Seen {
    output: String,
    credentials: Vec<String>,
}

/// Runs an App through success, retry and renewal, with `fault` in its token requests.
async fn everything(app: GitHubApp, fault: Option<Fault>) -> Seen {
    let log = Log::default();
    let _guard = log.everything();
    let rig = Rig::start(app).await;
    let mut output = String::new();
    let mut tell = |result: Result<Response<Bytes>, Error>| match result {
        Ok(response) => {
            let body = String::from_utf8_lossy(response.body());
            writeln!(output, "{} {:?} {body}", response.status(), response.headers()).unwrap();
        }
        Err(error) => output.push_str(&printed(&error)),
    };
    if let Some(fault) = fault {
        rig.emulator.script(Script::new(fault).path("installation").times(100));
    }
    for owner in ["acme", "octo", "stranger", "no.login"] {
        tell(rig.list(owner).await);
    }
    rig.emulator.with_world(|world| {
        world.bad_token(&format!("ghs_emulated{:0>28}", 1));
    });
    tell(rig.list("acme").await);
    tell(rig.list("acme").await);
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    tell(rig.list("octo").await);
    writeln!(output, "{:?} {:?}", rig.tokens, rig.transport).unwrap();
    output.push_str(&log.text());
    let credentials = rig.sent.lock().unwrap().clone();
    Seen { output, credentials }
}

impl Seen {
    fn check(&self) {
        let Self { output, credentials } = self;
        assert!(output.contains("AppTokens") && output.contains("hyper_util::"), "{output}");
        assert!(output.contains("/orgs/{org}/installation"), "{output}");
        assert!(credentials.iter().any(|credential| credential.starts_with("Bearer eyJ")), "{credentials:?}");
        for credential in credentials {
            let token = credential.strip_prefix("Bearer ").unwrap();
            for part in token.split('.') {
                assert!(!output.contains(part), "{part} is in\n{output}");
            }
        }
        for line in PRIVATE_KEY.lines() {
            assert!(!output.contains(line), "{line} is in\n{output}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn success_and_renewal_leak_no_secret() {
    let seen = everything(app(), None).await;
    assert!(seen.credentials.iter().any(|credential| credential.starts_with("Bearer ghs_emulated")));
    seen.check();
}

#[tokio::test(start_paused = true)]
async fn failures_leak_no_secret() {
    let refusal = |status: u16, body: &'static str| {
        Fault::Answer(Response::builder().status(status).body(Bytes::from_static(body.as_bytes())).unwrap())
    };
    for fault in [
        refusal(401, r#"{"message":"no"}"#),
        refusal(502, "<html>"),
        Fault::Reset,
        Fault::HandleThenClose,
        Fault::HandleThenTruncate(10),
        Fault::Delay(Duration::from_secs(300)),
    ] {
        everything(app(), Some(fault)).await.check();
    }
    everything(GitHubApp::new("12", key(), clock(7_200)).unwrap(), None).await.check();
}

#[tokio::test]
async fn the_web_token_is_redacted_in_any_spelling() {
    let spellings: [fn(&str) -> String; 3] = [
        str::to_owned,
        |token| token.replace('_', "\\u005f").replace('.', "\\u002e"),
        |token| token.replace('.', "%2E").replace('-', "%2d"),
    ];
    for spelling in spellings {
        let echo = move |request: Request<Bytes>| async move {
            let credential = spelling(request.headers()["authorization"].to_str().unwrap());
            let body = format!(r#"{{"message":"refused: {credential}"}}"#);
            Ok(Response::builder().status(403).body(Bytes::from(body)).unwrap())
        };
        let api_url = octoseal_transport::ApiUrl::github();
        let tokens = AppTokens::new(echo, api_url.clone(), app());
        let transport = octoseal_transport::Authorize::new(echo, api_url, tokens);
        let mut request = Request::builder().uri("https://api.github.com/x").body(Bytes::new()).unwrap();
        request.extensions_mut().insert(octoseal_transport::Account("acme".to_owned()));
        let error = transport.send(request).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "GitHub refused the App's token request for acme: 403 Forbidden: refused: Bearer (the token)"
        );
        assert!(!printed(&error).contains("eyJ"));
    }
}

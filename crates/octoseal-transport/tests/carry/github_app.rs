//! An App against the emulator, which checks its signatures, in paused time that outlasts the tokens.

mod as_app;
mod asking;
mod fresh;
mod keys;
mod leaking;
mod refused;
mod renewing;

use crate::client;
use bytes::Bytes;
use http::{Request, Response};
use octoseal_emulator::{App, Emulator, Installation};
use octoseal_transport::{
    Account, AppTokens, Authorize, Error, GitHubApp, Renewed, RsaKey, TokenProvider, Transport,
};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// A key that was created for the emulator's tests only.
const PRIVATE_KEY: &str = include_str!("../../../octoseal-emulator/tests/data/test-key.private.pem");
const PUBLIC_KEY: &str = include_str!("../../../octoseal-emulator/tests/data/test-key.public.pem");

type Tokens = AppTokens<Arc<dyn Transport>>;

/// An emulator with an App that is installed at acme (7) and at octo (8), and that App's credential.
struct Rig {
    emulator: Emulator,
    tokens: Arc<Tokens>,
    transport: Authorize<Arc<dyn Transport>, Arc<Tokens>>,
    /// The credentials of all requests.
    sent: Arc<Mutex<Vec<String>>>,
}

fn start_time() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_800_000_000)
}

/// Returns a clock with GitHub's time plus this number of seconds.
fn clock(ahead: i64) -> impl Fn() -> SystemTime {
    let started = Instant::now();
    move || {
        let now = start_time() + started.elapsed();
        let moved = Duration::from_secs(ahead.unsigned_abs());
        if ahead < 0 { now - moved } else { now + moved }
    }
}

fn key() -> RsaKey {
    RsaKey::from_pem(PRIVATE_KEY.as_bytes()).unwrap()
}

fn app() -> GitHubApp {
    GitHubApp::new("Iv1.abc", key(), clock(0)).unwrap()
}

fn installed(ids: [u64; 2]) -> App {
    let at = |id, login| Installation::new(id, login).permission("secrets", "read");
    App::new(12, PUBLIC_KEY)
        .unwrap()
        .client_id("Iv1.abc")
        .installation(at(ids[0], "acme"))
        .installation(at(ids[1], "octo"))
}

/// Wraps the client and records each credential.
fn watched(sent: &Arc<Mutex<Vec<String>>>) -> Arc<dyn Transport> {
    let (client, sent) = (Arc::new(client()), Arc::clone(sent));
    Arc::new(move |request: Request<Bytes>| {
        let credential = request.headers().get("authorization").map_or("", |value| value.to_str().unwrap());
        sent.lock().unwrap().push(credential.to_owned());
        let client = Arc::clone(&client);
        async move { client.send(request).await }
    })
}

impl Rig {
    async fn start(app: GitHubApp) -> Self {
        let emulator = Emulator::builder().clock_from(start_time()).start().await.unwrap();
        // At GitHub an organization's address does not find users.
        emulator.with_world(|world| {
            world.app(installed([7, 8])).missing("orgs/octo");
        });
        let sent = Arc::default();
        let api_url: octoseal_transport::ApiUrl = emulator.url().parse().unwrap();
        let tokens = Arc::new(AppTokens::new(watched(&sent), api_url.clone(), app));
        let transport = Authorize::new(watched(&sent), api_url, Arc::clone(&tokens));
        Self { emulator, tokens, transport, sent }
    }

    /// Lists the secrets of a repository of this owner.
    async fn list(&self, owner: &str) -> Result<Response<Bytes>, Error> {
        self.transport.send(self.listing(Some(owner), owner)).await
    }

    async fn status(&self, owner: &str) -> u16 {
        self.list(owner).await.unwrap().status().as_u16()
    }

    fn listing(&self, account: Option<&str>, owner: &str) -> Request<Bytes> {
        let uri = format!("{}/repos/{owner}/api/actions/secrets", self.emulator.url());
        let mut request = Request::builder().uri(uri).body(Bytes::new()).unwrap();
        if let Some(login) = account {
            request.extensions_mut().insert(Account(login.to_owned()));
        }
        request
    }

    /// Lists the App's requests as itself, such as `GET /orgs/acme/installation 200`.
    fn asked(&self) -> Vec<String> {
        let requests = self.emulator.requests().into_iter();
        let own = requests.filter(|request| request.target.contains("installation"));
        own.map(|request| {
            let status = request.status.map_or_else(|| "-".to_owned(), |status| status.as_u16().to_string());
            format!("{} {} {status}", request.method, request.target)
        })
        .collect()
    }

    fn minted(&self) -> usize {
        self.asked().iter().filter(|asked| asked.ends_with("access_tokens 201")).count()
    }
}

fn is_renewed(response: &Response<Bytes>) -> bool {
    response.extensions().get::<Renewed>().is_some()
}

#[tokio::test(start_paused = true)]
async fn the_installation_is_found_by_the_owner_and_once() {
    let rig = Rig::start(app()).await;
    for owner in ["acme", "Acme", "ACME", "octo"] {
        assert_eq!(rig.status(owner).await, 200);
    }
    assert_eq!(
        rig.asked(),
        [
            "GET /orgs/acme/installation 200",
            "POST /app/installations/7/access_tokens 201",
            "GET /orgs/octo/installation 404",
            "GET /users/octo/installation 200",
            "POST /app/installations/8/access_tokens 201",
        ]
    );
    assert!(rig.tokens.is_per_account());
    let agents = rig.emulator.requests();
    assert!(agents[0].headers["user-agent"].to_str().unwrap().starts_with("octoseal-transport/"));
}

#[tokio::test(start_paused = true)]
async fn fifty_requests_at_once_need_one_token() {
    let rig = Arc::new(Rig::start(app()).await);
    let mut requests = tokio::task::JoinSet::new();
    for number in 0..50 {
        let rig = Arc::clone(&rig);
        requests.spawn(async move { rig.status(if number % 2 == 0 { "acme" } else { "Acme" }).await });
    }
    assert_eq!(requests.join_all().await, [200; 50]);
    assert_eq!(rig.asked().len(), 2, "{:?}", rig.asked());
}

#[tokio::test(start_paused = true)]
async fn a_fixed_installation_is_used_for_everything() {
    let rig = Rig::start(app().installation(7)).await;
    assert!(!rig.tokens.is_per_account());
    for (account, owner, status) in
        [(None, "acme", 200), (Some("acme"), "acme", 200), (Some("octo"), "octo", 404)]
    {
        let response = rig.transport.send(rig.listing(account, owner)).await.unwrap();
        assert_eq!(response.status(), status, "{account:?}");
    }
    assert_eq!(rig.asked(), ["POST /app/installations/7/access_tokens 201"]);
}

#[tokio::test(start_paused = true)]
async fn a_token_can_be_requested_with_fewer_permissions() {
    let rig = Rig::start(app().permission("secrets", "read").repository("api")).await;
    assert_eq!(rig.status("acme").await, 200);
    let body = rig.emulator.requests()[1].body.clone().unwrap();
    assert_eq!(body.to_string(), r#"{"permissions":{"secrets":"read"},"repositories":["api"]}"#);
}

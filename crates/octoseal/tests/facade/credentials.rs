//! Token providers: a closure, and a GitHub App with its installations.

use super::*;
use octoseal::{Family, Organization, Repository, Token, User};
use std::sync::{Arc, Mutex};

#[tokio::test]
async fn a_provider_gets_the_account_of_each_request() {
    let emulator = recording::start().await;
    let asked = Arc::<Mutex<Vec<Option<String>>>>::default();
    let kept = Arc::clone(&asked);
    let provider = move |account: Option<&str>| {
        kept.lock().unwrap().push(account.map(str::to_owned));
        async { Ok(Some(Arc::new(Token::new("ghp_test")?))) }
    };
    let github = GitHub::builder().token_provider(provider).api_url(&emulator.url()).build().unwrap();
    github.secrets(User.store()).list().await.unwrap();
    github.secrets(Organization::new("acme").unwrap().store(Family::Agents)).list().await.unwrap();
    github.send(Repository::new("octo", "hello").unwrap().look_up()).await.unwrap();
    let owner = |login: &str| Some(login.to_owned());
    assert_eq!(*asked.lock().unwrap(), [None, owner("acme"), owner("octo")]);
}

#[cfg(feature = "github-app")]
pub(crate) mod app {
    use super::*;
    use crate::cancelling::polled;
    use octoseal::{BoxFuture, Error, GitHubApp, Pacing, RsaKey, Signer};
    use octoseal_emulator::{App, Installation};
    use std::time::SystemTime;

    const PRIVATE_KEY: &str = include_str!("../../../octoseal-emulator/tests/data/test-key.private.pem");
    const PUBLIC_KEY: &str = include_str!("../../../octoseal-emulator/tests/data/test-key.public.pem");

    async fn start() -> (Emulator, GitHub) {
        start_with(8).await
    }

    pub(crate) async fn start_with(in_flight: usize) -> (Emulator, GitHub) {
        let emulator = recording::start().await;
        let mut pacing = Pacing::from(Profile::Unlimited);
        pacing.in_flight = in_flight;
        let at = |id, login| Installation::new(id, login).permission("secrets", "write");
        let app = App::new(12, PUBLIC_KEY).unwrap().client_id("Iv23liExample");
        let app = app.installation(at(7, "acme")).installation(at(8, "octo"));
        emulator.with_world(|world| {
            world.app(app).count_limits(false);
        });
        let key = RsaKey::from_pem(PRIVATE_KEY.as_bytes()).unwrap();
        let app = GitHubApp::new("12", key, SystemTime::now).unwrap();
        let github =
            GitHub::builder().github_app(app).pacing(pacing).api_url(&emulator.url()).build().unwrap();
        (emulator, github)
    }

    #[tokio::test]
    async fn an_app_shows_its_identity_and_the_repositories_of_its_installations() {
        let (emulator, github) = start().await;
        emulator.with_world(|world| {
            world.repository("acme/api");
        });
        let app = github.app().await.unwrap();
        assert_eq!((app.id, app.permissions["secrets"].as_str()), (12, "write"));
        assert_eq!(sent(&emulator), ["GET /app 200"]);
        let account = octoseal::support::Account::new("acme").unwrap();
        let request = account.installation_repositories(octoseal::PageRequest::default());
        let reached = github.pages(request).all().await.unwrap();
        assert_eq!(reached.iter().map(|it| it.full_name.as_str()).collect::<Vec<_>>(), ["acme/api"]);
    }

    /// A signer with another key.
    struct Forger;

    impl Signer for Forger {
        fn sign<'a>(
            &'a self,
            _: &'a [u8],
        ) -> BoxFuture<'a, Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>> {
            Box::pin(std::future::ready(Ok(vec![7; 256])))
        }
    }

    #[tokio::test]
    async fn a_wrong_app_id_and_a_wrong_key_are_explained() {
        let (emulator, _) = start().await;
        let key = RsaKey::from_pem(PRIVATE_KEY.as_bytes()).unwrap();
        for (app, advice) in [
            (GitHubApp::new("99", key, SystemTime::now), "check the App's id"),
            (GitHubApp::new("12", Forger, SystemTime::now), "its private key belong together"),
        ] {
            let builder = GitHub::builder().github_app(app.unwrap()).pacing(Profile::Unlimited);
            let error =
                builder.api_url(&emulator.url()).build().unwrap().app().await.unwrap_err().to_string();
            assert!(error.starts_with("GET /app: ") && error.contains(advice), "{error}");
        }
    }

    #[tokio::test]
    async fn an_app_writes_wherever_it_is_installed() {
        let (emulator, github) = start().await;
        for owner in ["acme", "octo"] {
            let store = Repository::new(owner, "hello").unwrap().store(Family::Actions);
            github.secrets(store).put(&name(), &value(), ()).await.unwrap();
            let path = format!("repos/{owner}/hello/actions");
            assert_eq!(emulator.opened_value(&path, "NPM_TOKEN").unwrap().expose(), value().expose());
        }
        let minted = sent(&emulator).iter().filter(|line| line.ends_with("access_tokens 201")).count();
        assert_eq!(minted, 2);
        let agents = emulator.requests().into_iter().map(|request| request.headers["user-agent"].clone());
        assert!(agents.into_iter().all(|agent| agent.to_str().unwrap().starts_with("octoseal/")));
        let error = github.secrets(User.store()).list().await.unwrap_err();
        assert!(matches!(error, Error::InstallationToken), "{error}");
    }

    #[tokio::test]
    async fn the_second_page_has_the_same_owner_although_its_link_is_numeric() {
        let (emulator, github) = start().await;
        let secrets = github.secrets(Repository::new("acme", "hello").unwrap().store(Family::Actions));
        for number in 0..101 {
            let name = SecretName::new(&format!("S_{number}")).unwrap();
            secrets.put(&name, &value(), ()).await.unwrap();
        }
        assert_eq!(secrets.list().await.unwrap().len(), 101);
        let lines = sent(&emulator);
        assert!(lines.last().unwrap().starts_with("GET /repositories/"), "{lines:?}");
    }

    #[tokio::test]
    async fn a_token_that_is_revoked_during_a_run_is_renewed_once_and_the_write_is_done() {
        let (emulator, github) = start().await;
        let secrets = github.secrets(Repository::new("acme", "hello").unwrap().store(Family::Actions));
        secrets.put(&name(), &value(), ()).await.unwrap();
        emulator.with_world(|world| {
            world.bad_token(&format!("ghs_emulated{:0>28}", 1));
        });
        let before = sent(&emulator).len();
        secrets.put(&name(), &SecretValue::from("new"), ()).await.unwrap();
        let lines = sent(&emulator)[before..].to_vec();
        assert_eq!(
            lines,
            [
                "PUT /repos/acme/hello/actions/secrets/NPM_TOKEN 401",
                "POST /app/installations/7/access_tokens 201",
                "PUT /repos/acme/hello/actions/secrets/NPM_TOKEN 204",
            ]
        );
        assert_eq!(emulator.opened_value("repos/acme/hello/actions", "NPM_TOKEN").unwrap().expose(), b"new");
    }

    #[tokio::test]
    async fn dropping_a_future_during_the_token_request_harms_no_other_task() {
        for polls in 0..500 {
            let (emulator, github) = start_with(1).await;
            let secrets = github.secrets(Repository::new("acme", "hello").unwrap().store(Family::Actions));
            let is_done = polled(secrets.put(&name(), &value(), ()), polls).await.is_some();
            secrets.put(&name(), &SecretValue::from("new"), ()).await.unwrap();
            let opened = emulator.opened_value("repos/acme/hello/actions", "NPM_TOKEN").unwrap();
            assert_eq!(opened.expose(), b"new");
            assert_eq!(github.metrics().pace.in_flight, 0);
            if is_done {
                return;
            }
        }
        panic!("it never ends");
    }

    #[tokio::test(start_paused = true)]
    async fn an_owner_that_refuses_an_app_stops_no_other_owner() {
        let (emulator, github) = start_with(1).await;
        let store = |(owner, name)| Repository::new(owner, name).unwrap().store(Family::Actions);
        let refusal = http::Response::builder().status(401).body("{}".into()).unwrap();
        emulator.script(Script::new(Fault::Answer(refusal)).path("/acme/hello/actions").times(100));
        let stores = [("acme", "hello"), ("ACME", "other"), ("stranger", "hello"), ("octo", "hello")];
        let stores = stores.map(store);
        let results = github.put_everywhere(stores, &name(), &value(), ()).await;
        let refused = results.iter().map(|(_, result)| result.as_ref().is_err_and(Error::is_unauthorized));
        assert_eq!(refused.collect::<Vec<_>>(), [true, true, true, false], "{results:?}");
        assert!(matches!(results[1].1, Err(Error::NotTried(_))), "the account is the same: {results:?}");
    }

    #[tokio::test]
    async fn a_token_request_is_retried_after_a_temporary_failure_and_not_after_a_refusal() {
        let (emulator, github) = start().await;
        emulator.script(Script::new(Fault::server_error()).path("access_tokens"));
        let secrets = github.secrets(Repository::new("acme", "hello").unwrap().store(Family::Actions));
        assert!(secrets.list().await.unwrap().is_empty());
        assert_eq!(sent(&emulator).len(), 4, "{:?}", sent(&emulator));

        let stranger = github.secrets(Repository::new("stranger", "hello").unwrap().store(Family::Actions));
        let error = stranger.list().await.unwrap_err();
        assert!(!error.is_unknown_outcome());
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(
            cause.starts_with("the GitHub App is not installed at stranger: install it there"),
            "{cause}"
        );
        assert_eq!(sent(&emulator).len(), 6, "{:?}", sent(&emulator));
    }
}

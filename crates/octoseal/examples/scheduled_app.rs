//! A job that rotates a secret regularly, as a GitHub App. Its tokens are valid for an hour, and the job runs
//! for months.
//!
//! `cargo run -p octoseal --example scheduled_app --features github-app`

use octoseal::{
    Error, Family, GitHub, GitHubApp, Pacing, Profile, Repository, RsaKey, SecretName, SecretValue,
};
use octoseal_emulator::{App, Emulator, Installation};
use std::time::{Duration, SystemTime};
use tokio::time::{MissedTickBehavior, interval};

/// The emulator's App. A real key comes from the App's settings at GitHub: read the file (or ask your secret
/// manager) at the start, and never put it into the program. If a service such as a KMS holds the key,
/// implement `octoseal::Signer`.
const PRIVATE_KEY: &[u8] = include_bytes!("../../octoseal-emulator/tests/data/test-key.private.pem");
const PUBLIC_KEY: &str = include_str!("../../octoseal-emulator/tests/data/test-key.public.pem");

/// The client finds the App's installations by the owner of each store, and renews their tokens in time.
fn client(
    emulator: &Emulator,
    clock: impl Fn() -> SystemTime + Send + Sync + 'static,
) -> Result<GitHub, Error> {
    let key = RsaKey::from_pem(PRIVATE_KEY).map_err(Error::Settings)?;
    // With only the necessary permissions, a stolen token is worth little.
    let app = GitHubApp::new("12", key, clock).map_err(Error::Settings)?.permission("secrets", "write");
    let mut pacing = Pacing::from(Profile::Slow); // one write a second: the job is not urgent
    pacing.reserve = 1_000; // requests of the hourly 5,000 for other programs with this App
    GitHub::builder().github_app(app).pacing(pacing).api_url(&emulator.url()).build()
}

/// Rotates `rounds` times. A failed round does not end the job: the next round tries again.
async fn rotate(github: &GitHub, every: Duration, rounds: u32) -> Result<u32, Error> {
    let secrets = github.secrets(Repository::new("acme", "api")?.store(Family::Actions));
    let name = SecretName::new("NPM_TOKEN")?;
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay); // no rush after a slow round
    let mut done = 0;
    for round in 1..=rounds {
        ticks.tick().await;
        match secrets.put(&name, &new_value(round), ()).await {
            Ok(written) => {
                println!("round {round}: {written:?}");
                done += 1;
            }
            Err(error) if error.is_unknown_outcome() => println!("round {round}: perhaps written: {error}"),
            Err(error) => println!("round {round}: {error}"),
        }
    }
    Ok(done)
}

/// A real job would request a new token from the registry here.
fn new_value(round: u32) -> SecretValue {
    SecretValue::from(format!("token of round {round}"))
}

/// An App with the number 12 that is installed at acme.
async fn start() -> Result<Emulator, Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await?; // for github.com: no emulator, and no `api_url`
    let app = App::new(12, PUBLIC_KEY).map_err(|error| error.to_string())?;
    let app = app.installation(Installation::new(7, "acme").permission("secrets", "write"));
    emulator.with_world(|world| {
        world.app(app);
    });
    Ok(emulator)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = start().await?;
    let github = client(&emulator, SystemTime::now)?;
    let done = rotate(&github, Duration::from_millis(50), 3).await?; // a real job: every few hours
    let opened = emulator.opened_value("repos/acme/api/actions", "NPM_TOKEN").ok_or("nothing was stored")?;
    assert_eq!((done, opened.expose()), (3, new_value(3).expose()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use octoseal_emulator::{Fault, Script};
    use tokio::time::Instant;

    #[test]
    fn the_example_runs() {
        main().unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_day_of_rounds_uses_a_new_token_for_each_and_survives_a_failure() {
        let emulator = start().await.unwrap();
        let (wall, started) = (SystemTime::now(), Instant::now());
        let github = client(&emulator, move || wall + started.elapsed()).unwrap();
        emulator
            .script(Script::new(Fault::secrets_service_unavailable()).path("/NPM_TOKEN").after(1).times(5));

        let done = rotate(&github, Duration::from_secs(6 * 3_600), 4).await.unwrap();

        assert_eq!(done, 3, "GitHub was unavailable in the second round");
        let asked = emulator.requests().into_iter();
        let tokens = asked.filter(|request| request.target.ends_with("/access_tokens")).count();
        assert_eq!(tokens, 4);
        let opened = emulator.opened_value("repos/acme/api/actions", "NPM_TOKEN").unwrap();
        assert_eq!(opened.expose(), new_value(4).expose());
    }
}

//! One client for many tasks: they share connections, the public key and the rate limits, and report
//! progress.
//!
//! `cargo run -p octoseal --example shared_client`

use octoseal::{Family, GitHub, Pacer, Repository, SecretName, SecretValue};
use octoseal_emulator::Emulator;
use tokio::task::{JoinHandle, JoinSet};

const SECRETS: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await?; // for github.com: no emulator, and no `api_url`
    let github = GitHub::builder().token("ghp_example").api_url(&emulator.url()).build()?;
    println!("GitHub's limits let 1,000 secrets through in {:?}", github.pacer().estimate(None, 1, 1_000));
    let progress = print_progress(github.pacer());

    let store = Repository::new("octo", "hello")?.store(Family::Actions);
    let mut tasks = JoinSet::new();
    for number in 0..SECRETS {
        let secrets = github.secrets(store.clone()); // owns a clone of the client, so it moves into the task
        tasks.spawn(async move {
            let name = SecretName::new(&format!("TOKEN_{number}"))?;
            secrets.put(&name, &SecretValue::from(format!("value {number}")), ()).await
        });
    }
    while let Some(written) = tasks.join_next().await {
        written??;
    }
    drop(github); // the last clone: the progress ends
    progress.await?;

    let requests = emulator.requests();
    let keys = requests.iter().filter(|request| request.target.ends_with("/public-key")).count();
    println!("GitHub saw {} requests; {keys} of them for the public key", requests.len());
    assert_eq!((keys, emulator.opened_values().len()), (1, SECRETS));
    Ok(())
}

/// Prints the progress every few writes, and the reason of each wait. The counters only grow, so they can be
/// exported as metrics.
fn print_progress(pacer: &Pacer) -> JoinHandle<()> {
    let mut watch = pacer.watch();
    tokio::spawn(async move {
        let mut reported = 0;
        while let Some(snapshot) = watch.changed().await {
            if let Some(wait) = snapshot.wait {
                println!("  waits {:?}: {}", wait.length, wait.reason);
            }
            if snapshot.writes >= reported + 5 {
                reported = snapshot.writes;
                println!("  {reported} writes sent, {} requests in flight", snapshot.in_flight);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_example_runs() {
        super::main().unwrap();
    }
}

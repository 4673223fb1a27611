//! A program without `async`: a plain `main`, and one runtime for the whole program.
//!
//! `cargo run -p octoseal --example blocking`

use octoseal::{Error, Family, GitHub, Repository, SecretName, SecretValue, Store, Written};
use octoseal_emulator::Emulator;
use tokio::runtime::{Builder, Runtime};

/// A client for code that is not `async`.
///
/// The runtime starts no thread and runs only during a call. Keep one for the whole program: a connection
/// belongs to the runtime that opened it. The client detects connections that GitHub closed between two
/// calls, and opens new ones.
struct Blocking {
    runtime: Runtime,
    github: GitHub,
}

impl Blocking {
    fn put(
        &self,
        store: &Store<Repository>,
        name: &SecretName,
        value: &SecretValue,
    ) -> Result<Written, Error> {
        // In `async` code, await the future instead: `block_on` would panic there.
        self.runtime.block_on(self.github.secrets(store.clone()).put(name, value, ()))
    }

    fn names(&self, store: &Store<Repository>) -> Result<Vec<String>, Error> {
        let secrets = self.runtime.block_on(self.github.secrets(store.clone()).list())?;
        Ok(secrets.into_iter().map(|secret| secret.name).collect())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let emulator = runtime.block_on(Emulator::start())?; // for github.com: no emulator, and no `api_url`
    let github = GitHub::builder().token("ghp_example").api_url(&emulator.url()).build()?;
    let client = Blocking { runtime, github };

    let store = Repository::new("octo", "hello")?.store(Family::Actions);
    let name = SecretName::new("NPM_TOKEN")?;
    let written = [
        client.put(&store, &name, &SecretValue::from("s3cr3t"))?,
        client.put(&store, &name, &SecretValue::from("s3cr3t-2"))?, // the same connection, the same public key
    ];
    println!("{written:?}; {store} now has {:?}", client.names(&store)?);

    assert_eq!(written, [Written::Created, Written::Updated]);
    let opened =
        emulator.opened_value("repos/octo/hello/actions", "NPM_TOKEN").ok_or("nothing was stored")?;
    assert_eq!(opened.expose(), b"s3cr3t-2");
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_example_runs() {
        super::main().unwrap();
    }
}

//! Seals standard input to a base64 public key and prints the sealed box.
//!
//! `cargo run --example seal -- KEY < value`

use octoseal_crypto::{PublicKey, SecretValue};
use std::env;
use std::error::Error;
use std::io;
use std::process::ExitCode;

/// The largest value that GitHub accepts, in bytes.
const LIMIT: usize = 48 * 1024;

fn seal(key: &str, value: &SecretValue) -> Result<String, octoseal_crypto::Error> {
    let key: PublicKey = key.parse()?; // accepts 32 bytes only, and no weak keys
    key.seal_base64(value.expose())
}

fn run() -> Result<String, Box<dyn Error>> {
    let key = env::args().nth(1).unwrap_or_default();
    let value = SecretValue::read(io::stdin().lock(), LIMIT)?;
    Ok(seal(&key, &value)?)
}

fn main() -> ExitCode {
    match run() {
        Ok(sealed) => println!("{sealed}"),
        Err(error) => {
            eprintln!("not sealed: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

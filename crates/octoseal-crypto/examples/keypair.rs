//! Prints a new key pair for tests in base64: the secret key, a space, the public key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use octoseal_crypto::{Error, SecretKey};

fn main() -> Result<(), Error> {
    let pair = SecretKey::generate()?;
    println!("{} {}", STANDARD.encode(pair.expose()), pair.public_key());
    Ok(())
}

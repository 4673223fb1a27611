//! Opens a sealed box in base64 from standard input and prints the value. `SECRET_KEY` holds the base64 key.
//! For tests.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use octoseal_crypto::SecretKey;
use std::env;
use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

fn run() -> Result<(), Box<dyn Error>> {
    let secret = STANDARD.decode(env::var("SECRET_KEY")?).map_err(|error| error.to_string())?;
    let sealed = io::read_to_string(io::stdin())?;
    let value = SecretKey::from_bytes(&secret)?.open_base64(sealed.trim())?;
    io::stdout().write_all(value.expose())?;
    Ok(())
}

fn main() -> ExitCode {
    if let Err(error) = run() {
        eprintln!("not opened: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

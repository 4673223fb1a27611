//! One contestant: prints its version, then seals on request and reports the CPU time.
//!
//! Usage: `contestant NAME KEY`, the key in base64. The module `serve` describes its requests and answers.

#[cfg(feature = "libsodium")]
mod libsodium;
mod ours;
#[cfg(feature = "peers")]
mod peers;
mod sealer;
mod serve;
#[cfg(any(feature = "libsodium", feature = "peers"))]
mod text;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let ended = match words.as_slice() {
        [name, key] => run(name, key),
        _ => Err("usage: contestant NAME KEY".to_owned()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("contestant: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(name: &str, key: &str) -> Result<(), String> {
    match name {
        "octoseal" => serve::serve(ours::Octoseal::new(key)),
        #[cfg(feature = "libsodium")]
        "libsodium" => serve::serve(libsodium::Bare::new(key)?),
        #[cfg(feature = "libsodium")]
        "libsodium-base64" => serve::serve(libsodium::WithBase64::new(key)?),
        #[cfg(feature = "peers")]
        "crypto_box" => serve::serve(peers::CryptoBox::new(key)),
        #[cfg(feature = "peers")]
        "dryoc" => serve::serve(peers::Dryoc::new(key)),
        _ => Err(format!("`{name}` is not in this build")),
    }
}

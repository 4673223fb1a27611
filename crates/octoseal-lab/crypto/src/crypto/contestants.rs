//! The contestants and the way each is started.

use crate::SIZES;
use octoseal_crypto::SecretKey;
use octoseal_lab_shared::child::Child;
use std::path::Path;
use std::process::Command;

/// One contestant.
pub(crate) struct Contestant {
    /// Its name in the table.
    pub(crate) name: &'static str,
    /// The program: on PATH, or with a slash below the folder.
    program: &'static str,
    /// The argument before the key.
    argument: Argument,
    /// Its working directory, below the folder.
    home: &'static str,
}

enum Argument {
    /// A name that the program `contestant` knows.
    Name(&'static str),
    /// A file under `foreign`.
    Script(&'static str),
}

/// The name of the baseline of all ratios.
pub(crate) const MEASURE: &str = "libsodium from C, the bare call";
/// The default backend.
pub(crate) const SODIUMOXIDE: &str = "**octoseal-crypto, `sodiumoxide`**";
/// The pure Rust backend.
pub(crate) const RUSTCRYPTO: &str = "**octoseal-crypto, `rustcrypto`**";

const NATIVE: &str = "native/release/contestant";
const PURE: &str = "pure/release/contestant";

/// All contestants, in the order of the table.
pub(crate) const CONTESTANTS: &[Contestant] = &[
    built(MEASURE, NATIVE, "libsodium"),
    built("libsodium from C, with base64", NATIVE, "libsodium-base64"),
    built(SODIUMOXIDE, NATIVE, "octoseal"),
    built(RUSTCRYPTO, PURE, "octoseal"),
    built("dryoc", NATIVE, "dryoc"),
    built("crypto_box", NATIVE, "crypto_box"),
    foreign("Python", "python/venv/bin/python", "seal.py", "python"),
    foreign("Ruby", "ruby", "seal.rb", ""),
    foreign("Node.js", "node", "seal.mjs", "node"),
];

const fn built(name: &'static str, program: &'static str, argument: &'static str) -> Contestant {
    Contestant { name, program, argument: Argument::Name(argument), home: "" }
}

const fn foreign(
    name: &'static str,
    program: &'static str,
    script: &'static str,
    home: &'static str,
) -> Contestant {
    Contestant { name, program, argument: Argument::Script(script), home }
}

impl Contestant {
    /// Starts the program, and checks that its boxes open.
    ///
    /// # Errors
    ///
    /// If it does not start, or seals another value than requested.
    pub(crate) fn start(&self, folder: &Path, secret: &SecretKey) -> Result<Child, String> {
        let mut command = match self.program.contains('/') {
            true => Command::new(folder.join(self.program)),
            false => Command::new(self.program),
        };
        command.current_dir(folder.join(self.home));
        match self.argument {
            Argument::Name(name) => command.arg(name),
            Argument::Script(file) => {
                command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign").join(file))
            }
        };
        let mut child = Child::start(command.arg(secret.public_key().to_string()))?;
        for (size, name) in SIZES {
            let sealed = child.ask(&format!("box {size}"))?;
            let opened =
                secret.open_base64(&sealed).map_err(|error| format!("its box of {name}: {error}"))?;
            if opened.expose() != vec![b'v'; size] {
                return Err(format!("its box of {name} has another value than was sealed"));
            }
        }
        Ok(child)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_contestants_share_a_name() {
        for (index, one) in CONTESTANTS.iter().enumerate() {
            assert!(CONTESTANTS[..index].iter().all(|other| other.name != one.name), "{}", one.name);
        }
    }
}

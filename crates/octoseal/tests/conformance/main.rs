//! All operations, with their answers and refusals, under both versions of the API. `cargo xtask conformance`
//! compares them with GitHub's own description.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

mod operations;
#[path = "../../../octoseal-emulator/tests/recording/mod.rs"]
mod recording;
mod refusals;
mod variables;

use octoseal::{ApiVersion, GitHub, SecretName};
use octoseal_emulator::Emulator;

const VERSIONS: [ApiVersion; 2] = [ApiVersion::V2022_11_28, ApiVersion::V2026_03_10];

fn client(emulator: &Emulator, token: &str, version: ApiVersion) -> GitHub {
    GitHub::builder().token(token).api_url(&emulator.url()).api_version(version).build().unwrap()
}

fn name(text: &str) -> SecretName {
    SecretName::new(text).unwrap()
}

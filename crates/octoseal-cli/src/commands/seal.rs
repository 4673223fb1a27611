//! `octoseal seal`: seals values to public keys, without GitHub.

mod for_stores;

use crate::arguments::{Seal, ValueSource};
use crate::journal::Journal;
use crate::output::{ExitCode, Failure, Output};
use crate::value;
use octoseal::PublicKey;
use serde_json::json;

pub(crate) async fn run(seal: Seal, output: Output, journal: &Journal) -> Result<(), Failure> {
    match (&seal.key, &seal.keys) {
        (Some(key), _) => to_key(key, &seal.value, output, journal).await,
        (None, Some(keys)) => for_stores::run(keys, &seal, output, journal).await,
        (None, None) => Err(Failure::usage("give --key or --for")),
    }
}

async fn to_key(key: &str, source: &ValueSource, output: Output, journal: &Journal) -> Result<(), Failure> {
    let key: PublicKey = key
        .parse()
        .map_err(|cause| Failure::usage("the public key cannot be used").because(cause).argument("--key"))?;
    let value = value::read(source, output, journal).await?;
    let sealed = key
        .seal_base64(value.expose())
        .map_err(|cause| Failure::new(ExitCode::Failed, "the value could not be sealed").because(cause))?;
    output.must_answer(&json!({ "encrypted_value": sealed }), &sealed)
}

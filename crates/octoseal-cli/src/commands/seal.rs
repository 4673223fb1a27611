//! `octoseal seal`: seals a value to a public key, without GitHub.

use crate::arguments::Seal;
use crate::journal::Journal;
use crate::output::{ExitCode, Failure, Output};
use crate::value;
use octoseal::PublicKey;
use serde_json::json;

pub(crate) async fn run(
    Seal { key, source }: Seal,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let key: PublicKey = key
        .parse()
        .map_err(|cause| Failure::usage("the public key cannot be used").because(cause).argument("--key"))?;
    let value = value::read(&source, output, journal).await?;
    let sealed = key
        .seal_base64(value.expose())
        .map_err(|cause| Failure::new(ExitCode::Failed, "the value could not be sealed").because(cause))?;
    output.must_answer(&json!({ "encrypted_value": sealed }), &sealed)
}

//! `octoseal seal`: seals a value to a public key, without GitHub.

use crate::arguments::Seal;
use crate::failure::{Code, Failure};
use crate::output::Output;
use crate::value;
use octoseal::PublicKey;
use serde_json::json;

pub(crate) async fn run(Seal { key, source }: Seal, output: Output) -> Result<(), Failure> {
    let key: PublicKey =
        key.parse().map_err(|cause| Failure::usage("the public key cannot be used").because(cause))?;
    let value = value::read(&source).await?;
    let sealed = key
        .seal_base64(value.expose())
        .map_err(|cause| Failure::new(Code::Failed, "the value could not be sealed").because(cause))?;
    output.answer(&json!({ "encrypted_value": sealed }), &sealed)
}

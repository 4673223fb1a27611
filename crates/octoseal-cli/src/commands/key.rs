//! `octoseal key`: the public key of a store.

use crate::arguments::{InStore, Options};
use crate::connection::{self, Connection};
use crate::failure::Failure;
use crate::output::Output;
use serde_json::json;

pub(crate) async fn run(
    options: &Options,
    InStore { store }: InStore,
    output: Output,
) -> Result<(), Failure> {
    let Connection { github, memory: _memory, .. } = connection::open(options, Some(&store), output).await?;
    let key = github.any_secrets(store.clone()).key().await?;
    let data = json!({ "store": store.to_string(), "key_id": key.key_id, "key": key.key });
    output.answer(&data, format!("key     {}\nkey id  {}", key.key, key.key_id))
}

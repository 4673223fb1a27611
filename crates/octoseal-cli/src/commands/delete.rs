//! `octoseal delete`: deletes a secret.

use crate::arguments::{InStore, OneSecret, Options};
use crate::connection::{self, Connection};
use crate::failure::Failure;
use crate::output::Output;
use serde_json::json;

pub(crate) async fn run(
    options: &Options,
    OneSecret { place: InStore { store }, name }: OneSecret,
    output: Output,
) -> Result<(), Failure> {
    let Connection { github, memory: _memory, .. } = connection::open(options, Some(&store), output).await?;
    github.any_secrets(store.clone()).delete(&name).await?;
    let data = json!({ "store": store.to_string(), "name": name.as_str(), "outcome": "deleted" });
    output.answer(&data, format!("deleted {name} from {store}"))
}

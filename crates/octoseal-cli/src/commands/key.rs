//! `octoseal key`: the public key of a store.

use crate::arguments::{Global, InStore};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use serde_json::json;

pub(crate) async fn run(
    global: &Global,
    InStore { store }: InStore,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let session = Session::open(global, Some(&store), output, journal).await?;
    let key = session.secrets(&store).key().await?;
    let data = json!({ "store": store.to_string(), "key_id": key.key_id, "key": key.key });
    output.answer(&data, format!("key     {}\nkey id  {}", key.key, key.key_id))
}

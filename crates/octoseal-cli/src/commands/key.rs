//! `octoseal key`: the public keys of stores.

use crate::arguments::{Global, Stores};
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use futures_util::stream::StreamExt as _;
use serde_json::json;
use std::pin::pin;

pub(crate) async fn run(
    global: &Global,
    stores: Stores,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let stores = Targets::stores(&stores, global, Purpose::Read)?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let stores = stores.find(&session, output).await?;
    let mut failures = Failures::among(stores.len(), output);
    let key = async |store| Ok(session.secrets(store).key().await?);
    let mut keys = pin!(fan_out::each(&stores, key));
    while let Some((store, key)) = keys.next().await {
        match key {
            Ok(key) => {
                let data = json!({ "store": store.to_string(), "key_id": key.key_id, "key": key.key });
                let heading = if stores.len() > 1 { format!("store   {store}\n") } else { String::new() };
                output.answer(&data, format!("{heading}key     {}\nkey id  {}", key.key, key.key_id))?;
            }
            Err(failure) => failures.add(store, failure),
        }
    }
    failures.finish()
}

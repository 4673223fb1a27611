//! `octoseal delete`: deletes a secret.

use crate::arguments::{Global, OneSecret, Secret};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use serde_json::json;

pub(crate) async fn run(
    global: &Global,
    secret: OneSecret,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let Secret { name, store } = secret.secret()?;
    let session = Session::open(global, Some(&store), output, journal).await?;
    let secrets = session.secrets(&store);
    journal.write(format!("delete {name} from {store}"), secrets.delete(&name)).await?;
    let data = json!({ "store": store.to_string(), "name": name.as_str(), "outcome": "deleted" });
    output.answer(&data, format!("deleted {name} from {store}"))
}

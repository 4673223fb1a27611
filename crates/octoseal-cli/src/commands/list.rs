//! `octoseal list`: the secrets of a store, without their values.

use crate::arguments::{Global, InStore};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use octoseal::{AnyStore, Secret, Timestamp, VisibilityName};
use serde_json::{Value, json};

pub(crate) async fn run(
    global: &Global,
    InStore { store }: InStore,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let session = Session::open(global, Some(&store), output, journal).await?;
    let secrets = session.secrets(&store).list().await?;
    if secrets.is_empty() {
        output.note(&format!("{store} has no secrets"));
    }
    let width = secrets.iter().map(|secret| secret.name.len()).max().unwrap_or_default().min(WIDEST);
    for secret in &secrets {
        output.answer(&describe(&store, secret), line(secret, width))?;
    }
    Ok(())
}

/// Longer names shift their line rather than all others.
const WIDEST: usize = 64;

/// A secret as JSON.
pub(crate) fn describe(store: &AnyStore, secret: &Secret) -> Value {
    let moment = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string());
    json!({
        "store": store.to_string(),
        "name": secret.name,
        "created_at": moment(secret.created_at),
        "updated_at": moment(secret.updated_at),
        "visibility": secret.visibility.as_ref().map(VisibilityName::as_str),
    })
}

/// A secret on one line: name, last write, visibility.
pub(crate) fn line(secret: &Secret, width: usize) -> String {
    let name = &secret.name;
    let updated = secret.updated_at.map_or("-".to_owned(), |moment| moment.to_string());
    let visibility = secret.visibility.as_ref().map_or("", |visibility| visibility.as_str());
    format!("{name:width$}  {updated:20}  {visibility}").trim_end().to_owned()
}

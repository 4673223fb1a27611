//! `octoseal list`: the secrets of a store, without their values.

use crate::arguments::{InStore, Options};
use crate::connection::{self, Connection};
use crate::failure::Failure;
use crate::output::Output;
use octoseal::{Secret, Timestamp, VisibilityName};
use serde_json::{Value, json};

pub(crate) async fn run(
    options: &Options,
    InStore { store }: InStore,
    output: Output,
) -> Result<(), Failure> {
    let Connection { github, memory: _memory, .. } = connection::open(options, Some(&store), output).await?;
    let secrets = github.any_secrets(store.clone()).list().await?;
    if secrets.is_empty() && !output.json {
        output.note(&format!("{store} has no secrets"));
    }
    let data: Vec<Value> = secrets.iter().map(describe).collect();
    let width = secrets.iter().map(|secret| secret.name.len()).max().unwrap_or_default().min(WIDEST);
    let lines: Vec<String> = secrets.iter().map(|secret| line(secret, width)).collect();
    output.answer(&data.into(), lines.join("\n"))
}

/// Longer names shift their line rather than all others.
const WIDEST: usize = 64;

/// A secret as JSON.
pub(crate) fn describe(secret: &Secret) -> Value {
    let moment = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string());
    json!({
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

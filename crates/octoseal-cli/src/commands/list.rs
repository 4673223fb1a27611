//! `octoseal list`: the secrets of stores, without their values.

use crate::arguments::{Global, Stores};
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::listing;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use futures_util::stream::StreamExt as _;
use octoseal::{AnyStore, Secret, Timestamp, VisibilityName};
use serde_json::{Value, json};
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
    if let [store] = stores.as_slice() {
        return list(&session, store, output).await;
    }
    let mut failures = Failures::among(stores.len(), output);
    let list = async |store| Ok(session.secrets(store).list().await?);
    let mut lists = pin!(fan_out::each(&stores, list));
    while let Some((store, secrets)) = lists.next().await {
        match secrets {
            Ok(secrets) => print_all(store, &secrets, output)?,
            Err(failure) => failures.add(store, failure),
        }
    }
    failures.finish()
}

/// Lists one store, and prints each page when it arrives.
async fn list(session: &Session, store: &AnyStore, output: Output) -> Result<(), Failure> {
    let secrets = session.secrets(store);
    let mut width = 0;
    let print = |page: &[Secret]| {
        width = widest(page).max(width);
        print(store, page, width, "", output)
    };
    let count = listing::print(|| secrets.pages(), |secret| secret.name.clone(), print, output).await?;
    if count == 0 {
        output.note(&format!("{store} has no secrets"));
    }
    Ok(())
}

/// Prints the secrets of one of several stores.
fn print_all(store: &AnyStore, secrets: &[Secret], output: Output) -> Result<(), Failure> {
    if secrets.is_empty() {
        output.note(&format!("{store} has no secrets"));
    } else if !output.json {
        output.line(&format!("{store}:"))?;
    }
    print(store, secrets, widest(secrets), "  ", output)
}

fn print(
    store: &AnyStore,
    secrets: &[Secret],
    width: usize,
    indent: &str,
    output: Output,
) -> Result<(), Failure> {
    secrets.iter().try_for_each(|secret| {
        output.answer(&describe(store, secret), format!("{indent}{}", line(secret, width)))
    })
}

fn widest(secrets: &[Secret]) -> usize {
    secrets.iter().map(|secret| secret.name.len()).max().unwrap_or_default().min(WIDEST)
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

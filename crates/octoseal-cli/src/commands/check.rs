//! `octoseal check`: checks whether stores can be written, as far as reads can show it.

use crate::arguments::{Global, Stores};
use crate::fan_out::Failures;
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::preflight::{Contents, Intent, Preflight};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use futures_util::stream::StreamExt as _;
use octoseal::{AnySecrets, AnyStore};
use serde_json::json;
use std::pin::pin;

pub(crate) async fn run(
    global: &Global,
    stores: Stores,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let stores = Targets::stores(&stores, global, Purpose::Write)?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let selection = stores.select(&session, output).await?;
    let stores = selection.stores;
    let preflight = Preflight::begin(&session, &stores, selection.active, Intent::Check, output).await?;
    let width = stores.iter().map(|store| store.to_string().len()).max().unwrap_or_default().min(WIDEST);
    let mut failures = Failures::among(stores.len(), output);
    let mut is_proven = true;
    let mut looks = pin!(preflight.looks::<AnySecrets>(&stores));
    while let Some((store, contents)) = looks.next().await {
        match contents {
            Ok(contents) => {
                let may_write = preflight.may_write(store);
                is_proven &= may_write.is_some();
                let data = json!({
                    "store": store.to_string(), "secrets": contents.count(), "room": contents.room(),
                    "may_write": may_write,
                });
                failures.printed(output.answer(&data, line(store, &contents, may_write, width)));
            }
            Err(failure) => failures.add(store, failure),
        }
    }
    if !is_proven {
        output.note("the token can read these stores; only a write shows whether it may write them");
    }
    failures.finish()
}

/// The maximum width of a store. A longer one shifts only its own line.
const WIDEST: usize = 60;

fn line(store: &AnyStore, contents: &Contents, may_write: Option<bool>, width: usize) -> String {
    let store = store.to_string();
    let count = contents.count();
    let secrets = match contents.most {
        Some(most) => format!("{count} of {most} secrets"),
        None if count == 1 => "1 secret".to_owned(),
        None => format!("{count} secrets"),
    };
    let full = if contents.room() == Some(0) { ", full: only updates" } else { "" };
    // Without a proof that the token may write, the store is only readable.
    let state = if may_write == Some(true) { "ready" } else { "readable" };
    format!("{state:8}  {store:width$}  {secrets}{full}")
}

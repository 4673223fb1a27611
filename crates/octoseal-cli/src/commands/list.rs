//! `octoseal list`: the secrets of stores, without their values, or the variables with them.

use crate::arguments::{Global, Stores};
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::kept::{self, Found, Kept, Widths};
use crate::listing;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use futures_util::stream::StreamExt as _;
use octoseal::AnyStore;
use std::pin::pin;

pub(crate) async fn run<K: Kept>(
    global: &Global,
    stores: Stores,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let stores = Targets::stores(&stores, global, Purpose::Read)?;
    kept::check::<K>(&stores)?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let stores = kept::select::<K>(stores, &session, output).await?.stores;
    if let [store] = stores.as_slice() {
        return list::<K>(&session, store, output).await;
    }
    let mut failures = Failures::among(stores.len(), output);
    let list = async |store| Ok(K::at(&session, store)?.list().await?);
    let mut lists = pin!(fan_out::each(&stores, list));
    while let Some((store, found)) = lists.next().await {
        match found {
            Ok(found) => print_all::<K>(store, &found, output)?,
            Err(failure) => failures.add(store, failure),
        }
    }
    failures.finish()
}

/// Lists one store, and prints each page when it arrives.
async fn list<K: Kept>(session: &Session, store: &AnyStore, output: Output) -> Result<(), Failure> {
    let kept = K::at(session, store)?;
    let mut widths = Widths::default();
    let print = |page: &[K::Item]| {
        let page: Vec<Found> = page.iter().map(K::found).collect();
        widths.fit(&page);
        print(store, &page, widths, "", output)
    };
    let count = listing::print(|| kept.pages(), |item| K::found(item).name, print, output).await?;
    if count == 0 {
        output.note(&format!("{store} has no {}s", K::ONE));
    }
    Ok(())
}

/// Prints the items of one of several stores.
fn print_all<K: Kept>(store: &AnyStore, found: &[Found], output: Output) -> Result<(), Failure> {
    if found.is_empty() {
        output.note(&format!("{store} has no {}s", K::ONE));
    } else if !output.json {
        output.line(&format!("{store}:"))?;
    }
    print(store, found, Widths::of(found), "  ", output)
}

fn print(
    store: &AnyStore,
    found: &[Found],
    widths: Widths,
    indent: &str,
    output: Output,
) -> Result<(), Failure> {
    let mut lines = found.iter().map(|found| (found, format!("{indent}{}", found.line(&widths))));
    lines.try_for_each(|(found, line)| output.answer(&found.describe(store), line))
}

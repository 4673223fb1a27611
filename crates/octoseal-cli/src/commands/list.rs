//! `octoseal list`: the secrets of stores, without their values, or the variables with them.

use crate::arguments::{Global, List, TableFormat};
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::kept::{self, Found, Kept, Widths};
use crate::listing;
use crate::output::{Failure, Output, color, table};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use futures_util::stream::StreamExt as _;
use octoseal::AnyStore;
use std::io::{self, IsTerminal as _};
use std::pin::pin;

pub(crate) async fn run<K: Kept>(
    global: &Global,
    List { stores, format }: List,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let stores = Targets::stores(&stores, global, Purpose::Read)?;
    kept::check::<K>(&stores)?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let stores = kept::select::<K>(stores, &session, output).await?.stores;
    let printer = Printer { format, output };
    printer.begin::<K>()?;
    if let [store] = stores.as_slice() {
        return list::<K>(&session, store, printer).await;
    }
    let mut failures = Failures::among(stores.len(), output);
    let list = async |store| Ok(K::at(&session, store)?.list().await?);
    let mut lists = pin!(fan_out::each(&stores, list));
    while let Some((store, found)) = lists.next().await {
        match found {
            Ok(found) => printer.store::<K>(store, &found)?,
            Err(failure) => failures.add(store, failure),
        }
    }
    failures.finish()
}

/// Lists one store, and prints each page when it arrives.
async fn list<K: Kept>(session: &Session, store: &AnyStore, printer: Printer) -> Result<(), Failure> {
    let kept = K::at(session, store)?;
    let (mut widths, mut is_first) = (Widths::default(), true);
    let print = |page: &[K::Item]| {
        let page: Vec<Found> = page.iter().map(K::found).collect();
        widths.fit(&page);
        if std::mem::take(&mut is_first) && !page.is_empty() && printer.has_titles() {
            widths.fit_titles();
            printer.output.line(&color::titles(&Found::titles::<K>(&widths)))?;
        }
        printer.items(store, &page, widths, "")
    };
    let output = printer.output;
    let count = listing::print(|| kept.pages(), |item| K::found(item).name, print, output).await?;
    if count == 0 {
        output.note(&format!("{store} has no {}s", K::ONE));
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Printer {
    format: Option<TableFormat>,
    output: Output,
}

impl Printer {
    /// Prints the header of a table.
    fn begin<K: Kept>(self) -> Result<(), Failure> {
        match self.format {
            Some(format) => self.output.line(&table::row(format, Found::columns::<K>())),
            None => Ok(()),
        }
    }

    /// Returns whether the columns of text have titles.
    fn has_titles(self) -> bool {
        self.format.is_none() && !self.output.json && io::stdout().is_terminal()
    }

    /// Prints the items of one of several stores.
    fn store<K: Kept>(self, store: &AnyStore, found: &[Found]) -> Result<(), Failure> {
        if found.is_empty() {
            self.output.note(&format!("{store} has no {}s", K::ONE));
        } else if !self.output.json && self.format.is_none() {
            self.output.line(&format!("{store}:"))?;
        }
        self.items(store, found, Widths::of(found), "  ")
    }

    fn items(self, store: &AnyStore, found: &[Found], widths: Widths, indent: &str) -> Result<(), Failure> {
        found.iter().try_for_each(|found| match self.format {
            Some(format) => {
                self.output.line(&table::row(format, found.cells(store).iter().map(String::as_str)))
            }
            None => self.output.answer(&found.describe(store), format!("{indent}{}", found.line(&widths))),
        })
    }
}

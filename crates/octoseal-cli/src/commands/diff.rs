//! `octoseal diff`: lists the names that one of two stores lacks.

use crate::arguments::{Diff, Global, MoreStores};
use crate::journal::Journal;
use crate::output::{ExitCode, Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use octoseal::AnyStore;
use serde_json::json;
use std::collections::BTreeSet;

pub(crate) async fn run(
    global: &Global,
    diff: Diff,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let stores = Targets::words(&diff.words, &MoreStores::default(), global, Purpose::Write)?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let stores = stores.find(&session, output).await?;
    let [left, right] = &stores[..] else {
        let message = match stores.len() {
            1 => "both words mean the same store".to_owned(),
            count => format!("diff compares two stores, and these words mean {count}"),
        };
        return Err(Failure::usage(message).argument("STORE"));
    };
    let (in_left, in_right) = tokio::try_join!(names(&session, left), names(&session, right))?;
    let missing = |names: &BTreeSet<String>, others: &BTreeSet<String>, store: &AnyStore| {
        names.difference(others).try_for_each(|name| {
            let data = json!({ "name": name, "missing_in": store.to_string() });
            output.answer(&data, format!("{name} is missing in {store}"))
        })
    };
    missing(&in_left, &in_right, right)?;
    missing(&in_right, &in_left, left)?;
    if in_left != in_right {
        let differ = Failure::new(ExitCode::Differs, format!("{left} and {right} have different names"));
        return if diff.exit_code { Err(differ) } else { Ok(()) };
    }
    output.note("both stores have the same names");
    Ok(())
}

async fn names(session: &Session, store: &AnyStore) -> Result<BTreeSet<String>, Failure> {
    let secrets = session.secrets(store).list().await?;
    Ok(secrets.into_iter().map(|secret| secret.name).collect())
}

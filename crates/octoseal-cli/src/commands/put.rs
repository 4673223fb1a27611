//! `octoseal put`: creates a secret or a variable, or replaces its value, and never widens access by accident.

mod access;
mod many;
mod plan;
pub(super) mod token_name;

use crate::arguments::{Global, Put};
use crate::journal::Journal;
use crate::kept::{self, Kept};
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use crate::value;
pub(super) use access::Wanted;
pub(crate) use access::{nothing_to_keep, with_options};
use octoseal::{AnyStore, Written};
use serde_json::{Value, json};

pub(crate) async fn run<K: Kept>(
    global: &Global,
    put: Put<K::Source>,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let (name, stores) = Targets::<K::Name>::one_name(&put.words, global, Purpose::Write)?;
    kept::check::<K>(&stores)?;
    Wanted::choose(&stores.named(), &put.access)?;
    token_name::check(&name.to_string(), put.consent.yes, journal).await?;
    K::check_source(&put.source, put.consent.yes)?;
    if K::is_prompted(&put.source) {
        value::hide_early_input();
    }
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let selection = kept::select::<K>(stores, &session, output).await?;
    let wanted = Wanted::choose(&selection.stores, &put.access)?;
    let looks_first = put.only_existing || put.create_environments || put.consent.dry_run;
    match &selection.stores[..] {
        [store] if !looks_first => one::<K>(&session, store, &name, &wanted, &put, output, journal).await,
        _ => many::run::<K>(&session, selection, &name, &wanted, (&put, global), output, journal).await,
    }
}

async fn one<K: Kept>(
    session: &Session,
    store: &AnyStore,
    name: &K::Name,
    wanted: &Wanted,
    Put { source, .. }: &Put<K::Source>,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let kept = K::at(session, store)?;
    let explain = |failure| about::<K>(name, store, failure);
    // A person is asked only for a value that can be used, so everything else is checked first.
    let early = match K::is_prompted(source) {
        true => {
            let access = wanted.resolve(session.github()).await?;
            kept.check_put(name, &access).await.map_err(explain)?;
            Some(access)
        }
        false => None,
    };
    let value = K::read(source, output, journal).await?;
    let access = match early {
        Some(access) => access,
        None => wanted.resolve(session.github()).await?,
    };
    let written = journal.write(what::<K>(name, store), kept.put(name, &value, access.clone())).await;
    let written = match written {
        Ok(written) => written,
        Err(failure) => return Err(explain(kept.explain(name, &access, failure).await)),
    };
    let (data, text) = outcome::<K>(written, name, store);
    output.answer(&data, text)
}

pub(super) fn what<K: Kept>(name: &K::Name, store: &AnyStore) -> String {
    format!("put {} into {store}", K::label(name))
}

/// Names the put in the failure of a request that it needed, such as the one for the public key.
fn about<K: Kept>(name: &K::Name, store: &AnyStore, mut failure: Failure) -> Failure {
    let request = format!("cannot get the public key of {store}");
    if let Some(rest) = failure.message.strip_prefix(&request) {
        failure.message = format!("cannot {}{rest}", what::<K>(name, store));
    }
    failure.context.name.get_or_insert_with(|| name.to_string());
    with_options(failure, store)
}

/// Returns the result as JSON and as text.
pub(super) fn outcome<K: Kept>(written: Written, name: &K::Name, store: &AnyStore) -> (Value, String) {
    let outcome = match written {
        Written::Created => "created",
        Written::Updated => "updated",
    };
    let data = json!({ "store": store.to_string(), "name": name.to_string(), "outcome": outcome });
    (data, format!("{outcome} {} in {store}", K::label(name)))
}

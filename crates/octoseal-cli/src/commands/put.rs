//! `octoseal put`: creates a secret or replaces its value, and never widens access by accident.

mod access;
mod many;
mod plan;
mod token_name;

use crate::arguments::{Global, Put};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use crate::value;
pub(super) use access::{Wanted, with_options};
use octoseal::{AnyAccess, AnySecrets, AnyStore, Error, SecretName, Written};
use serde_json::{Value, json};

pub(crate) async fn run(global: &Global, put: Put, output: Output, journal: &Journal) -> Result<(), Failure> {
    let (name, stores) = Targets::one_name(&put.secrets, global, Purpose::Write)?;
    Wanted::choose(&stores.named(), &put.access)?;
    token_name::check(&name, put.consent.yes, journal).await?;
    value::hide_early_input(&put.source);
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let selection = stores.select(&session, output).await?;
    let wanted = Wanted::choose(&selection.stores, &put.access)?;
    let looks_first = put.only_existing || put.create_environments || put.consent.dry_run;
    match &selection.stores[..] {
        [store] if !looks_first => one(&session, store, &name, &wanted, &put, output, journal).await,
        _ => many::run(&session, selection, &name, &wanted, (&put, global), output, journal).await,
    }
}

async fn one(
    session: &Session,
    store: &AnyStore,
    name: &SecretName,
    wanted: &Wanted,
    Put { source, .. }: &Put,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let secrets = session.secrets(store);
    // A person is asked only for a value that can be used: everything else is checked first.
    let early = match value::is_prompted(source) {
        true => Some(check(session, &secrets, name, wanted).await?),
        false => None,
    };
    let value = value::read(source, output, journal).await?;
    let access = match early {
        Some(access) => access,
        None => wanted.resolve(session.github()).await?,
    };
    let written = journal.write(what(name, store), secrets.put(name, &value, access)).await;
    let written = written.map_err(|failure| with_options(failure, store))?;
    let (data, text) = outcome(written, name, store);
    output.answer(&data, text)
}

pub(super) fn what(name: &SecretName, store: &AnyStore) -> String {
    format!("put {name} into {store}")
}

/// The result for programs and for people.
pub(super) fn outcome(written: Written, name: &SecretName, store: &AnyStore) -> (Value, String) {
    let outcome = match written {
        Written::Created => "created",
        Written::Updated => "updated",
    };
    let data = json!({ "store": store.to_string(), "name": name.as_str(), "outcome": outcome });
    (data, format!("{outcome} {name} in {store}"))
}

/// Checks what can be checked without the value: the token and the store's key, the repositories, and whether there is an
/// access to keep.
async fn check(
    session: &Session,
    secrets: &AnySecrets,
    name: &SecretName,
    wanted: &Wanted,
) -> Result<AnyAccess, Failure> {
    secrets.prepare().await?;
    let access = wanted.resolve(session.github()).await?;
    if access == AnyAccess::Keep && secrets.store().selects_repositories() {
        secrets.get(name).await.map_err(|error| match error {
            Error::Refused(refusal) if refusal.problem().is_not_found() => {
                let (store, name) = (Box::new(secrets.store().clone()), name.clone());
                with_options(Error::NothingToKeep { store, name, refusal }.into(), secrets.store())
            }
            error => error.into(),
        })?;
    }
    Ok(access)
}

//! `octoseal put`: creates a secret or replaces its value, and never widens access by accident.

mod access;
mod token_name;

use crate::arguments::{Global, Put, Secret};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::value;
use access::Wanted;
use octoseal::{AnyAccess, AnySecrets, Error, SecretName, Written};
use serde_json::json;

pub(crate) async fn run(
    global: &Global,
    Put { secret, access, source, yes }: Put,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let Secret { name, store } = secret.secret()?;
    let wanted = Wanted::choose(&store, access)?;
    token_name::check(&name, yes)?;
    let session = Session::open(global, Some(&store), output, journal).await?;
    let secrets = session.secrets(&store);
    // A person is asked only for a value that can be used: everything else is checked first.
    let early = if value::is_prompted(&source) {
        Some(check(&session, &secrets, &name, &wanted).await?)
    } else {
        None
    };
    let value = value::read(&source, output, journal).await?;
    let access = match early {
        Some(access) => access,
        None => wanted.resolve(session.github()).await?,
    };
    let what = format!("put {name} into {store}");
    let written = journal.write(what, secrets.put(&name, &value, access)).await;
    let outcome = match written.map_err(|failure| access::with_options(failure, &store))? {
        Written::Created => "created",
        Written::Updated => "updated",
    };
    let data = json!({ "store": store.to_string(), "name": name.as_str(), "outcome": outcome });
    output.answer(&data, format!("{outcome} {name} in {store}"))
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
                access::with_options(Error::NothingToKeep { store, name, refusal }.into(), secrets.store())
            }
            error => error.into(),
        })?;
    }
    Ok(access)
}

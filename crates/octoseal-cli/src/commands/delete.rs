//! `octoseal delete`: deletes secrets.

use crate::arguments::{Delete, Global};
use crate::consent::{self, Change};
use crate::fan_out::Failures;
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use serde_json::json;

pub(crate) async fn run(
    global: &Global,
    Delete { secrets, consent, max_deletes }: Delete,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let Targets { names, stores } = Targets::names(&secrets, global, Purpose::Write)?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let stores = stores.find(&session, output).await?;
    let deletes: Vec<_> =
        stores.iter().flat_map(|store| names.iter().map(move |name| (store, name))).collect();
    let outcome = |outcome, store: &octoseal::AnyStore, name: &octoseal::SecretName| json!({ "store": store.to_string(), "name": name.as_str(), "outcome": outcome });
    if consent.dry_run {
        return deletes.iter().try_for_each(|(store, name)| {
            output.answer(&outcome("would_delete", store, name), format!("would delete {name} from {store}"))
        });
    }
    let what = match deletes[..] {
        [(store, name)] => format!("delete {name} from {store}"),
        _ => format!("delete {} secrets", deletes.len()),
    };
    let (limit, is_small) = (("--max-deletes", max_deletes), deletes.len() == 1 && max_deletes > 0);
    consent::obtain(
        &Change { what: &what, count: deletes.len(), limit, is_small },
        &consent,
        output,
        journal,
    )
    .await?;
    let mut failures = Failures::among(deletes.len(), output);
    for (store, name) in deletes {
        let secrets = session.secrets(store);
        match journal.write(format!("delete {name} from {store}"), secrets.delete(name)).await {
            Ok(()) => {
                let text = format!("deleted {name} from {store}");
                failures.printed(output.answer(&outcome("deleted", store, name), text));
            }
            Err(failure) if failure.is_interruption() => return Err(failure),
            Err(failure) => failures.add(store, failure),
        }
    }
    failures.finish()
}

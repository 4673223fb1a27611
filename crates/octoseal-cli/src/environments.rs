//! Environments that are created before their secrets.

use crate::fan_out::Failures;
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use octoseal::{AnyStore, Environment};
use serde_json::json;
use std::collections::HashSet;

/// Reports that an environment would be created.
pub(crate) fn print_dry(store: &AnyStore, output: Output) -> Result<(), Failure> {
    print(store, "would_create_environment", "would create", output)
}

/// Creates the environments of `stores`, and returns those that failed.
pub(crate) async fn create(
    session: &Session,
    stores: &[&AnyStore],
    output: Output,
    journal: &Journal,
    failures: &mut Failures,
) -> Result<HashSet<AnyStore>, Failure> {
    let what = |environment| format!("create the {}", described(environment));
    journal.plan(stores.iter().filter_map(|store| store.environment()).map(what));
    let mut failed = HashSet::new();
    for store in stores {
        let Some(environment) = store.environment() else { continue };
        match journal.write(what(environment), session.github().create_environment(environment)).await {
            Ok(_) => failures.printed(print(store, "created_environment", "created", output)),
            Err(failure) if failure.is_interruption() => return Err(failure),
            Err(failure) => {
                failures.add(store, failure);
                failed.insert((*store).clone());
            }
        }
    }
    Ok(failed)
}

fn print(store: &AnyStore, outcome: &str, verb: &str, output: Output) -> Result<(), Failure> {
    let Some(environment) = store.environment() else { return Ok(()) };
    let data = json!({ "store": store.to_string(), "name": null, "outcome": outcome });
    output.answer(&data, format!("{verb} the {}", described(environment)))
}

fn described(environment: &Environment) -> String {
    format!("environment {} of {}", environment.name(), environment.repository())
}

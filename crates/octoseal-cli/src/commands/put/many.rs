//! One value into many stores: first everything is checked, then a person agrees, then the value is read and written.

use super::access::{self, Wanted};
use super::{outcome, what};
use crate::arguments::Put;
use crate::consent::{self, Change};
use crate::fan_out::{self, Failures};
use crate::journal::{Expected, Journal};
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::value;
use futures_util::stream::StreamExt as _;
use octoseal::{AnyAccess, AnyStore, SecretName};
use serde_json::json;
use std::collections::HashMap;
use std::pin::pin;

pub(super) async fn run(
    session: &Session,
    stores: &[AnyStore],
    name: &SecretName,
    wanted: &Wanted,
    put: &Put,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let access = wanted.resolve(session.github()).await?;
    let mut failures = Failures::among(stores.len(), output);
    let plan = Plan::make(session, stores, name, &access, put, &mut failures).await;
    if put.consent.dry_run {
        plan.print(name, output)?;
        return failures.finish();
    }
    plan.skip.iter().for_each(|store| output.note(&format!("skipping {store}, which has no {name}")));
    let writes = plan.create.len() + plan.update.len();
    if writes == 0 {
        return failures.finish();
    }
    let summary = plan.summary(name);
    let limit = ("--max-stores", put.max_stores);
    consent::obtain(
        &Change { what: &summary, count: writes, limit, is_small: writes == 1 },
        &put.consent,
        output,
        journal,
    )
    .await?;
    let value = value::read(&put.source, output, journal).await?;
    let targets: Vec<AnyStore> = plan.update.into_iter().chain(plan.create).cloned().collect();
    let mut expected: HashMap<AnyStore, Expected> =
        targets.iter().map(|store| (store.clone(), journal.expect(what(name, store)))).collect();
    let mut results = session.github().put_everywhere_each(targets, name, &value, access);
    drop(value); // the client has a copy of its own, and wipes it
    while let Some((store, result)) = journal.next(&mut results).await {
        if let Some(expected) = expected.remove(&store) {
            expected.end(&result);
        }
        match result {
            Ok(written) => {
                let (data, text) = outcome(written, name, &store);
                failures.printed(output.answer(&data, text));
            }
            Err(error) => failures.add(&store, access::with_options(error.into(), &store)),
        }
    }
    failures.finish()
}

/// What will be done.
#[derive(Default)]
struct Plan<'a> {
    create: Vec<&'a AnyStore>,
    update: Vec<&'a AnyStore>,
    skip: Vec<&'a AnyStore>,
}

impl<'a> Plan<'a> {
    /// Looks in each store whether the secret exists, and fetches its key: that shows that the token has access.
    async fn make(
        session: &'a Session,
        stores: &'a [AnyStore],
        name: &'a SecretName,
        access: &AnyAccess,
        put: &Put,
        failures: &mut Failures,
    ) -> Self {
        let exists = async |store| {
            let secrets = session.secrets(store);
            secrets.prepare().await?;
            Ok(secrets.find(name).await?.is_some())
        };
        let mut plan = Self::default();
        let mut found = pin!(fan_out::each(stores, exists));
        while let Some((store, exists)) = found.next().await {
            match exists {
                Ok(true) => plan.update.push(store),
                Ok(false) if put.only_existing => plan.skip.push(store),
                Ok(false) if *access == AnyAccess::Keep && store.selects_repositories() => {
                    let message = format!("{store} has no {name} whose access could be kept");
                    let mut failure = Failure::usage(message);
                    failure.context.kind = Some("nothing_to_keep");
                    failures.add(store, access::with_options(failure, store));
                }
                Ok(false) => plan.create.push(store),
                Err(failure) => failures.add(store, failure),
            }
        }
        plan
    }

    fn print(&self, name: &SecretName, output: Output) -> Result<(), Failure> {
        for (verb, stores) in [("create", &self.create), ("update", &self.update), ("skip", &self.skip)] {
            for store in stores {
                let data = json!({
                    "store": store.to_string(), "name": name.as_str(), "outcome": format!("would_{verb}"),
                });
                output.answer(&data, format!("would {verb} {name} in {store}"))?;
            }
        }
        Ok(())
    }

    fn summary(&self, name: &SecretName) -> String {
        let parts = [("create", self.create.len()), ("update", self.update.len())];
        let parts = parts.iter().filter(|(_, count)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(verb, count)| {
                format!("{verb} {name} in {count} {}", if *count == 1 { "store" } else { "stores" })
            })
            .collect();
        parts.join(" and ")
    }
}

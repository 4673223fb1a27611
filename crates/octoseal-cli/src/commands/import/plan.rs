//! What an import will do: which names exist already, and which stores can be written.

use crate::commands::put::with_options;
use crate::fan_out::{self, Failures};
use crate::output::{Failure, Output};
use crate::session::Session;
use futures_util::stream::StreamExt as _;
use octoseal::{AnyAccess, AnyStore, PreparedValue, SecretName};
use serde_json::json;
use std::collections::HashSet;
use std::pin::pin;

/// The stores that will be written.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) stores: Vec<Store>,
}

/// A store, with the names that exist in it.
pub(super) struct Store {
    pub(super) store: AnyStore,
    updates: Vec<SecretName>,
    creates: Vec<SecretName>,
}

/// What goes into a store.
#[derive(Clone, Default)]
pub(super) struct Job<'a> {
    pub(super) names: Vec<SecretName>,
    /// A value for each key to which values were sealed elsewhere.
    pub(super) sealed: Vec<&'a PreparedValue>,
}

impl Plan {
    /// Lists each store and fetches its key: that shows that the token has access, and that values that were sealed
    /// elsewhere can still be opened. A store that fails is left out.
    pub(super) async fn make<'a>(
        session: &'a Session,
        stores: &'a [AnyStore],
        job: impl Fn(&'a AnyStore) -> Job<'a> + 'a,
        access: &AnyAccess,
        failures: &mut Failures,
    ) -> Self {
        let look = move |store: &'a AnyStore| {
            let Job { names, sealed } = job(store);
            async move {
                let secrets = session.secrets(store);
                secrets.prepare().await?;
                for value in sealed {
                    session.github().check_prepared(value).await?;
                }
                let listed = secrets.list().await?;
                let listed = listed.into_iter().map(|secret| secret.name).collect::<HashSet<String>>();
                Ok((listed, names))
            }
        };
        let mut plan = Self::default();
        let mut found = pin!(fan_out::each(stores, look));
        while let Some((store, listed)) = found.next().await {
            match listed.and_then(|(listed, names)| Store::check(store, &listed, names, access)) {
                Ok(store) => plan.stores.push(store),
                Err(failure) => failures.add(store, failure),
            }
        }
        plan
    }

    pub(super) fn print(&self, output: Output) -> Result<(), Failure> {
        for Store { store, updates, creates } in &self.stores {
            for (verb, names) in [("create", creates), ("update", updates)] {
                for name in names {
                    let data = json!({
                        "store": store.to_string(), "name": name.as_str(), "outcome": format!("would_{verb}"),
                    });
                    output.answer(&data, format!("would {verb} {name} in {store}"))?;
                }
            }
        }
        Ok(())
    }

    /// `what` is counted, such as `3 secrets`.
    pub(super) fn summary(&self, what: &str) -> String {
        let count = |of: fn(&Store) -> usize| self.stores.iter().map(of).sum::<usize>();
        let (creates, updates) = (count(|store| store.creates.len()), count(|store| store.updates.len()));
        let stores = match &self.stores[..] {
            [one] => one.store.to_string(),
            several => format!("{} stores", several.len()),
        };
        format!("write {what} to {stores} ({creates} created, {updates} updated)")
    }
}

impl Store {
    fn check(
        store: &AnyStore,
        listed: &HashSet<String>,
        names: Vec<SecretName>,
        access: &AnyAccess,
    ) -> Result<Self, Failure> {
        let (updates, creates): (Vec<SecretName>, Vec<SecretName>) =
            names.into_iter().partition(|name| listed.contains(name.as_str()));
        if let (AnyAccess::Keep, true, Some(name)) = (access, store.selects_repositories(), creates.first()) {
            let mut failure = Failure::usage(format!("{store} has no {name} whose access could be kept"));
            failure.context.kind = Some("nothing_to_keep");
            return Err(with_options(failure, store));
        }
        Ok(Self { store: store.clone(), updates, creates })
    }
}

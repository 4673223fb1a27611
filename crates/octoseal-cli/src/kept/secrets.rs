//! Secrets, as items of stores.

use super::{AccessChange, Found, Kept};
use crate::arguments::ValueSource;
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::value;
use octoseal::{
    AnyAccess, AnySecrets, AnyStore, Error, GitHub, ModelError, Pages, RepositoryRef, Results, Secret,
    SecretName, SecretValue, Written,
};

impl Kept for AnySecrets {
    const ONE: &'static str = "secret";
    const HAS_VALUES: bool = false;
    const READS_TO_KEEP: usize = 1;
    type Item = Secret;
    type Name = SecretName;
    type Store = AnyStore;
    type Source = ValueSource;
    type Value = SecretValue;

    fn at(session: &Session, store: &AnyStore) -> Result<Self, ModelError> {
        Ok(session.secrets(store))
    }

    fn check(_: &AnyStore) -> Result<(), ModelError> {
        Ok(())
    }

    fn most(store: &AnyStore) -> Option<usize> {
        store.max_secrets()
    }

    fn store(&self) -> &AnyStore {
        self.store()
    }

    fn label(name: &SecretName) -> String {
        name.to_string()
    }

    fn found(secret: &Secret) -> Found {
        secret.into()
    }

    fn pages(&self) -> Pages<Secret> {
        self.pages()
    }

    async fn list(&self) -> Result<Vec<Found>, Error> {
        Ok(self.list().await?.iter().map(Found::from).collect())
    }

    async fn get(&self, name: &SecretName) -> Result<Found, Error> {
        self.get(name).await.map(|secret| Found::from(&secret))
    }

    async fn delete(&self, name: &SecretName) -> Result<(), Error> {
        self.delete(name).await
    }

    async fn selected_repositories(&self, name: &SecretName) -> Result<Vec<RepositoryRef>, Error> {
        self.selected_repositories(name).await
    }

    async fn change_access(&self, name: &SecretName, change: AccessChange) -> Result<(), Error> {
        match change {
            AccessChange::Set(ids) => self.set_selected_repositories(name, ids).await,
            AccessChange::Add(id) => self.add_selected_repository(name, id).await,
            AccessChange::Remove(id) => self.remove_selected_repository(name, id).await,
        }
    }

    /// Fetches the store's key, which a put needs.
    async fn prepare(&self) -> Result<(), Error> {
        self.prepare().await
    }

    async fn check_put(&self, name: &SecretName, access: &AnyAccess) -> Result<(), Failure> {
        self.prepare().await?;
        if *access != AnyAccess::Keep || !self.store().selects_repositories() {
            return Ok(());
        }
        match self.get(name).await {
            Ok(_) => Ok(()),
            Err(Error::Refused(refusal)) if refusal.problem().is_not_found() => {
                let (store, name) = (Box::new(self.store().clone()), name.clone());
                Err(Error::NothingToKeep { store, name, refusal }.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn check_source(_: &ValueSource, _: bool) -> Result<(), Failure> {
        Ok(())
    }

    fn is_prompted(source: &ValueSource) -> bool {
        value::is_prompted(source)
    }

    async fn read(source: &ValueSource, output: Output, journal: &Journal) -> Result<SecretValue, Failure> {
        value::read(source, output, journal).await
    }

    async fn put(&self, name: &SecretName, value: &SecretValue, access: AnyAccess) -> Result<Written, Error> {
        self.put(name, value, access).await
    }

    async fn explain(&self, _: &SecretName, _: &AnyAccess, failure: Failure) -> Failure {
        failure
    }

    fn stores(stores: Vec<AnyStore>) -> Result<Vec<AnyStore>, ModelError> {
        Ok(stores)
    }

    fn place(store: &AnyStore) -> &AnyStore {
        store
    }

    fn put_everywhere(
        github: &GitHub,
        stores: Vec<AnyStore>,
        name: &SecretName,
        value: &SecretValue,
        access: AnyAccess,
    ) -> Results<AnyStore> {
        github.put_everywhere_each(stores, name, value, access)
    }
}

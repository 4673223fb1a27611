//! Variables, as items of stores.

use super::{AccessChange, Found, Kept};
use crate::arguments::VariableSource;
use crate::commands::put::nothing_to_keep;
use crate::journal::Journal;
use crate::output::{ExitCode, Failure, Output};
use crate::session::Session;
use crate::value;
use octoseal::{
    AnyAccess, AnyStore, AnyVariableStore, AnyVariables, Error, GitHub, ModelError, Pages, RepositoryRef,
    Results, SecretValue, Variable, VariableName, Written, looks_like_a_credential,
};

impl Kept for AnyVariables {
    const ONE: &'static str = "variable";
    const HAS_VALUES: bool = true;
    const READS_TO_KEEP: usize = 0;
    type Item = Variable;
    type Name = VariableName;
    type Store = AnyVariableStore;
    type Source = VariableSource;
    type Value = String;

    fn at(session: &Session, store: &AnyStore) -> Result<Self, ModelError> {
        Ok(session.github().any_variables(store.clone().try_into()?))
    }

    fn check(store: &AnyStore) -> Result<(), ModelError> {
        AnyVariableStore::try_from(store.clone()).map(|_| ())
    }

    fn most(store: &AnyStore) -> Option<usize> {
        store.max_variables()
    }

    fn store(&self) -> &AnyStore {
        self.store().secrets()
    }

    fn label(name: &VariableName) -> String {
        format!("variable {name}")
    }

    fn found(variable: &Variable) -> Found {
        variable.into()
    }

    fn pages(&self) -> Pages<Variable> {
        self.pages()
    }

    async fn list(&self) -> Result<Vec<Found>, Error> {
        Ok(self.list().await?.iter().map(Found::from).collect())
    }

    async fn get(&self, name: &VariableName) -> Result<Found, Error> {
        self.get(name).await.map(|variable| Found::from(&variable))
    }

    async fn delete(&self, name: &VariableName) -> Result<(), Error> {
        self.delete(name).await
    }

    async fn selected_repositories(&self, name: &VariableName) -> Result<Vec<RepositoryRef>, Error> {
        self.organization()?.selected_repositories(name).await
    }

    async fn change_access(&self, name: &VariableName, change: AccessChange) -> Result<(), Error> {
        let variables = self.organization()?;
        match change {
            AccessChange::Set(ids) => variables.set_selected_repositories(name, ids).await,
            AccessChange::Add(id) => variables.add_selected_repository(name, id).await,
            AccessChange::Remove(id) => variables.remove_selected_repository(name, id).await,
        }
    }

    async fn prepare(&self) -> Result<(), Error> {
        Ok(())
    }

    async fn check_put(&self, name: &VariableName, access: &AnyAccess) -> Result<(), Failure> {
        let store = self.store().secrets();
        // A missing variable is searched in the listing, which shows that the token has access.
        let exists = match self.find(name).await? {
            Some(_) => true,
            None => self.list().await?.iter().any(|variable| variable.name == name.as_str()),
        };
        match *access == AnyAccess::Keep && store.selects_repositories() && !exists {
            true => Err(nothing_to_keep(&Self::label(name), store)),
            false => Ok(()),
        }
    }

    /// Refuses a credential that other users of this machine can see, unless `yes` accepts it.
    fn check_source(source: &VariableSource, yes: bool) -> Result<(), Failure> {
        match &source.value {
            Some(value) if !yes && looks_like_a_credential(value) => Err(Failure::usage(SEEN)
                .hint(format!("{PUT_A_SECRET}; --yes accepts the value"))
                .argument("--value")),
            Some(value) if value.is_empty() && !source.others.allow.empty => {
                Err(Failure::usage("the value is empty")
                    .hint("--allow-empty allows an empty value")
                    .argument("--value"))
            }
            _ => Ok(()),
        }
    }

    fn is_prompted(source: &VariableSource) -> bool {
        source.value.is_none() && value::is_prompted(&source.others)
    }

    async fn read(source: &VariableSource, output: Output, journal: &Journal) -> Result<String, Failure> {
        let value = match &source.value {
            Some(text) => value::check(SecretValue::from(text.as_str()), &source.others, output)?,
            None => value::read(&source.others, output, journal).await?,
        };
        let text = std::str::from_utf8(value.expose())
            .map_err(|cause| Failure::usage("the value is not text in UTF-8").because(cause))?;
        if looks_like_a_credential(text) {
            output.warn(&format!("{SEEN}; {PUT_A_SECRET}"));
        }
        Ok(text.to_owned())
    }

    async fn put(&self, name: &VariableName, value: &String, access: AnyAccess) -> Result<Written, Error> {
        self.put(name, value, access).await
    }

    /// Distinguishes a missing variable from a store without access: GitHub answers both with 404.
    async fn explain(&self, name: &VariableName, access: &AnyAccess, failure: Failure) -> Failure {
        let may_be_new = failure.code == ExitCode::NotFound
            && *access == AnyAccess::Keep
            && self.store().secrets().selects_repositories();
        let checked = if may_be_new { self.check_put(name, access).await } else { Ok(()) };
        checked.err().filter(|found| found.code == ExitCode::Usage).unwrap_or(failure)
    }

    fn stores(stores: Vec<AnyStore>) -> Result<Vec<AnyVariableStore>, ModelError> {
        stores.into_iter().map(AnyVariableStore::try_from).collect()
    }

    fn place(store: &AnyVariableStore) -> &AnyStore {
        store.secrets()
    }

    fn put_everywhere(
        github: &GitHub,
        stores: Vec<AnyVariableStore>,
        name: &VariableName,
        value: &String,
        access: AnyAccess,
    ) -> Results<AnyVariableStore> {
        github.put_variable_everywhere_each(stores, name, value, access)
    }
}

const SEEN: &str = "the value looks like a credential, and everyone who can read the variable sees it";
const PUT_A_SECRET: &str = "put it as a secret with: octoseal put NAME STORE";

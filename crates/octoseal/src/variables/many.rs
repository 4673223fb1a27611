//! Many writes of variables in one call. Each has its own result.

use super::{AnyVariables, Variables, put};
use crate::error::Error;
use crate::github::GitHub;
use crate::results::Results;
use crate::stop::Scope;
use crate::writes::{checked, results};
use octoseal_model::{AnyAccess, AnyVariableStore, VariableName, VariableOwner, Written};
use std::sync::Arc;

impl<O: VariableOwner> Variables<O> {
    /// Puts many values into this store and returns each name's result in the order of the values.
    ///
    /// The rules are those of [`put_each`](Self::put_each).
    pub async fn put_all<I>(
        &self,
        values: I,
        access: impl Into<O::Access>,
    ) -> Vec<(VariableName, Result<Written, Error>)>
    where
        I: IntoIterator<Item = (VariableName, String)>,
    {
        self.put_each(values, access).all().await
    }

    /// Puts many values into this store, one at a time, and returns each name's result as its write ends.
    ///
    /// One failure does not stop the others, unless GitHub answers 401 or a GitHub App gets no token: the
    /// unsent writes then end as [`Error::NotTried`]. All values are checked before anything is sent. A value
    /// that is too long, or an access that the owner does not accept, is that name's error, and so is a
    /// repeated name ([`Error::RepeatedName`]).
    ///
    /// After a [`list`](Self::list) each value takes one request. The writes continue between two results.
    /// [`Results`] explains the effect of dropping it.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
    /// use octoseal::{AnyAccess, VariableName};
    ///
    /// let values = [(VariableName::new("LOG_LEVEL")?, "debug".to_owned())];
    /// let variables = github.any_variables("repos/octo/hello/actions".parse()?);
    /// let mut results = variables.put_each(values, AnyAccess::Keep);
    /// while let Some((name, result)) = results.next().await {
    ///     println!("{name}: {}", if result.is_ok() { "written" } else { "failed" });
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn put_each<I>(&self, values: I, access: impl Into<O::Access>) -> Results<VariableName>
    where
        I: IntoIterator<Item = (VariableName, String)>,
    {
        let (variables, access): (_, AnyAccess) = (self.any(), access.into().into());
        let values =
            checked(values, &Error::RepeatedName, |_, value: &String| variables.check(value, &access));
        results(values, 1, move |name, value| {
            let (variables, name, access) = (variables.clone(), name.clone(), access.clone());
            (Scope::All, async move { variables.put(&name, &value, access).await })
        })
    }

    fn any(&self) -> AnyVariables {
        let (github, store) = (self.github.clone(), self.store.any());
        Variables { github, store, shared: Arc::clone(&self.shared) }
    }
}

impl AnyVariables {
    /// Checks everything that can be checked before anything is sent.
    fn check(&self, value: &str, access: &AnyAccess) -> Result<(), Error> {
        put::check_length(value)?;
        Ok(self.store.secrets().check_access(access)?)
    }
}

impl GitHub {
    /// Puts one variable into many stores and returns each store's result in the order of the stores.
    ///
    /// The rules are those of [`put_variable_everywhere_each`](Self::put_variable_everywhere_each).
    pub async fn put_variable_everywhere<I>(
        &self,
        stores: I,
        name: &VariableName,
        value: &str,
        access: impl Into<AnyAccess>,
    ) -> Vec<(AnyVariableStore, Result<Written, Error>)>
    where
        I: IntoIterator<Item = AnyVariableStore>,
    {
        self.put_variable_everywhere_each(stores, name, value, access).all().await
    }

    /// Puts one variable into many stores, several at a time, and returns each store's result as its write
    /// ends.
    ///
    /// The rules are those of [`put_everywhere_each`](Self::put_everywhere_each). [`AnyAccess::Keep`] works
    /// for all owners where the variable exists, and [`AnyAccess::KeepOr`] for organizations where it may be
    /// new.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
    /// use octoseal::{AnyAccess, Repository, VariableFamily, VariableName};
    ///
    /// let name = VariableName::new("LOG_LEVEL")?;
    /// let mut stores = Vec::new();
    /// for repository in ["api", "web"] {
    ///     stores.push(Repository::new("acme", repository)?.variables(VariableFamily::Actions).any());
    /// }
    /// for (store, result) in github.put_variable_everywhere(stores, &name, "debug", AnyAccess::Keep).await {
    ///     println!("{store}: {}", if result.is_ok() { "written" } else { "failed" });
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn put_variable_everywhere_each<I>(
        &self,
        stores: I,
        name: &VariableName,
        value: &str,
        access: impl Into<AnyAccess>,
    ) -> Results<AnyVariableStore>
    where
        I: IntoIterator<Item = AnyVariableStore>,
    {
        let access = access.into();
        let stores = stores.into_iter().map(|store| (store, ()));
        let check =
            |store: &AnyVariableStore, (): &()| self.any_variables(store.clone()).check(value, &access);
        let stores = checked(stores, &Error::RepeatedStore, check);
        let github = self.clone();
        let (name, value): (_, Arc<str>) = (name.clone(), value.into());
        results(stores, self.pacer().pacing().in_flight.max(1), move |store, ()| {
            let variables = github.any_variables(store.clone());
            let (name, value, access) = (name.clone(), Arc::clone(&value), access.clone());
            let scope = variables.github.credential_scope(store.secrets());
            (scope, async move { variables.put(&name, &value, access).await })
        })
    }
}

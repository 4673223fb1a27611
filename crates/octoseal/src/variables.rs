//! A handle to the variables of one store, whose owner is known when the program is compiled or when it runs.

mod known;
mod many;
mod older_path;
mod put;
mod shared;

pub(crate) use older_path::OlderPath;
pub(crate) use shared::SharedStores;

use crate::error::Error;
use crate::github::GitHub;
use crate::pages::Pages;
use octoseal_model::{
    AnyOwner, AnyVariableStore, Organization, PageRequest, RepositoryId, RepositoryIds, RepositoryRef,
    Variable, VariableName, VariableOwner, VariableStore,
};
use shared::Shared;
use std::sync::Arc;
use tokio::sync::MutexGuard;

/// A handle to the variables of one store. It is owned and cheap to clone.
///
/// Values are visible to everyone who can read them at GitHub, so they are text, and not a
/// [`SecretValue`](crate::SecretValue). [`looks_like_a_credential`](crate::looks_like_a_credential) finds values that should be
/// secrets.
///
/// # Examples
///
/// ```
/// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
/// use octoseal::{Organization, Repository, VariableFamily, VariableName, Visibility};
///
/// let name = VariableName::new("LOG_LEVEL")?;
/// let store = Repository::new("octo", "hello")?.variables(VariableFamily::Actions);
/// github.variables(store).put(&name, "debug", ()).await?;
///
/// let acme = github.variables(Organization::new("acme")?.variables(VariableFamily::Actions));
/// acme.put(&name, "debug", Visibility::Private).await?;
/// acme.replace_value(&name, "info").await?; // the access stays
/// for variable in acme.list().await? {
///     println!("{}={:?}", variable.name, variable.value);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Variables<O> {
    github: GitHub,
    store: VariableStore<O>,
    shared: Arc<Shared>,
}

/// The variables of one store whose owner is known only at run time.
///
/// An access that the owner does not accept is a typed error, before anything is sent.
///
/// # Examples
///
/// ```
/// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
/// use octoseal::{AnyAccess, VariableName, Visibility};
///
/// let variables = github.any_variables("orgs/acme/actions".parse()?);
/// let access = AnyAccess::KeepOr(Visibility::Private); // private if the variable is created
/// variables.put(&VariableName::new("LOG_LEVEL")?, "debug", access).await?;
/// # Ok(())
/// # }
/// ```
pub type AnyVariables = Variables<AnyOwner>;

impl GitHub {
    /// Creates a handle to one store's variables.
    pub fn variables<O: VariableOwner>(&self, store: VariableStore<O>) -> Variables<O> {
        Variables { github: self.clone(), shared: self.variable_stores().of(store.secrets()), store }
    }

    /// Creates a handle to the variables of a store that is chosen at run time.
    pub fn any_variables(&self, store: AnyVariableStore) -> AnyVariables {
        self.variables(store)
    }
}

impl<O: VariableOwner> Variables<O> {
    /// Returns the store.
    pub fn store(&self) -> &VariableStore<O> {
        &self.store
    }

    /// Gets a variable.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`]. The error of a missing variable has [`is_not_found`](Error::is_not_found).
    pub async fn get(&self, name: &VariableName) -> Result<Variable, Error> {
        self.github.send(self.store.get(name)).await
    }

    /// Gets a variable if it exists. GitHub answers 404 also to tokens without access to the store.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`].
    pub async fn find(&self, name: &VariableName) -> Result<Option<Variable>, Error> {
        match self.get(name).await {
            Ok(variable) => Ok(Some(variable)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Lists all variables of the store.
    ///
    /// After it, each [`put`](Self::put) of this client begins with the suitable request, a create or an update.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn list(&self) -> Result<Vec<Variable>, Error> {
        let variables = self.pages().all_different(|variable| variable.name.clone()).await?;
        self.shared.known.listed(&variables);
        Ok(variables)
    }

    /// Lists the variables of the store in pages of 30.
    ///
    /// Pages with many long values need a [`Config::max_body`](crate::Config::max_body) above the default of 1 MiB.
    pub fn pages(&self) -> Pages<Variable> {
        self.github.pages(self.store.list(PageRequest::default()))
    }

    /// Deletes a variable.
    ///
    /// If an earlier attempt may have deleted it and the next is answered 404, the store is listed. A variable that is not
    /// in the complete listing counts as deleted.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`].
    pub async fn delete(&self, name: &VariableName) -> Result<(), Error> {
        let _turn = self.turn().await;
        match self.github.send(self.store.delete(name)).await {
            // A 404 can also mean that the token has no access to the store; then the listing fails, too.
            Err(error) if error.is_not_found() && error.is_unknown_outcome() => match self.list().await {
                Ok(listed) if listed.iter().all(|variable| variable.name != name.as_str()) => Ok(()),
                _ => Err(error),
            },
            result => {
                self.shared.known.is_gone(name);
                result
            }
        }
    }

    /// Waits until no other write of this client to the store is in flight. GitHub fails on concurrent writes
    /// of variables.
    async fn turn(&self) -> MutexGuard<'_, ()> {
        self.shared.turn.lock().await
    }
}

impl AnyVariables {
    /// Returns the handle as an organization's, whose variables have selected repositories.
    ///
    /// # Errors
    ///
    /// [`AccessUnavailable`](octoseal_model::Error::AccessUnavailable) for a repository or an environment.
    pub fn organization(&self) -> Result<Variables<Organization>, Error> {
        let store = self.store.organization()?;
        Ok(Variables { github: self.github.clone(), store, shared: Arc::clone(&self.shared) })
    }
}

impl Variables<Organization> {
    /// Replaces the value of a variable and keeps its access.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`]. The error of a missing variable has [`is_not_found`](Error::is_not_found).
    pub async fn replace_value(&self, name: &VariableName, value: &str) -> Result<(), Error> {
        put::check_length(value)?;
        let _turn = self.turn().await;
        self.github.send(self.store.update(name, value)).await
    }

    /// Lists all repositories with access to a variable.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn selected_repositories(&self, name: &VariableName) -> Result<Vec<RepositoryRef>, Error> {
        let first = self.store.selected_repositories(name, PageRequest::new(50)?);
        self.github.pages(first).all_different(|repository| repository.id).await
    }

    /// Gives exactly these repositories access to a variable, without a change of its value.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`]. It is a 409 if the visibility of the variable is not `selected`.
    pub async fn set_selected_repositories(
        &self,
        name: &VariableName,
        ids: impl Into<RepositoryIds>,
    ) -> Result<(), Error> {
        let _turn = self.turn().await;
        self.github.send(self.store.set_selected_repositories(name, ids)).await
    }

    /// Gives one more repository access to a variable.
    ///
    /// # Errors
    ///
    /// As [`set_selected_repositories`](Self::set_selected_repositories).
    pub async fn add_selected_repository(&self, name: &VariableName, id: RepositoryId) -> Result<(), Error> {
        let _turn = self.turn().await;
        self.github.send(self.store.add_selected_repository(name, id)).await
    }

    /// Removes the access of one repository to a variable.
    ///
    /// # Errors
    ///
    /// As [`set_selected_repositories`](Self::set_selected_repositories).
    pub async fn remove_selected_repository(
        &self,
        name: &VariableName,
        id: RepositoryId,
    ) -> Result<(), Error> {
        let _turn = self.turn().await;
        self.github.send(self.store.remove_selected_repository(name, id)).await
    }
}

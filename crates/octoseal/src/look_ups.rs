//! Look-ups that need more than one request of the model.

use crate::error::Error;
use crate::github::GitHub;
use crate::pages::Pages;
use octoseal_model::support::{App, EnvironmentRef, app};
use octoseal_model::{Environment, Page, Request};

impl GitHub {
    /// Reads any listing of the model in pages.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
    /// use octoseal::{Organization, PageRequest};
    ///
    /// let request = Organization::new("acme")?.repositories(PageRequest::new(50)?);
    /// let mut repositories = github.pages(request).each();
    /// while let Some(repository) = repositories.next().await? {
    ///     println!("{}", repository.full_name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<T>(&self, first: Request<Page<T>>) -> Pages<T> {
        Pages::new(self.clone(), first)
    }

    /// Gets the App of the credential. Success proves that the App's id, its private key and the clock are
    /// right. No installation is needed.
    ///
    /// # Errors
    ///
    /// The same as for [`send`](Self::send). [`Error::Transport`] if the credential is not that of a GitHub
    /// App.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
    /// let app = github.app().await?;
    /// println!("{} ({})", app.name, app.id);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn app(&self) -> Result<App, Error> {
        self.send(app()).await
    }

    /// Creates an environment without protection rules if it does not exist. An existing environment stays
    /// unchanged.
    ///
    /// # Errors
    ///
    /// The same as for [`send`](Self::send).
    pub async fn create_environment(&self, environment: &Environment) -> Result<EnvironmentRef, Error> {
        match self.send(environment.look_up()).await {
            Err(error) if error.is_not_found() => self.send(environment.create()).await,
            result => result,
        }
    }
}

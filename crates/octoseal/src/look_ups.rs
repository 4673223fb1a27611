//! Look-ups that the work with secrets and variables needs, which are no single request of the model.

use crate::error::Error;
use crate::github::GitHub;
use crate::pages::Pages;
use octoseal_model::support::{App, EnvironmentRef, app};
use octoseal_model::{Environment, Page, Request};

impl GitHub {
    /// Reads any listing of the model, a page at a time.
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

    /// Asks GitHub which App the credential belongs to. This proves the App's id, its private key and the clock; no
    /// installation is needed.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); [`Error::Transport`] if the credential is not one of a GitHub App.
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

    /// Creates an environment without protection rules, if it does not exist yet; otherwise it stays as it is.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn create_environment(&self, environment: &Environment) -> Result<EnvironmentRef, Error> {
        match self.send(environment.look_up()).await {
            Err(error) if error.is_not_found() => self.send(environment.create()).await,
            result => result,
        }
    }
}

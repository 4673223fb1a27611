//! Variables of environments on older Enterprise Servers, whose paths have the id of the repository only.

use crate::github::GitHub;
use bytes::Bytes;
use http::Response;
use octoseal_model::{AnyStore, Error, Repository, Request};
use octoseal_transport::Error as TransportError;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the server is known to be an older one.
#[derive(Debug, Default)]
pub(crate) struct OlderPath(AtomicBool);

impl GitHub {
    /// Sends a request, to the older path if the server supports no other.
    pub(crate) async fn exchange<R>(&self, request: &Request<R>) -> Result<Response<Bytes>, TransportError> {
        match repository(request).filter(|_| !self.is_github()) {
            Some(repository) => self.exchange_with_server(request, repository).await,
            None => self.exchange_once(request).await,
        }
    }

    async fn exchange_with_server<R>(
        &self,
        request: &Request<R>,
        repository: &Repository,
    ) -> Result<Response<Bytes>, TransportError> {
        let is_older = &self.older_path().0;
        if !is_older.load(Ordering::Relaxed) {
            let response = self.exchange_once(request).await?;
            if !is_unknown_path(request, &response) {
                return Ok(response);
            }
        }
        let found = Box::pin(self.send(repository.look_up())).await.ok();
        let Some(older) = found.and_then(|found| request.by_repository_id(found.id)) else {
            return self.exchange_once(request).await;
        };
        let response = self.exchange_once(&older).await?;
        is_older.fetch_or(!is_unknown_path(request, &response), Ordering::Relaxed);
        Ok(response)
    }
}

/// Returns the repository of the environment that the variables belong to.
fn repository<R>(request: &Request<R>) -> Option<&Repository> {
    match request.operation().store()? {
        AnyStore::Environment(store) if request.operation().is_about_variables() && !request.is_link() => {
            Some(store.owner().repository())
        }
        _ => None,
    }
}

/// Returns whether the server lacks the operation. Its 404 then names no page of an operation in the
/// documentation.
fn is_unknown_path<R>(request: &Request<R>, response: &Response<Bytes>) -> bool {
    match request.read(response) {
        Err(Error::Refused(problem)) if problem.is_not_found() => {
            problem.documentation_url().is_some_and(|page| !page.contains('#'))
        }
        _ => false,
    }
}

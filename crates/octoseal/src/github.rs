//! The client: it sends the model's requests to one GitHub and reads the answers.

use crate::error::Error;
use crate::explain::{Circumstances, explain};
use crate::keys::KeyCache;
use crate::refusal::Refusal;
use crate::span::Span;
use crate::stop::Scope;
use crate::variables::{OlderPath, SharedStores};
use bytes::Bytes;
use http::Response;
use http::header::{HeaderValue, USER_AGENT};
use octoseal_model::{AnyStore, ApiVersion, Request, Resource};
use octoseal_transport::{
    Account, ApiUrl, AsApp, Error as TransportError, Idempotent, Pacer, PathTemplate, RateLimit, Redirected,
    Retried, TokenKind, Transport, redact,
};
use std::fmt;
use std::sync::Arc;

/// A client for one GitHub and one credential. Clones share connections, pacer and public keys.
///
/// It is `Send`, `Sync` and `'static`, and its futures are `Send`. Dropping a future at any point releases
/// its permit, blocks no other task, and leaves no incomplete key. The outcome of its request is then
/// unknown, as after a lost answer.
#[derive(Clone)]
pub struct GitHub(Arc<Inner>);

/// The settings of the builder.
pub(crate) struct Inner {
    pub(crate) api: ApiUrl,
    pub(crate) version: ApiVersion,
    pub(crate) user_agent: HeaderValue,
    pub(crate) token_kind: Option<TokenKind>,
    /// Whether each account has its own token.
    pub(crate) is_per_account: bool,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) pacer: Pacer,
    pub(crate) keys: KeyCache,
    /// The state that handles to the same store of variables share.
    pub(crate) variable_stores: SharedStores,
    pub(crate) older_path: OlderPath,
}

impl GitHub {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Sends a request of the model and reads the answer.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if GitHub refuses, [`Error::Transport`] if there is no answer, and
    /// [`Error::Answer`] if it cannot be read. [`Error::InstallationToken`] before anything is sent, if the
    /// token can never have access.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
    /// use octoseal::Repository;
    ///
    /// let repository = github.send(Repository::new("octo", "hello")?.look_up()).await?;
    /// println!("{} has the id {}", repository.full_name, repository.id);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn send<R>(&self, request: Request<R>) -> Result<R, Error> {
        self.carry(&request).await
    }

    /// Sends a request like [`send`](Self::send), by reference.
    pub(crate) async fn carry<R>(&self, request: &Request<R>) -> Result<R, Error> {
        self.carry_marked(request).await.map(|(answer, _)| answer)
    }

    /// Sends a request that a write depends on. A refusal then explains what the write needs.
    pub(crate) async fn carry_for_write<R>(&self, request: &Request<R>) -> Result<R, Error> {
        self.exchange_and_read(request, true).await.map(|(answer, _)| answer)
    }

    /// Sends a request, and also returns whether an earlier attempt may have been done.
    pub(crate) async fn carry_marked<R>(&self, request: &Request<R>) -> Result<(R, bool), Error> {
        self.exchange_and_read(request, !request.operation().is_read()).await
    }

    async fn exchange_and_read<R>(&self, request: &Request<R>, is_write: bool) -> Result<(R, bool), Error> {
        let (operation, kind) = (request.operation(), self.0.token_kind);
        if matches!(operation.store(), Some(AnyStore::User(_))) && kind == Some(TokenKind::Installation) {
            return Err(Error::InstallationToken);
        }
        let carried = Span::new(operation).within(self.exchange(request)).await;
        let response =
            carried.map_err(|source| Error::Transport { operation: Box::new(operation.clone()), source })?;
        let repeated = response.extensions().get::<Retried>().is_some();
        let answer = request.read(&response).map_err(|error| match error {
            octoseal_model::Error::Refused(problem) => {
                let limit = RateLimit::of(&response);
                let circumstances =
                    Circumstances { operation, token: kind, is_write, is_github: self.0.api.is_github() };
                let explanation = explain(&problem, limit, &circumstances);
                let refusal = Refusal::new(operation.clone(), *problem, limit, explanation, repeated);
                Error::refused(refusal.redirected(response.extensions().get::<Redirected>()))
            }
            source => Error::Answer { operation: Box::new(operation.clone()), source },
        })?;
        Ok((answer, repeated))
    }

    /// Sends a request to its own path.
    pub(crate) async fn exchange_once<R>(
        &self,
        request: &Request<R>,
    ) -> Result<Response<Bytes>, TransportError> {
        let Inner { api, version, user_agent, transport, .. } = &*self.0;
        let mut http = request.to_http(*version);
        *http.uri_mut() = match request.is_link() {
            true => api.relocate(&api.resolve(&request.operation().path())?, request.target())?,
            false => api.resolve(request.target())?,
        };
        http.headers_mut().insert(USER_AGENT, user_agent.clone());
        http.extensions_mut().insert(PathTemplate(request.operation().template()));
        if let Some(login) = request.operation().account() {
            http.extensions_mut().insert(Account(login.to_owned()));
        }
        if *request.operation().resource() == Resource::App {
            http.extensions_mut().insert(AsApp);
        }
        if request.operation().is_idempotent() {
            http.extensions_mut().insert(Idempotent);
        }
        let response = transport.send(http).await?;
        // The model redacts literal repetitions only. This also finds other spellings.
        Ok(match response.body().is_empty() && response.status().is_success() {
            true => response,
            false => redact(response, &request.sensitive_texts(), "(redacted)"),
        })
    }

    /// Returns the root of the API.
    pub fn api_url(&self) -> String {
        self.0.api.to_string()
    }

    /// Returns the kind of the tokens, if it is known without requesting one. `None` without a token.
    pub fn token_kind(&self) -> Option<TokenKind> {
        self.0.token_kind
    }

    /// Returns the pacer of this client's requests, for watching it or asking for an estimate.
    pub fn pacer(&self) -> &Pacer {
        &self.0.pacer
    }

    /// Returns the writes that use the same credential as a write to `store`.
    pub(crate) fn credential_scope(&self, store: &AnyStore) -> Scope {
        match self.0.is_per_account {
            true => Scope::Account(store.account().map(str::to_ascii_lowercase)),
            false => Scope::All,
        }
    }

    /// Returns whether GitHub runs the server, and not an enterprise.
    pub(crate) fn is_github(&self) -> bool {
        self.0.api.is_github()
    }

    pub(crate) fn variable_stores(&self) -> &SharedStores {
        &self.0.variable_stores
    }

    pub(crate) fn older_path(&self) -> &OlderPath {
        &self.0.older_path
    }

    pub(crate) fn keys(&self) -> &KeyCache {
        &self.0.keys
    }
}

impl fmt::Debug for GitHub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { api, version, token_kind, pacer, .. } = &*self.0;
        f.debug_struct("GitHub")
            .field("api", &api.to_string())
            .field("version", &version.as_str())
            .field("token_kind", token_kind)
            .field("pacer", pacer)
            .finish_non_exhaustive()
    }
}

//! The client: sends the model's requests to one GitHub and reads the answers.

use crate::builder::Builder;
use crate::error::{Error, Refusal};
use crate::explain::explain;
use crate::keys::KeyCache;
use crate::secrets::Secrets;
use http::header::{HeaderValue, USER_AGENT};
use octoseal_model::{ApiVersion, Owner, Request, Store};
use octoseal_transport::{Account, ApiUrl, Pacer, PathTemplate, RateLimit, Repeated, TokenKind, Transport};
use std::fmt;
use std::sync::Arc;

/// A client for one GitHub and one token; clones share their connections and their public keys.
#[derive(Clone)]
pub struct GitHub(Arc<Inner>);

struct Inner {
    api: ApiUrl,
    version: ApiVersion,
    user_agent: HeaderValue,
    token_kind: Option<TokenKind>,
    transport: Box<dyn Transport>,
    pacer: Pacer,
    keys: KeyCache,
}

impl GitHub {
    /// Starts to settle what the client needs.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(
        api: ApiUrl,
        version: ApiVersion,
        user_agent: HeaderValue,
        token_kind: Option<TokenKind>,
        transport: Box<dyn Transport>,
        pacer: Pacer,
        keys: KeyCache,
    ) -> Self {
        Self(Arc::new(Inner { api, version, user_agent, token_kind, transport, pacer, keys }))
    }

    /// A handle to one store's secrets.
    pub fn secrets<O: Owner>(&self, store: Store<O>) -> Secrets<O> {
        Secrets::new(self.clone(), store)
    }

    /// Sends a request of the model and reads the answer.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if GitHub says no, [`Error::Transport`] if there is no answer, [`Error::Answer`] if it cannot
    /// be read, [`Error::InstallationToken`] before anything is sent if the token can never do it.
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
        let Inner { api, version, token_kind, .. } = &*self.0;
        if request.template().starts_with("/user/codespaces/") && *token_kind == Some(TokenKind::Installation)
        {
            return Err(Error::InstallationToken);
        }
        let operation = operation(&request);
        let not_carried = |source| Error::Transport { operation: operation.clone(), source };
        let mut http = request.to_http(*version);
        *http.uri_mut() = api.resolve(request.target()).map_err(not_carried)?;
        http.headers_mut().insert(USER_AGENT, self.0.user_agent.clone());
        http.extensions_mut().insert(PathTemplate(request.template().to_owned()));
        if let Some(login) = request.owner() {
            http.extensions_mut().insert(Account(login.to_owned()));
        }
        let response = self.0.transport.send(http).await.map_err(not_carried)?;
        request.read(&response).map_err(|error| match error {
            octoseal_model::Error::Refused(problem) => {
                let limit = RateLimit::of(&response);
                let explanation = explain(&problem, limit, request.method(), request.template(), *token_kind);
                let repeated = response.extensions().get::<Repeated>().is_some();
                Error::refused(Refusal::new(operation, *problem, limit, explanation, repeated))
            }
            source => Error::Answer { operation, source },
        })
    }

    /// The root of the API that requests go to.
    pub fn api_url(&self) -> String {
        self.0.api.to_string()
    }

    /// The kind of the tokens, as far as it is known without asking for one; `None` without a token.
    pub fn token_kind(&self) -> Option<TokenKind> {
        self.0.token_kind
    }

    /// What paces this client's requests: it can be watched, asked for an estimate, and saved.
    pub fn pacer(&self) -> &Pacer {
        &self.0.pacer
    }

    pub(crate) fn keys(&self) -> &KeyCache {
        &self.0.keys
    }
}

/// The method and the path, without the query and without the host.
fn operation<R>(request: &Request<R>) -> String {
    let path = match request.target().parse::<http::Uri>() {
        Ok(uri) => uri.path().to_owned(),
        Err(_) => request.template().to_owned(),
    };
    format!("{} {path}", request.method())
}

impl fmt::Debug for GitHub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { api, version, user_agent: _, token_kind, transport: _, pacer, keys: _ } = &*self.0;
        f.debug_struct("GitHub")
            .field("api", &api.to_string())
            .field("version", &version.as_str())
            .field("token_kind", token_kind)
            .field("pacer", pacer)
            .finish_non_exhaustive()
    }
}

//! The assembly of a client's layers.

use super::{Builder, Credential};
use crate::error::Error;
use crate::github::{GitHub, Inner};
use crate::keys::KeyCache;
use crate::variables::{OlderPath, SharedStores};
use http::header::HeaderValue;
#[cfg(feature = "github-app")]
use octoseal_transport::AppTokens;
use octoseal_transport::{ApiUrl, Authorize, Client, Pacer, Retry, TokenProvider, Transport};
use std::sync::Arc;

impl Builder {
    /// Builds the client. No connection is opened yet.
    ///
    /// # Errors
    ///
    /// [`Error::Settings`] if the token or the URL is invalid, or a root certificate cannot be read.
    /// [`Error::InvalidUserAgent`] or [`Error::UnusedConfig`].
    pub fn build(self) -> Result<GitHub, Error> {
        let api = self.api_url.unwrap_or_else(|| Ok(ApiUrl::github())).map_err(Error::Settings)?;
        let ours = concat!("octoseal/", env!("CARGO_PKG_VERSION"));
        let user_agent = self.user_agent.map_or(ours.to_owned(), |name| format!("{name} {ours}"));
        let user_agent = HeaderValue::from_str(&user_agent).map_err(|_| Error::InvalidUserAgent)?;
        let carrier: Arc<dyn Transport> = match self.transport {
            Some(_) if self.config.is_some() => return Err(Error::UnusedConfig),
            Some(transport) => transport,
            None => Arc::new(Client::new(self.config.unwrap_or_default()).map_err(Error::Settings)?),
        };
        let provider: Option<Arc<dyn TokenProvider>> = match self.credential {
            None => None,
            Some(Credential::Token(token)) => Some(Arc::new(token.map_err(Error::Settings)?)),
            Some(Credential::Provider(provider)) => Some(provider),
            #[cfg(feature = "github-app")]
            Some(Credential::App(app)) => {
                let tokens = AppTokens::new(Arc::clone(&carrier), api.clone(), app);
                Some(Arc::new(tokens.user_agent(user_agent.clone())))
            }
        };
        let (token_kind, is_per_account) = (provider.kind(), provider.is_per_account());
        let pacer = if is_per_account { Pacer::per_account(self.pacing) } else { Pacer::new(self.pacing) };
        let pacer = match self.shared_pace {
            Some(shared) => pacer.shared(shared),
            None => pacer,
        };
        let authorized = Authorize::new(carrier, api.clone(), provider);
        let mut transport = Retry::new(authorized, self.retry).paced(pacer.clone());
        if let Some(observer) = self.observer {
            transport = transport.observed(observer);
        }
        if let Some(length) = self.deadline {
            transport = transport.within(length);
        }
        let transport = Box::new(transport);
        let keys = KeyCache::new(self.retry.total.saturating_add(self.pacing.max_wait));
        let version = self.api_version;
        Ok(GitHub::new(Inner {
            api,
            version,
            user_agent,
            token_kind,
            is_per_account,
            transport,
            pacer,
            keys,
            variable_stores: SharedStores::default(),
            older_path: OlderPath::default(),
        }))
    }
}

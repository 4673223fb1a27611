//! Replication lag of new tokens.

use super::App;
use crate::api::answer::Refusal;
use crate::api::call::Call;
use crate::credential::token;
use crate::world::World;
use http::StatusCode;
use std::time::Duration;

impl App {
    /// Refuses every new token for this time with this status: 401, 403 or 404, as GitHub's replicas do.
    pub fn token_lag(self, lag: Duration, status: StatusCode) -> Self {
        Self { token_lag: Some((lag, status)), ..self }
    }
}

impl World {
    /// Refuses a token that is too new to be known.
    pub(crate) fn check_lag(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let token = call.header("authorization").and_then(token::from_header).unwrap_or_default();
        let lag = self.declarations.apps.minted(token).and_then(|minted| minted.lag);
        let Some((_, status)) = lag.filter(|(until, _)| call.at < *until) else {
            return Ok(());
        };
        let message = match status {
            StatusCode::UNAUTHORIZED => "Bad credentials",
            StatusCode::NOT_FOUND => "Not Found",
            _ => "Resource not accessible by integration",
        };
        Err(Refusal::new(status, message))
    }
}

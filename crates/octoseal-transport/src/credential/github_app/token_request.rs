//! Installations of an App, and token requests for them.

use super::answer::Answer;
use super::api_call::{Asking, Question};
use super::failure::Failure;
use super::token_slot::Minted;
use crate::Transport;
use crate::credential::token::Token;
use http::StatusCode;
use serde_json::Value;
use std::time::Duration;
use tokio::time::{Instant, timeout};

impl<T: Transport> Asking<T> {
    /// Requests a token for the App's installation at this owner. `known` caches the installation's number.
    pub(super) async fn mint(&self, owner: Option<&str>, known: &mut Option<u64>) -> Result<Minted, Failure> {
        let limit = Duration::from_secs(MINTING);
        timeout(limit, self.mint_in_time(owner, known)).await.unwrap_or_else(|_| Err(Failure::late(MINTING)))
    }

    async fn mint_in_time(&self, owner: Option<&str>, known: &mut Option<u64>) -> Result<Minted, Failure> {
        if let Some(id) = self.app.installation {
            return self.token(id, &format!("the installation {id}")).await;
        }
        let owner = owner.ok_or_else(Failure::no_owner)?;
        if let Some(id) = *known {
            match self.token(id, owner).await {
                // The App may have been removed, and installed again under another number.
                Err(failure) if failure.is_not_found() => *known = None,
                outcome => return outcome,
            }
        }
        let id = self.find(owner).await?;
        *known = Some(id);
        self.token(id, owner).await
    }

    /// Finds the number of the App's installation at an organization, or else at a user.
    async fn find(&self, owner: &str) -> Result<u64, Failure> {
        let mut answer = self.ask(&look_up("/orgs/{org}/installation", "orgs", owner)).await?;
        if answer.status == StatusCode::NOT_FOUND && !answer.is_unknown_app() {
            answer = self.ask(&look_up("/users/{username}/installation", "users", owner)).await?;
        }
        match answer.status {
            StatusCode::OK => answer.body["id"].as_u64().ok_or_else(|| Failure::unreadable(owner, &answer)),
            StatusCode::NOT_FOUND if !answer.is_unknown_app() => Err(Failure::not_installed(owner, &answer)),
            _ => Err(Failure::refused(owner, &answer)),
        }
    }

    async fn token(&self, installation: u64, whom: &str) -> Result<Minted, Failure> {
        // Taken before the request, so that the time of the request counts, too.
        let asked = Instant::now();
        let mut answer = self
            .ask(&Question {
                template: "/app/installations/{installation_id}/access_tokens",
                path: format!("/app/installations/{installation}/access_tokens"),
                body: Some(self.app.token_request_body()),
            })
            .await?;
        if answer.status != StatusCode::CREATED {
            return Err(Failure::refused(whom, &answer));
        }
        let lifetime = lifetime(&answer);
        let Some(Value::String(token)) = answer.body.get_mut("token").map(Value::take) else {
            return Err(Failure::unreadable(whom, &answer));
        };
        let token = Token::new(token).map_err(|_| Failure::unreadable(whom, &answer))?;
        Ok(Minted::new(token, asked, lifetime))
    }
}

fn look_up(template: &'static str, place: &str, owner: &str) -> Question {
    Question { template, path: format!("/{place}/{owner}/installation"), body: None }
}

/// Returns the lifetime of the token, by GitHub's clock alone: an hour at most, as documented.
fn lifetime(answer: &Answer) -> Duration {
    let expires = answer.body["expires_at"].as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let seconds = match (expires, answer.date) {
        (Some(expires), Some(date)) => u64::try_from(expires.as_second().saturating_sub(date)).unwrap_or(0),
        _ => HOUR,
    };
    Duration::from_secs(seconds.min(HOUR))
}

const HOUR: u64 = 3_600;

/// Maximum seconds for finding an installation and getting a token.
const MINTING: u64 = 60;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_lifetime_is_the_rest_at_github_and_an_hour_at_most() {
        let lifetime = |expires: &str, date: Option<i64>| {
            let body = json!({ "expires_at": expires }).to_string();
            let answer = Answer::new(&http::Response::new(body.into()));
            lifetime(&Answer { date, ..answer }).as_secs()
        };
        assert_eq!(lifetime("1970-01-01T00:30:00Z", Some(60)), 1_740);
        assert_eq!(lifetime("1970-01-01T00:30:00Z", Some(1_801)), 0);
        assert_eq!(lifetime("2026-01-01T00:30:00Z", Some(60)), 3_600);
        assert_eq!(lifetime("1970-01-01T00:30:00Z", None), 3_600);
        assert_eq!(lifetime("soon", Some(60)), 3_600);
    }
}

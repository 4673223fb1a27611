//! The JSON web token that authenticates an App ([GitHub's
//! rules](https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app)).

use super::GitHubApp;
use super::failure::Failure;
use crate::credential::token::Token;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use std::time::UNIX_EPOCH;

impl GitHubApp {
    /// Returns the time of the local clock, in seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        let seconds = (self.clock)().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        i64::try_from(seconds).unwrap_or(i64::MAX / 2)
    }

    /// Creates a web token for this time, in seconds since 1970.
    pub(super) async fn web_token(&self, now: i64) -> Result<Token, Failure> {
        let message = message(&self.issuer, now);
        let signature = self.signer.sign(message.as_bytes()).await.map_err(Failure::signing)?;
        let token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature));
        Token::new(token).map_err(|cause| Failure::signing(cause.into()))
    }
}

/// Returns the text to sign: RFC 7519 in the compact form of RFC 7515, section 3.1.
fn message(issuer: &str, now: i64) -> String {
    let claims = json!({ "iat": now - BACKDATED, "exp": now + VALID, "iss": issuer }).to_string();
    format!("{}.{}", URL_SAFE_NO_PAD.encode(HEADER), URL_SAFE_NO_PAD.encode(claims))
}

const HEADER: &str = r#"{"alg":"RS256","typ":"JWT"}"#;

/// In seconds, as GitHub advises: GitHub's clock may be behind the local one.
const BACKDATED: i64 = 60;

/// In seconds. GitHub accepts ten minutes at most, and tokens of exactly ten were seen to fail.
const VALID: i64 = 540;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_id_makes_a_web_token_that_fits() {
        let issuer = "\"".repeat(super::super::MAX_ID);
        let signature = URL_SAFE_NO_PAD.encode([7; 4_096 / 8]);
        Token::new(format!("{}.{signature}", message(&issuer, i64::from(u32::MAX)))).unwrap();
    }

    #[test]
    fn the_claims_are_exact() {
        let message = message("Iv1.\"x\"", 1_800_000_000);
        let (header, claims) = message.split_once('.').unwrap();
        assert_eq!(URL_SAFE_NO_PAD.decode(header).unwrap(), HEADER.as_bytes());
        let claims: serde_json::Value =
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
        assert_eq!(claims, json!({ "iat": 1_799_999_940, "exp": 1_800_000_540, "iss": "Iv1.\"x\"" }));
    }
}

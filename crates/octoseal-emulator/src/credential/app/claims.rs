//! JSON web tokens of Apps: the signature and the claims (Generating a JSON Web Token for a GitHub App).

use super::{App, Apps};
use crate::api::answer::Refusal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use serde_json::Value;

/// Returns whether a token has the form of a JSON web token, which no other token of GitHub has.
pub(crate) fn is_web_token(token: &str) -> bool {
    token.starts_with("eyJ") && token.split('.').count() == 3
}

impl Apps {
    /// Returns the id of the App that signed this token, or the refusal.
    pub(crate) fn signer(&self, token: &str, now: i64) -> Result<u64, Refusal> {
        let undecodable = || refusal("A JSON web token could not be decoded");
        let (message, signature) = token.rsplit_once('.').ok_or_else(undecodable)?;
        let (header, claims) = message.split_once('.').ok_or_else(undecodable)?;
        let (header, claims) =
            (object(header).ok_or_else(undecodable)?, object(claims).ok_or_else(undecodable)?);
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| undecodable())?;
        if header["alg"] != "RS256" {
            return Err(undecodable());
        }
        let app = self.issuer(&claims)?;
        if !app.public_key.signed(message.as_bytes(), &signature) {
            return Err(undecodable());
        }
        check_times(&claims, now)?;
        Ok(app.id)
    }

    fn issuer(&self, claims: &Value) -> Result<&App, Refusal> {
        let issuer = match &claims["iss"] {
            Value::String(issuer) => issuer.clone(),
            Value::Number(issuer) => issuer.to_string(),
            _ => return Err(refusal("Missing 'issuer' claim ('iss') in assertion")),
        };
        let unknown = || Refusal::new(StatusCode::NOT_FOUND, "Integration not found");
        self.apps.iter().find(|app| app.is_called(&issuer)).ok_or_else(unknown)
    }
}

/// Checks that the token is not from the future, not expired, and valid for at most ten minutes.
fn check_times(claims: &Value, now: i64) -> Result<(), Refusal> {
    let issued = claims["iat"].as_i64().filter(|issued| *issued <= now + DRIFT);
    let expires = claims["exp"].as_i64().filter(|expires| *expires > now);
    match (issued, expires) {
        (None, _) => Err(refusal(BAD_ISSUED)),
        (_, None) => Err(refusal(BAD_EXPIRY)),
        (_, Some(expires)) if expires > now + LONGEST => Err(refusal(FAR_EXPIRY)),
        _ => Ok(()),
    }
}

fn object(part: &str) -> Option<Value> {
    let value: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()?;
    value.is_object().then_some(value)
}

fn refusal(message: &str) -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, message)
}

/// The number of seconds that a clock may be ahead of GitHub's.
const DRIFT: i64 = 60;
/// "The time must be no more than 10 minutes into the future."
const LONGEST: i64 = 600;

const BAD_EXPIRY: &str = "'Expiration time' claim ('exp') must be a numeric value representing the future time at \
    which the assertion expires";
const BAD_ISSUED: &str = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was \
    issued";
const FAR_EXPIRY: &str = "'Expiration time' claim ('exp') is too far in the future";

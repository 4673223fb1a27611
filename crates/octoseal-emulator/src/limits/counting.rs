//! Enforcement of limits: a meter for each token, and GitHub's messages for exceeded limits.

use crate::api::answer::Refusal;
use crate::api::call::Call;
use crate::api::route::Route;
use crate::credential::token;
use crate::limits::Limits;
use crate::limits::meter::{Asked, Excess, Meter};
use crate::limits::window::Reading;
use crate::world::World;
use http::HeaderMap;
use http::header::RETRY_AFTER;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// The limits, and their use.
#[derive(Default)]
pub(crate) struct Ledger {
    limits: Limits,
    /// The meters by token. Requests without a valid token share the empty text.
    meters: BTreeMap<String, Meter>,
    rejected: u64,
}

impl Ledger {
    /// Returns the declared limits.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }
}

/// Rate limits.
impl World {
    /// Declares the rate limits and resets their use.
    pub fn limits(&mut self, limits: Limits) -> &mut Self {
        self.ledger = Ledger { limits, meters: BTreeMap::new(), rejected: self.ledger.rejected };
        self
    }

    /// Sets the primary rate limit, in requests an hour, and resets its use. The other limits stay.
    pub fn rate_limit(&mut self, requests: u64) -> &mut Self {
        let limits = self.ledger.limits.clone().primary(requests);
        self.limits(limits)
    }

    /// Returns the number of requests that a rate limit refused.
    pub fn rejected(&self) -> u64 {
        self.ledger.rejected
    }

    /// Counts a request with a valid token, or refuses it (Rate limits for the REST API).
    pub(crate) fn spend(&mut self, call: &Call<'_>) -> Result<(), Refusal> {
        let asked = Asked {
            at: call.at,
            in_flight: call.in_flight,
            is_counted: call.route != Some(Route::RateLimit),
            is_write: !call.is_read(),
        };
        let excess = self.ledger.spend(caller(call), asked);
        excess.map_err(|excess| self.ledger.refusal(excess, &self.request_id(call.now)))
    }

    /// Reverts the count of a request against the primary limit.
    pub(crate) fn give_back(&mut self, call: &Call<'_>) {
        self.ledger.meter(caller(call), call.at).give_back();
    }

    /// Returns the remaining primary limit, or `None` without a limit.
    pub(crate) fn quota_json(&mut self, call: &Call<'_>) -> Option<Value> {
        self.ledger.reading(caller(call), call.at).map(|reading| reading.json())
    }

    pub(crate) fn put_quota_headers(&mut self, call: &Call<'_>, headers: &mut HeaderMap) {
        let known = self.authenticate(call).is_ok();
        let caller = if known { caller(call) } else { "" };
        if let Some(reading) = self.ledger.reading(caller, call.at) {
            reading.put_headers(headers);
        }
    }
}

impl Ledger {
    fn spend(&mut self, caller: &str, asked: Asked) -> Result<(), Excess> {
        let limits = self.limits.clone();
        let outcome = self.meter(caller, asked.at).spend(&limits, asked);
        self.rejected += u64::from(outcome.is_err());
        outcome
    }

    fn reading(&mut self, caller: &str, at: Duration) -> Option<Reading> {
        self.limits.primary?;
        let limits = self.limits.clone();
        let meter = self.meter(caller, at);
        meter.turn(&limits, at);
        meter.read(&limits, at)
    }

    fn meter(&mut self, caller: &str, at: Duration) -> &mut Meter {
        if self.meters.len() >= MOST_METERS && !self.meters.contains_key(caller) {
            self.meters.retain(|_, meter| !meter.is_over(at));
        }
        self.meters.entry(caller.to_owned()).or_default()
    }

    fn refusal(&self, excess: Excess, request_id: &str) -> Refusal {
        let (text, wait) = match excess {
            Excess::Primary => {
                let text = "API rate limit exceeded for user ID 583231.";
                return Refusal::new(self.limits.status, text).with_documentation(PAGE);
            }
            Excess::Content(wait) => {
                let text = || format!("{EXCEEDED} and {BLOCKED}");
                (self.limits.content_text.clone().unwrap_or_else(text), wait)
            }
            Excess::Secondary(wait) => {
                let text = || format!("{EXCEEDED}. {LATER} {request_id}.");
                (self.limits.secondary_text.clone().unwrap_or_else(text), wait)
            }
        };
        let refusal = Refusal::new(self.limits.status, text).with_documentation(SECONDARY);
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        match self.limits.retry_after {
            true => refusal.with_header(RETRY_AFTER, seconds.to_string()),
            false => refusal,
        }
    }
}

fn caller<'a>(call: &'a Call<'_>) -> &'a str {
    call.header("authorization").and_then(token::from_header).unwrap_or_default()
}

/// Above this number, expired meters are evicted.
const MOST_METERS: usize = 1_024;

const EXCEEDED: &str = "You have exceeded a secondary rate limit";
const BLOCKED: &str =
    "have been temporarily blocked from content creation. Please retry your request again later.";
const LATER: &str = "Please wait a few minutes before you try again. If you reach out to GitHub Support for help, \
    please include the request ID";
const PAGE: &str = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
const SECONDARY: &str = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits";

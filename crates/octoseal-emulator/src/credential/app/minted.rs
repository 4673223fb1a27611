//! Installation tokens: created for an App, valid for an hour, limited to the installation's permissions.

use super::{Apps, Installation};
use crate::api::answer::Refusal;
use crate::api::route::Route;
use http::StatusCode;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// A token that was created for an App.
#[derive(Clone, Debug)]
pub(crate) struct Minted {
    /// The installation, with fewer permissions and repositories if the App requested fewer.
    pub(super) installation: Installation,
    pub(super) expires_at: i64,
    /// The permissions, such as `secrets:write`.
    grants: BTreeSet<String>,
    /// The end of the replication lag, and the status until then.
    pub(super) lag: Option<(Duration, StatusCode)>,
}

impl Minted {
    fn new(installation: Installation, expires_at: i64) -> Self {
        let grant = |(permission, level): (&String, &String)| format!("{permission}:{level}");
        let mut grants: BTreeSet<String> = installation.permissions.iter().map(grant).collect();
        grants.insert("metadata:read".to_owned());
        Self { installation, expires_at, grants, lag: None }
    }

    pub(crate) fn grants(&self) -> &BTreeSet<String> {
        &self.grants
    }

    pub(crate) fn installation_id(&self) -> u64 {
        self.installation.id
    }

    pub(crate) fn repository_selection(&self) -> &'static str {
        self.installation.selection()
    }

    pub(crate) fn is_over(&self, now: i64) -> bool {
        now >= self.expires_at
    }

    /// Returns whether the token has access to the resource in the route at all.
    pub(crate) fn reaches(&self, route: &Route) -> bool {
        let account = |name: &str| name.eq_ignore_ascii_case(&self.installation.account);
        match route {
            Route::Repositories(_) => true, // the answer omits repositories without access
            _ => {
                route.organization().is_none_or(account)
                    && route
                        .repository()
                        .is_none_or(|repository| self.installation.reaches(&repository.joined()))
            }
        }
    }
}

impl Apps {
    /// Returns whether the text has the form of a token that was created here. An unknown one then must be an
    /// expired one.
    pub(crate) fn is_own(token: &str) -> bool {
        token.starts_with(PREFIX)
    }

    /// Creates a token, and evicts expired ones.
    pub(super) fn mint(&mut self, installation: Installation, now: i64, at: Duration) -> (String, Minted) {
        self.minted.retain(|_, minted| !minted.is_over(now));
        self.tokens_made += 1;
        let token = format!("{PREFIX}{:0>28}", self.tokens_made);
        let owner =
            self.apps.iter().find(|app| app.installations.iter().any(|its| its.id == installation.id));
        let lag = owner.and_then(|app| app.token_lag).map(|(lag, status)| (at + lag, status));
        let minted = Minted { lag, ..Minted::new(installation, now + HOUR) };
        self.minted.insert(token.clone(), minted.clone());
        (token, minted)
    }
}

/// Returns the requested permissions, by default all of the installation's.
pub(super) fn narrowed_permissions(
    installation: &Installation,
    asked: &Value,
) -> Result<BTreeMap<String, String>, Refusal> {
    let refusal = || Refusal::unprocessable(NOT_GRANTED);
    let asked = match asked {
        Value::Null => return Ok(installation.permissions.clone()),
        Value::Object(asked) => asked,
        _ => return Err(Refusal::invalid_request("For 'properties/permissions', it is not an object.")),
    };
    let mut permissions = BTreeMap::new();
    for (permission, level) in asked {
        let granted = installation.permissions.get(permission).ok_or_else(refusal)?;
        match level.as_str() {
            Some(level) if granted == level || (granted, level) == (&"write".to_owned(), "read") => {
                permissions.insert(permission.clone(), level.to_owned());
            }
            _ => return Err(refusal()),
        }
    }
    Ok(permissions)
}

/// Returns the 422 that GitHub sends for a repository that the installation does not have.
pub(super) fn out_of_reach() -> Refusal {
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, OUT_OF_REACH)
}

const HOUR: i64 = 3_600;
/// The prefix of 40-character tokens like GitHub's. A number follows it.
const PREFIX: &str = "ghs_emulated";

const NOT_GRANTED: &str = "The permissions requested are not granted to this installation.";
const OUT_OF_REACH: &str = "There is at least one repository that does not exist or is not accessible to the parent \
    installation.";

//! What an App asks as itself: its installations, and a token for one of them.

use super::minted::{narrowed_permissions, out_of_reach};
use super::{App, Installation};
use crate::api::answer::{Refusal, json};
use crate::api::call::Call;
use crate::api::full_repository;
use crate::api::render;
use crate::api::route::AppOperation;
use crate::credential::token::Kind;
use crate::world::World;
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

impl World {
    /// Answers an App as itself.
    pub(crate) fn app_route_answer(
        &mut self,
        call: &Call<'_>,
        operation: &AppOperation,
    ) -> Result<Response<Bytes>, Refusal> {
        let Kind::App(app) = self.authenticate(call)?.kind else {
            return Err(Refusal::not_found());
        };
        let app = self.declarations.apps.app(app).ok_or_else(Refusal::not_found)?;
        let installations = app.installations.iter();
        let found = match operation {
            AppOperation::AccessTokens(id) => installations.clone().find(|found| id.parse() == Ok(found.id)),
            AppOperation::OrganizationInstallation(login) | AppOperation::UserInstallation(login) => {
                installations.clone().find(|found| found.account.eq_ignore_ascii_case(login))
            }
            AppOperation::RepositoryInstallation(repository) => {
                installations.clone().find(|found| found.reaches(&repository.joined()))
            }
        };
        let installation = found.ok_or_else(Refusal::not_found)?.clone();
        match operation {
            AppOperation::AccessTokens(_) => self.access_token(call, installation),
            _ => Ok(json(StatusCode::OK, &rendered(call, app, &installation))),
        }
    }

    /// `POST /app/installations/{id}/access_tokens`.
    fn access_token(
        &mut self,
        call: &Call<'_>,
        mut installation: Installation,
    ) -> Result<Response<Bytes>, Refusal> {
        let asked = match call.request.body() {
            body if body.is_empty() => json!({}),
            body => serde_json::from_slice(body).map_err(|_| not_json())?,
        };
        installation.permissions = narrowed_permissions(&installation, &asked["permissions"])?;
        let narrowed = self.narrowed_repositories(&installation, &asked)?;
        installation.repositories = narrowed.or(installation.repositories);
        let (token, minted) = self.declarations.apps.mint(installation, call.now);
        let installation = &minted.installation;
        let mut body = json!({
            "token": token,
            "expires_at": render::seconds(minted.expires_at),
            "permissions": permissions(installation),
            "repository_selection": selection(installation),
        });
        if let Some(repositories) = &installation.repositories {
            let rendered = |full_name: &String| {
                let id = self.repositories.id(full_name);
                let mut body = self.repository_by_id(&call.base_url(), id);
                full_repository::complete(&mut body, call);
                body
            };
            body["repositories"] = repositories.iter().map(rendered).collect();
        }
        Ok(json(StatusCode::CREATED, &body))
    }

    /// The repositories that `repositories` (names without their owner) and `repository_ids` ask for.
    fn narrowed_repositories(
        &self,
        installation: &Installation,
        asked: &Value,
    ) -> Result<Option<BTreeSet<String>>, Refusal> {
        let odd = |field: &str| !asked[field].is_null() && !asked[field].is_array();
        if !(asked.is_null() || asked.is_object()) || odd("repositories") || odd("repository_ids") {
            return Err(Refusal::invalid_request("`repositories` and `repository_ids` are arrays."));
        }
        let (names, ids) = (asked["repositories"].as_array(), asked["repository_ids"].as_array());
        if names.is_none() && ids.is_none() {
            return Ok(None);
        }
        let named = |name: &Value| Some(format!("{}/{}", installation.account, name.as_str()?));
        let numbered = |id: &Value| self.repositories.name(id.as_u64()?).map(str::to_owned);
        let names = names.into_iter().flatten().map(named);
        let all = names.chain(ids.into_iter().flatten().map(numbered));
        let within =
            |full_name: &String| installation.reaches(full_name) && self.declarations.is_declared(full_name);
        let checked =
            |full_name: Option<String>| full_name.filter(within).map(|name| name.to_ascii_lowercase());
        all.map(|full_name| checked(full_name).ok_or_else(out_of_reach)).collect::<Result<_, _>>().map(Some)
    }
}

/// An `installation` with all of its required fields.
fn rendered(call: &Call<'_>, app: &App, installation: &Installation) -> Value {
    let (base, id) = (call.base_url(), installation.id);
    let kind = if call.request.uri().path().contains("/orgs/") { "Organization" } else { "User" };
    let mut account = render::account(&base, &installation.account);
    account["type"] = kind.into();
    json!({
        "id": id,
        "account": account,
        "access_tokens_url": format!("{base}/app/installations/{id}/access_tokens"),
        "repositories_url": format!("{base}/installation/repositories"),
        "html_url": format!("https://github.com/settings/installations/{id}"),
        "app_id": app.id,
        "client_id": app.client_id,
        "app_slug": format!("app-{}", app.id),
        "target_id": account["id"],
        "target_type": kind,
        "permissions": permissions(installation),
        "repository_selection": selection(installation),
        "events": [],
        "single_file_name": null,
        "created_at": render::seconds(0),
        "updated_at": render::seconds(0),
        "suspended_by": null,
        "suspended_at": null,
    })
}

/// Every App may read metadata.
fn permissions(installation: &Installation) -> Value {
    let mut permissions = json!(installation.permissions);
    permissions["metadata"] = "read".into();
    permissions
}

fn selection(installation: &Installation) -> &'static str {
    if installation.repositories.is_some() { "selected" } else { "all" }
}

fn not_json() -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "Problems parsing JSON")
}

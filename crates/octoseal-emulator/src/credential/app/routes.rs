//! Operations of an App that authenticates as itself: its installations, and a token for one of them.

use super::minted::{narrowed_permissions, out_of_reach};
use super::{App, Installation, SUSPENDED};
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
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// Answers an App that authenticates as itself.
    pub(crate) fn app_route_answer(
        &mut self,
        call: &Call<'_>,
        operation: &AppOperation,
    ) -> Result<Response<Bytes>, Refusal> {
        let Kind::App(app) = self.authenticate(call)?.kind else {
            return Err(Refusal::not_found());
        };
        let app = self.declarations.apps.app(app).ok_or_else(Refusal::not_found)?.clone();
        let found = |is_meant: &dyn Fn(&Installation) -> bool| {
            let installation = app.installations.iter().find(|installation| is_meant(installation));
            installation.cloned().ok_or_else(Refusal::not_found)
        };
        let installation = match operation {
            AppOperation::AccessTokens(id) => {
                let installation = found(&|found| id.parse() == Ok(found.id))?;
                return self.access_token(call, installation);
            }
            AppOperation::This => return Ok(json(StatusCode::OK, &self.app_json(call, &app))),
            AppOperation::OrganizationInstallation(login) => {
                self.organizations.id(login);
                found(&|found| found.account.eq_ignore_ascii_case(login))?
            }
            AppOperation::UserInstallation(login) => {
                found(&|found| found.account.eq_ignore_ascii_case(login))?
            }
            AppOperation::RepositoryInstallation(repository) => {
                found(&|found| found.reaches(&repository.joined()))?
            }
        };
        Ok(json(StatusCode::OK, &self.installation_json(call, &app, &installation)))
    }

    /// Answers `POST /app/installations/{id}/access_tokens`.
    fn access_token(
        &mut self,
        call: &Call<'_>,
        mut installation: Installation,
    ) -> Result<Response<Bytes>, Refusal> {
        if installation.is_suspended {
            return Err(Refusal::new(StatusCode::FORBIDDEN, SUSPENDED));
        }
        let asked = match call.request.body() {
            body if body.is_empty() => json!({}),
            body => serde_json::from_slice(body).map_err(|_| not_json())?,
        };
        installation.permissions = narrowed_permissions(&installation, &asked["permissions"])?;
        let narrowed = self.narrowed_repositories(&installation, &asked)?;
        installation.repositories = narrowed.or(installation.repositories);
        let (token, minted) = self.declarations.apps.mint(installation, call.now, call.at);
        let installation = &minted.installation;
        let mut body = json!({
            "token": token,
            "expires_at": render::seconds(minted.expires_at),
            "permissions": permissions(installation),
            "repository_selection": installation.selection(),
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

    /// Returns the repositories in `repositories` (names without their owner) and `repository_ids`.
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

impl World {
    /// Renders an `integration` with its required fields. Its owner is not declared, so it is the first user.
    fn app_json(&mut self, call: &Call<'_>, app: &App) -> Value {
        let owner = self.declarations.owner("").to_owned();
        let slug = format!("app-{}", app.id);
        let all = app.installations.iter().flat_map(|installation| &installation.permissions);
        let mut granted: BTreeMap<&str, &str> =
            all.map(|(name, level)| (name.as_str(), level.as_str())).collect();
        granted.insert("metadata", "read");
        json!({
            "id": app.id,
            "client_id": app.client_id.clone().unwrap_or_default(),
            "slug": slug,
            "node_id": format!("A_{:x}", app.id),
            "owner": self.account(&call.base_url(), &owner),
            "name": slug,
            "description": null,
            "external_url": "https://github.com",
            "html_url": format!("https://github.com/apps/{slug}"),
            "created_at": render::seconds(0),
            "updated_at": render::seconds(0),
            "permissions": granted,
            "events": [],
            "installations_count": app.installations.len(),
        })
    }

    /// Renders an `installation` with its required fields.
    fn installation_json(&mut self, call: &Call<'_>, app: &App, installation: &Installation) -> Value {
        let (base, id) = (call.base_url(), installation.id);
        let account = self.account(&base, &installation.account);
        json!({
            "id": id,
            "target_id": account["id"],
            "target_type": account["type"],
            "account": account.clone(),
            "access_tokens_url": format!("{base}/app/installations/{id}/access_tokens"),
            "repositories_url": format!("{base}/installation/repositories"),
            "html_url": format!("https://github.com/settings/installations/{id}"),
            "app_id": app.id,
            "client_id": app.client_id.clone().unwrap_or_default(),
            "app_slug": format!("app-{}", app.id),
            "permissions": permissions(installation),
            "repository_selection": installation.selection(),
            "events": [],
            "single_file_name": null,
            "created_at": render::seconds(0),
            "updated_at": render::seconds(0),
            "suspended_by": installation.is_suspended.then(|| account.clone()),
            "suspended_at": installation.is_suspended.then(|| render::seconds(0)),
        })
    }
}

/// Renders the permissions. Every App may read metadata.
fn permissions(installation: &Installation) -> Value {
    let mut permissions = json!(installation.permissions);
    permissions["metadata"] = "read".into();
    permissions
}

fn not_json() -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "Problems parsing JSON")
}

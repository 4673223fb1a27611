//! Environments of a repository: list, get, create or update, delete.

use crate::api::answer::{Refusal, json, no_content};
use crate::api::call::Call;
use crate::api::listing;
use crate::api::render::seconds;
use crate::api::request_body::Body;
use crate::api::route::EnvironmentOperation;
use crate::api::store::{Family, FullName, Owner, Store, canonical, encoded};
use crate::world::World;
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Value, json};

/// The settings of a created or updated environment. Reviewers are not stored.
#[derive(Clone, Debug, Default)]
pub(crate) struct EnvironmentSettings {
    created_at: i64,
    updated_at: i64,
    wait_timer: u64,
    deployment_branch_policy: Value,
}

impl World {
    pub(crate) fn environment_answer(
        &mut self,
        call: &Call<'_>,
        repository: &FullName,
        operation: &EnvironmentOperation,
    ) -> Result<Response<Bytes>, Refusal> {
        match operation {
            EnvironmentOperation::Delete(name) => Ok(self.delete_environment(repository, name)),
            EnvironmentOperation::Get(name) => {
                Ok(json(StatusCode::OK, &self.environment_json(call, repository, name)))
            }
            EnvironmentOperation::List => Ok(self.list_environments(call, repository)),
            EnvironmentOperation::Put(name) => self.put_environment(call, repository, name),
        }
    }

    /// Lists the environments that were declared, created, or named in a request.
    fn list_environments(&mut self, call: &Call<'_>, repository: &FullName) -> Response<Bytes> {
        let start = format!("{}/", repository.key());
        let within = |name: &str| {
            let head = name.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(&start));
            head.map(|head| name[head.len()..].to_owned())
        };
        let names: Vec<String> = self.environments.all().filter_map(|(name, _)| within(name)).collect();
        let there = |name: &String| {
            let operation = EnvironmentOperation::Get(name.clone());
            self.declarations.exists(&crate::api::route::Route::Environments(repository.clone(), operation))
        };
        let names: Vec<String> = names.into_iter().filter(there).collect();
        let items = names.iter().map(|name| self.environment_json(call, repository, name)).collect();
        let path = format!("/repositories/{}/environments", self.repositories.id(&repository.joined()));
        listing::answer(call, &path, "environments", items)
    }

    fn put_environment(
        &mut self,
        call: &Call<'_>,
        repository: &FullName,
        name: &str,
    ) -> Result<Response<Bytes>, Refusal> {
        let body = Body::parse(call.request.body())?;
        let wait_timer = body.integer("wait_timer", LONGEST_WAIT)?.unwrap_or_default();
        let deployment_branch_policy = branch_policy(&body)?;
        let full_name = repository.joined();
        self.environment(&full_name, name);
        self.declarations.missing.remove(&path(repository, name));
        let id = self.environments.id(&format!("{full_name}/{name}"));
        let created_at = self.environment_settings.get(&id).map_or(call.now, |former| former.created_at);
        let settings =
            EnvironmentSettings { created_at, updated_at: call.now, wait_timer, deployment_branch_policy };
        self.environment_settings.insert(id, settings);
        Ok(json(StatusCode::OK, &self.environment_json(call, repository, name)))
    }

    /// Deletes the environment with its secrets and its key. A new environment of this name gets a new key
    /// under the old id (contract of `key_id`).
    fn delete_environment(&mut self, repository: &FullName, name: &str) -> Response<Bytes> {
        let owner = Owner::Environment { repository: repository.clone(), environment: name.to_owned() };
        if self.stores.remove(&Store { owner, family: Family::Actions }.to_string()).is_some() {
            self.values_changed += 1;
        }
        let id = self.environments.id(&format!("{}/{name}", repository.joined()));
        self.environment_settings.remove(&id);
        self.declarations.missing.insert(path(repository, name));
        no_content()
    }

    fn environment_json(&mut self, call: &Call<'_>, repository: &FullName, name: &str) -> Value {
        let full_name = self.repositories.spelling(&repository.joined());
        let key = format!("{full_name}/{name}");
        let (id, spelling) = (self.environments.id(&key), self.environments.spelling(&key));
        let name = spelling.splitn(3, '/').nth(2).unwrap_or(name);
        let settings = self.environment_settings.get(&id).cloned().unwrap_or_default();
        let timer = json!({
            "id": id + 1, "node_id": format!("GA_{id:x}"), "type": "wait_timer", "wait_timer": settings.wait_timer,
        });
        let branches = json!({ "id": id + 2, "node_id": format!("GA_{id:x}B"), "type": "branch_policy" });
        let rules =
            [(settings.wait_timer > 0, timer), (!settings.deployment_branch_policy.is_null(), branches)];
        let rules: Vec<Value> =
            rules.into_iter().filter(|(is_set, _)| *is_set).map(|(_, rule)| rule).collect();
        let filter = encoded(name);
        json!({
            "id": id,
            "node_id": format!("EN_{id:x}"),
            "name": name,
            "url": format!("{}/repos/{full_name}/environments/{filter}", call.base_url()),
            "html_url": format!("https://github.com/{full_name}/deployments/activity_log?environments_filter={filter}"),
            "created_at": seconds(settings.created_at),
            "updated_at": seconds(settings.updated_at),
            "protection_rules": rules,
            "deployment_branch_policy": settings.deployment_branch_policy,
        })
    }
}

/// Reads the branches that may deploy: all (`null`), protected ones, or those of a custom policy.
fn branch_policy(body: &Body) -> Result<Value, Refusal> {
    let policy = body.field("deployment_branch_policy");
    let switch = |name: &str| policy[name].as_bool();
    match (policy, switch("protected_branches"), switch("custom_branch_policies")) {
        (Value::Null, ..) => Ok(Value::Null),
        (_, Some(protected), Some(custom)) if protected != custom => {
            Ok(json!({ "protected_branches": protected, "custom_branch_policies": custom }))
        }
        (_, Some(_), Some(_)) => Err(Refusal::unprocessable(SAME_POLICY)),
        _ => Err(Refusal::invalid_request("For 'properties/deployment_branch_policy', it is not valid.")),
    }
}

fn path(repository: &FullName, environment: &str) -> String {
    format!("{repository}/environments/{}", canonical(environment))
}

/// The longest wait: 30 days in minutes (Create or update an environment).
const LONGEST_WAIT: u64 = 43_200;
const SAME_POLICY: &str = "`protected_branches` and `custom_branch_policies` cannot have the same value.";

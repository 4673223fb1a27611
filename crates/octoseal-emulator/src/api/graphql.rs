//! `POST /graphql`: the GitHub CLI's queries for repositories, their owners and the caller.

mod nodes;
mod reader;

use crate::api::answer::{Refusal, json};
use crate::api::call::Call;
use crate::api::store::FullName;
use crate::world::World;
use bytes::Bytes;
use http::{Response, StatusCode};
use reader::Field;
use serde_json::{Map, Value, json};

/// The reason why a field has no value.
enum Failure {
    /// The type does not have the field. GitHub then answers no part of the query.
    Undefined(Value),
    /// The object does not exist. The field is `null`.
    NotFound(Value),
}

impl World {
    /// Answers a query. Faults in it are `errors` in an answer 200.
    pub(crate) fn graphql_answer(&mut self, call: &Call<'_>) -> Result<Response<Bytes>, Refusal> {
        let bad = || Refusal::new(StatusCode::BAD_REQUEST, "Problems parsing JSON");
        let body: Value = serde_json::from_slice(call.request.body()).map_err(|_| bad())?;
        let Some(query) = body["query"].as_str() else {
            return Ok(answer(None, vec![json!({ "message": NO_QUERY })]));
        };
        let fields = match reader::read(query, &body["variables"]) {
            Ok(fields) => fields,
            Err(here) => return Ok(answer(None, vec![parse_error(&here)])),
        };
        if fields.iter().filter(|field| field.name == "repositoryOwner").count() > MOST_OWNERS {
            return Ok(answer(None, vec![json!({ "type": "MAX_NODE_LIMIT_EXCEEDED", "message": TOO_MANY })]));
        }
        let (mut data, mut errors) = (Map::new(), Vec::new());
        for field in &fields {
            let value = match self.root_field(call, field) {
                Ok(value) => value,
                Err(Failure::NotFound(error)) => {
                    errors.push(error);
                    Value::Null
                }
                Err(Failure::Undefined(error)) => return Ok(answer(None, vec![error])),
            };
            data.insert(field.key.clone(), value);
        }
        Ok(answer(Some(data), errors))
    }

    fn root_field(&mut self, call: &Call<'_>, field: &Field) -> Result<Value, Failure> {
        let node = match field.name.as_str() {
            "viewer" => self.viewer_node(call),
            "repository" => {
                let asked = FullName { owner: field.text("owner"), name: field.text("name") };
                let node = self.repository_node(call, &asked);
                node.ok_or_else(|| Failure::NotFound(not_found(&field.key, &asked)))?
            }
            "repositoryOwner" => self.owner_node(call, field),
            "__typename" => "Query".into(),
            unknown => return Err(Failure::Undefined(undefined(&["query"], "Query", unknown))),
        };
        selected(field, &node, &["query", &field.key])
    }
}

/// Returns the requested fields of an object.
fn selected(field: &Field, node: &Value, path: &[&str]) -> Result<Value, Failure> {
    let within = |node: &Value, field: &Field, path: &[&str]| selected(field, node, path);
    match node {
        Value::Array(nodes) => nodes.iter().map(|node| within(node, field, path)).collect(),
        Value::Object(values) => {
            let mut chosen = Map::new();
            for field in &field.fields {
                let kind = values.get("__typename").and_then(Value::as_str).unwrap_or_default();
                let undefined = || Failure::Undefined(undefined(path, kind, &field.name));
                let value = values.get(&field.name).ok_or_else(undefined)?;
                let path: Vec<&str> = path.iter().copied().chain([field.key.as_str()]).collect();
                chosen.insert(field.key.clone(), within(value, field, &path)?);
            }
            Ok(chosen.into())
        }
        leaf => Ok(leaf.clone()),
    }
}

fn undefined(path: &[&str], kind: &str, name: &str) -> Value {
    let path: Vec<&str> = path.iter().copied().chain([name]).collect();
    json!({
        "path": path,
        "extensions": { "code": "undefinedField", "typeName": kind, "fieldName": name },
        "message": format!("Field '{name}' doesn't exist on type '{kind}'"),
    })
}

fn not_found(key: &str, repository: &FullName) -> Value {
    let name = repository.joined();
    let message = format!("Could not resolve to a Repository with the name '{name}'.");
    json!({ "type": "NOT_FOUND", "path": [key], "message": message })
}

fn parse_error(here: &str) -> Value {
    json!({ "message": format!("Parse error on {here:?}") })
}

fn answer(data: Option<Map<String, Value>>, errors: Vec<Value>) -> Response<Bytes> {
    let mut body = Map::new();
    if let Some(data) = data {
        body.insert("data".to_owned(), data.into());
    }
    if !errors.is_empty() {
        body.insert("errors".to_owned(), errors.into());
    }
    json(StatusCode::OK, &body.into())
}

/// Maximum number of owners in one query, since each may list its repositories.
const MOST_OWNERS: usize = 50;

const TOO_MANY: &str = "This query asks for more nodes than the maximum limit allows.";
const NO_QUERY: &str = "A query attribute must be specified and must be a string.";

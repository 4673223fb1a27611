//! `POST /graphql`: the look-up of repositories' ids that the GitHub CLI sends, and little beside it.

mod reader;

use crate::api::answer::{Refusal, json};
use crate::api::call::Call;
use crate::api::route::Route;
use crate::api::store::FullName;
use crate::world::World;
use bytes::Bytes;
use http::{Response, StatusCode};
use reader::Field;
use serde_json::{Map, Value, json};

impl World {
    /// Answers a query; mistakes in it are `errors` in an answer 200.
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
        if let Some(error) = fields.iter().find_map(unknown_field) {
            return Ok(answer(None, vec![error]));
        }
        let (mut data, mut errors) = (Map::new(), Vec::new());
        for field in &fields {
            let value = self.root_field(call, field).unwrap_or_else(|error| {
                errors.push(error);
                Value::Null
            });
            data.insert(field.key.clone(), value);
        }
        Ok(answer(Some(data), errors))
    }

    fn root_field(&mut self, call: &Call<'_>, field: &Field) -> Result<Value, Value> {
        let (login, id) = self.caller(call);
        match field.name.as_str() {
            "viewer" => Ok(selected(field, "User", |name| match name {
                "databaseId" => id.into(),
                _ => login.clone().into(),
            })),
            "repository" => self.repository_field(call, field),
            _ => Ok("Query".into()),
        }
    }

    /// A repository by owner and name, if the caller may see it; an old name leads to the new one.
    fn repository_field(&mut self, call: &Call<'_>, field: &Field) -> Result<Value, Value> {
        let argument = |wanted: &str| {
            let found = field.arguments.iter().find(|(name, _)| name == wanted);
            found.and_then(|(_, value)| value.as_str()).unwrap_or_default().to_owned()
        };
        let asked = FullName { owner: argument("owner"), name: argument("name") };
        let renamed = self.declarations.new_name(&asked).and_then(FullName::split);
        let repository = renamed.unwrap_or_else(|| asked.clone());
        let route = Route::Repository(repository.clone());
        let named = !repository.owner.is_empty() && !repository.name.is_empty();
        let token = self.authenticate(call);
        let seen = named
            && self.declarations.exists(&route)
            && token.is_ok_and(|token| self.permit(token, &route).is_ok());
        if !seen {
            return Err(not_found(&field.key, &asked));
        }
        let id = self.repositories.id(&repository.joined());
        let spelling = self.repositories.spelling(&repository.joined());
        let (private, archived) =
            (self.declarations.is_private(&repository), self.declarations.is_archived(&repository));
        Ok(selected(field, "Repository", |name| match name {
            "databaseId" => id.into(),
            "id" => format!("R_{id:x}").into(),
            "isArchived" => archived.into(),
            "isPrivate" => private.into(),
            "nameWithOwner" => spelling.clone().into(),
            _ => spelling.split_once('/').map_or("", |(_, name)| name).into(),
        }))
    }
}

/// The fields of an object, by a function that knows all of [`KNOWN`]'s.
fn selected(field: &Field, kind: &str, value: impl Fn(&str) -> Value) -> Value {
    let one = |field: &Field| match field.name.as_str() {
        "__typename" => kind.into(),
        name => value(name),
    };
    field.fields.iter().map(|field| (field.key.clone(), one(field))).collect::<Map<_, _>>().into()
}

/// What each type has here.
const KNOWN: &[(&str, &[&str])] = &[
    ("repository", &["__typename", "databaseId", "id", "isArchived", "isPrivate", "name", "nameWithOwner"]),
    ("viewer", &["__typename", "databaseId", "login"]),
    ("__typename", &[]),
];

fn unknown_field(field: &Field) -> Option<Value> {
    let Some((_, known)) = KNOWN.iter().find(|(name, _)| *name == field.name) else {
        return Some(undefined(&["query"], "Query", &field.name));
    };
    let unknown = field.fields.iter().find(|field| !known.contains(&field.name.as_str()))?;
    let kind = if field.name == "viewer" { "User" } else { "Repository" };
    Some(undefined(&["query", &field.key], kind, &unknown.name))
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

const NO_QUERY: &str = "A query attribute must be specified and must be a string.";

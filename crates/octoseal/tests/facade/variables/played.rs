//! A transport that simulates one store of variables, with scripted faults.

use super::*;
use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;

/// The fault of a request.
#[derive(Clone, Copy, Debug)]
pub(super) enum Play {
    /// The request is done, and there is no answer.
    DoneAndLost,
    /// The request is done, and the answer has this status.
    DoneAnd(u16),
    /// The request is not done, and there is no answer.
    Lost,
    /// There is never an answer.
    Hangs,
}

#[derive(Default)]
struct State {
    variables: BTreeMap<String, Value>,
    sent: Vec<String>,
    plays: BTreeMap<&'static str, VecDeque<Play>>,
    forbids_after_a_post: bool,
    at_once: usize,
    most_at_once: usize,
}

#[derive(Default)]
pub(super) struct Played(Mutex<State>);

impl Played {
    pub(super) fn new() -> Arc<Self> {
        Arc::default()
    }

    pub(super) fn with(variables: &[(&str, &str)]) -> Arc<Self> {
        let played = Self::new();
        variables.iter().for_each(|(name, value)| played.insert(name, value));
        played
    }

    pub(super) fn insert(&self, name: &str, value: &str) {
        let variable = json!({ "name": name, "value": value });
        self.0.lock().unwrap().variables.insert(name.to_owned(), variable);
    }

    pub(super) fn client(self: &Arc<Self>) -> GitHub {
        let played = Arc::clone(self);
        let transport = move |request: Request<Bytes>| {
            let played = Arc::clone(&played);
            async move { played.answer(&request).await }
        };
        let builder = GitHub::builder().token("github_pat_test").transport(transport);
        builder.pacing(Profile::Unlimited).build().unwrap()
    }

    pub(super) fn next_post(&self, play: Play) {
        self.0.lock().unwrap().plays.entry("POST").or_default().push_back(play);
    }

    pub(super) fn next_patch(&self, play: Play) {
        self.0.lock().unwrap().plays.entry("PATCH").or_default().push_back(play);
    }

    pub(super) fn next_delete(&self, play: Play) {
        self.0.lock().unwrap().plays.entry("DELETE").or_default().push_back(play);
    }

    pub(super) fn forbid_after_a_post(&self) {
        self.0.lock().unwrap().forbids_after_a_post = true;
    }

    /// Lists the requests as `METHOD NAME status`.
    pub(super) fn sent(&self) -> Vec<String> {
        self.0.lock().unwrap().sent.clone()
    }

    pub(super) fn value(&self, name: &str) -> Option<String> {
        Some(self.0.lock().unwrap().variables.get(name)?["value"].as_str()?.to_owned())
    }

    pub(super) fn access(&self, name: &str) -> String {
        self.0.lock().unwrap().variables[name]["visibility"].as_str().unwrap().to_owned()
    }

    pub(super) fn most_at_once(&self) -> usize {
        self.0.lock().unwrap().most_at_once
    }

    async fn answer(&self, request: &Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let play = {
            let mut state = self.0.lock().unwrap();
            state.at_once += 1;
            state.most_at_once = state.most_at_once.max(state.at_once);
            let method = request.method().as_str();
            state.plays.get_mut(method).and_then(VecDeque::pop_front)
        };
        tokio::task::yield_now().await;
        if matches!(play, Some(Play::Hangs)) {
            return std::future::pending().await;
        }
        let mut state = self.0.lock().unwrap();
        state.at_once -= 1;
        let is_done = !matches!(play, Some(Play::Lost));
        let (status, body) = if is_done { state.perform(request) } else { (0, Value::Null) };
        let path = request.uri().path();
        let name = path.split_once("/variables/").map_or(String::new(), |(_, name)| format!(" {name}"));
        let status = match play {
            Some(Play::DoneAnd(status)) => status,
            None => status,
            Some(_) => 0,
        };
        let outcome = if status == 0 { "lost".to_owned() } else { status.to_string() };
        state.sent.push(format!("{}{name} {outcome}", request.method()));
        if status == 0 {
            return Err(TransportError::answer_lost("the cable is cut"));
        }
        Ok(Response::builder().status(status).body(body.to_string().into()).unwrap())
    }
}

impl State {
    fn perform(&mut self, request: &Request<Bytes>) -> (u16, Value) {
        let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        let (_, rest) = request.uri().path().split_once("/variables").unwrap();
        let name = rest.trim_start_matches('/').to_owned();
        if self.forbids_after_a_post && self.sent.iter().any(|sent| sent.starts_with("POST")) {
            return (403, json!({ "message": "Forbidden" }));
        }
        if name.contains('/') {
            return selection(request.method(), &name);
        }
        match (request.method(), self.variables.contains_key(&name)) {
            (&Method::GET, _) if name.is_empty() => {
                let all: Vec<&Value> = self.variables.values().collect();
                (200, json!({ "total_count": all.len(), "variables": all }))
            }
            (&Method::GET, true) => (200, self.variables[&name].clone()),
            (&Method::PATCH, true) => {
                let variable = self.variables.get_mut(&name).unwrap().as_object_mut().unwrap();
                variable.extend(body.as_object().unwrap().clone());
                (204, Value::Null)
            }
            (&Method::DELETE, true) => {
                self.variables.remove(&name);
                (204, Value::Null)
            }
            (&Method::POST, _) => {
                let name = body["name"].as_str().unwrap().to_owned();
                match self.variables.contains_key(&name) {
                    true => (409, json!({ "message": "Already exists - Variable already exists" })),
                    false => {
                        self.variables.insert(name, body);
                        (201, json!({}))
                    }
                }
            }
            _ => (
                404,
                json!({ "message": "Not Found", "documentation_url": "https://docs.github.com/rest/x#y" }),
            ),
        }
    }
}

fn selection(method: &Method, path: &str) -> (u16, Value) {
    match *method {
        Method::GET => {
            (200, json!({ "total_count": 1, "repositories": [{ "id": 7, "full_name": "acme/api" }] }))
        }
        _ if path.ends_with("/409") => (409, json!({ "message": "Conflict" })),
        _ => (204, Value::Null),
    }
}

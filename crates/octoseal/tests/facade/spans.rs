//! Traces of an operation: the documented fields, and no secrets.

use super::*;
use octoseal::{Repository, User};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

/// A span or an event of octoseal.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// `None` for an event.
    id: Option<u64>,
    name: String,
    parent: Option<String>,
    fields: BTreeMap<String, String>,
}

impl tracing::field::Visit for Seen {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn Debug) {
        self.fields.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

#[derive(Clone, Default)]
struct Capture(Arc<Mutex<Vec<Seen>>>);

impl Capture {
    fn named(&self, name: &str) -> Vec<Seen> {
        self.0.lock().unwrap().iter().filter(|seen| seen.name == name).cloned().collect()
    }
}

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Capture {
    fn on_new_span(&self, new: &tracing::span::Attributes<'_>, id: &tracing::Id, context: Context<'_, S>) {
        let parent = context.lookup_current().map(|span| span.name().to_owned());
        let name = new.metadata().name().to_owned();
        let mut seen = Seen { id: Some(id.into_u64()), name, parent, ..Seen::default() };
        new.record(&mut seen);
        self.0.lock().unwrap().push(seen);
    }

    fn on_record(&self, id: &tracing::Id, values: &tracing::span::Record<'_>, _: Context<'_, S>) {
        let mut all = self.0.lock().unwrap();
        let seen = all.iter_mut().rev().find(|seen| seen.id == Some(id.into_u64()));
        values.record(seen.unwrap());
    }

    fn on_event(&self, event: &tracing::Event<'_>, context: Context<'_, S>) {
        let parent = context.lookup_current().map(|span| span.name().to_owned());
        let mut seen = Seen { parent, ..Seen::default() };
        event.record(&mut seen);
        seen.name = seen.fields.remove("message").unwrap_or_default();
        self.0.lock().unwrap().push(seen);
    }
}

fn fields<'a>(seen: &'a Seen, names: &[&str]) -> Vec<&'a str> {
    names.iter().map(|name| seen.fields.get(*name).map_or("", String::as_str)).collect()
}

#[tokio::test(start_paused = true)]
async fn an_operation_traces_its_store_route_and_result_but_not_the_value() {
    let capture = Capture::default();
    // With a second subscriber, tracing asks every subscriber for its interest. See `leaking.rs`.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(capture.clone()));
    let emulator = recording::start().await;
    let github = client(&emulator, "ghp_canarytoken0123456789");
    let limit = http::Response::builder().status(429).header("retry-after", "30").body("{}".into()).unwrap();
    emulator.script(Script::new(Fault::Answer(limit)).method(http::Method::PUT));
    let value = SecretValue::from("canary-value-0123456789");
    github.secrets(User.store()).put(&name(), &value, []).await.unwrap();
    github.send(Repository::new("octo", "hello").unwrap().look_up()).await.unwrap();

    let operations = capture.named("operation");
    let traced: Vec<_> =
        operations.iter().map(|seen| fields(seen, &["operation", "store", "status"])).collect();
    assert_eq!(
        traced,
        [
            ["GET /user/codespaces/secrets/public-key", CODESPACES, "200"],
            ["PUT /user/codespaces/secrets/{secret_name}", CODESPACES, "201"],
            ["GET /repos/{owner}/{repo}", "", "200"],
        ]
    );
    let known = ["operation", "store", "status", "request_id"];
    for seen in &operations {
        assert!(seen.fields.keys().all(|field| known.contains(&field.as_str())), "{seen:?}");
        assert!(!fields(seen, &["request_id"])[0].is_empty(), "{seen:?}");
    }
    let attempts = capture.named("attempt");
    let traced: Vec<_> = attempts.iter().map(|seen| fields(seen, &["method", "attempt", "status"])).collect();
    assert_eq!(traced, [["GET", "1", "200"], ["PUT", "1", "429"], ["PUT", "2", "201"], ["GET", "1", "200"]]);
    let waits = capture.named("waits");
    assert_eq!(waits.len(), 1);
    assert_eq!(fields(&waits[0], &["reason"]), ["GitHub asked to wait"]);
    for inner in attempts.iter().chain(&waits) {
        assert_eq!(inner.parent.as_deref(), Some("operation"));
    }
    leaks_nothing(&capture, &emulator);
}

fn leaks_nothing(capture: &Capture, emulator: &Emulator) {
    let text = format!("{:?}", capture.0.lock().unwrap());
    let written = emulator.requests();
    let sealed = written.iter().find_map(|sent| sent.body.as_ref()?["encrypted_value"].as_str());
    assert!(text.contains("public-key"));
    for canary in ["canary", "NPM_TOKEN", sealed.unwrap()] {
        assert!(!text.contains(canary), "{canary} in {text}");
    }
}

//! Canaries: a value and a token appear in no span, event, error or `Debug`, whatever happens.

use super::*;
use octoseal::User;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

const VALUE: &str = "canary-value-0123456789abcdef";
const TOKEN: &str = "ghp_canarytoken0123456789abcdef";

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Captured {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_value_and_no_token_leaves_by_any_way() {
    let captured = Captured::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(captured.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let emulator = Emulator::start().await.unwrap();
    let github = client(&emulator, TOKEN);
    let secrets = github.secrets(User.store());
    let value = SecretValue::from(VALUE);
    secrets.put(&name(), &value, []).await.unwrap();
    // A server that repeats everything it was sent, with every status there is.
    for status in [200, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503] {
        let echo = format!(r#"{{"message":"{VALUE}"}}"#).replace(VALUE, "was refused");
        let response = http::Response::builder().status(status).body(echo.into()).unwrap();
        emulator.script(Script::new(Fault::Answer(response)).method(http::Method::PUT).times(3));
        let error = secrets.put(&name(), &value, []).await.unwrap_err();
        writeln!(captured.clone(), "{error} {error:?}").unwrap();
    }
    for fault in [Fault::Reset, Fault::Close] {
        emulator.script(Script::new(fault).method(http::Method::PUT).times(3));
        let error = secrets.put(&name(), &value, []).await.unwrap_err();
        writeln!(captured.clone(), "{error} {error:?}").unwrap();
    }
    writeln!(captured.clone(), "{github:?} {secrets:?} {value:?} {:?}", GitHub::builder().build()).unwrap();

    let text = String::from_utf8_lossy(&captured.0.lock().unwrap()).into_owned();
    assert!(
        text.contains("/user/codespaces/secrets/{secret_name}"),
        "the transport's spans are in it: {text}"
    );
    let sealed = emulator
        .requests()
        .iter()
        .find_map(|request| Some(request.body.as_ref()?["encrypted_value"].as_str()?.to_owned()));
    for canary in [VALUE, TOKEN, "canary", &sealed.unwrap()] {
        assert!(!text.contains(canary), "{canary}");
    }
}

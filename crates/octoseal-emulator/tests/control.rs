//! The control interface: a test in any language declares, resets and reads the recorded requests.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use octoseal_crypto::PublicKey;
use octoseal_emulator::{Emulator, World};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const STORE: &str = "repos/octo/hello/actions";

struct Session(Emulator);

impl Session {
    async fn start(world: &str) -> Self {
        let world = World::from_toml(world).unwrap();
        Self(Emulator::builder().world(world).control().start().await.unwrap())
    }

    async fn send(&self, token: &str, method: &str, path: &str, body: &str) -> (u16, Value) {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: test\r\nAuthorization: Bearer {token}\r\n\
             Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(self.0.address()).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap_or_default())
    }

    async fn control(&self, method: &str, operation: &str, body: &str) -> (u16, Value) {
        let token = self.0.control_token().unwrap();
        self.send(token, method, &format!("/_octoseal/{operation}"), body).await
    }

    async fn github(&self, method: &str, path: &str, body: &str) -> u16 {
        self.send("ghp_any", method, path, body).await.0
    }

    async fn put(&self, name: &str, value: &[u8]) -> u16 {
        let (_, key) = self.send("ghp_any", "GET", &format!("/{STORE}/secrets/public-key"), "").await;
        let public_key: PublicKey = key["key"].as_str().unwrap().parse().unwrap();
        let sealed = public_key.seal_base64(value).unwrap();
        let body = json!({ "key_id": key["key_id"], "encrypted_value": sealed }).to_string();
        self.github("PUT", &format!("/{STORE}/secrets/{name}"), &body).await
    }
}

#[tokio::test]
async fn recorded_requests_and_opened_values_can_be_read() {
    let session = Session::start("").await;
    assert_eq!(session.put("name", b"hunter2").await, 201);
    let (status, opened) = session.control("GET", "opened", "").await;
    assert_eq!((status, opened), (200, json!({ STORE: { "NAME": "aHVudGVyMg==" } })));
    let (_, requests) = session.control("GET", "requests", "").await;
    assert_eq!(requests.as_array().unwrap().len(), 2, "requests to the interface are not among them");
    let put = &requests[1];
    assert_eq!((&put["method"], &put["status"]), (&json!("PUT"), &json!(201)));
    assert!(put["body"]["encrypted_value"].is_string());
    assert!(put["headers"].as_array().unwrap().contains(&json!(["authorization", "redacted"])));
}

#[tokio::test]
async fn declarations_and_faults_are_added_at_run_time_and_a_reset_reverts_them() {
    let session = Session::start("[[repository]]\nname = \"octo/hello\"").await;
    assert_eq!(session.github("GET", "/repos/octo/late", "").await, 404);
    let text = "missing = [\"orgs/ghost\"]\nlimits = \"none\"\n[[repository]]\nname = \"octo/late\"\n[[fault]]\nstatus = 502";
    assert_eq!(session.control("POST", "declare", text).await.0, 204);
    assert_eq!(session.github("GET", "/repos/octo/late", "").await, 502);
    assert_eq!(session.github("GET", "/repos/octo/late", "").await, 200);
    assert_eq!(session.github("GET", "/orgs/ghost", "").await, 404);
    assert_eq!(session.put("NAME", b"value").await, 201);
    assert_eq!(session.control("POST", "reset", "").await.0, 204);
    assert_eq!(session.control("GET", "opened", "").await.1, json!({}));
    assert_eq!(session.control("GET", "requests", "").await.1, json!([]));
    for (path, status) in [("/repos/octo/late", 404), ("/orgs/ghost", 200), ("/repos/octo/hello", 200)] {
        assert_eq!(session.github("GET", path, "").await, status, "{path}");
    }
    let (_, limit) = session.send("ghp_any", "GET", "/rate_limit", "").await;
    assert_eq!(limit["rate"]["used"], 3, "the limits are those of the start, and nothing was used before");
}

#[tokio::test]
async fn a_reset_restores_the_faults_of_the_start() {
    let session = Session::start("[[fault]]\nstatus = 500").await;
    for _ in 0..2 {
        assert_eq!(session.github("GET", "/user", "").await, 500);
        assert_eq!(session.github("GET", "/user", "").await, 200);
        session.control("POST", "reset", "").await;
    }
}

#[tokio::test]
async fn a_declaration_with_a_mistake_declares_nothing_and_reports_its_position() {
    let session = Session::start("").await;
    let text =
        "strict = true\n[[repository]]\nname = \"octo/one\"\n[[token]]\ntoken = \"ghs_x\"\nscopes = []";
    let (status, body) = session.control("POST", "declare", text).await;
    assert_eq!((status, &body["line"], &body["column"]), (422, &json!(5), &json!(9)));
    assert!(body["message"].as_str().unwrap().contains("`permissions`"), "{body}");
    assert_eq!(session.github("GET", "/repos/octo/other", "").await, 200);
}

#[tokio::test]
async fn keys_are_rotated_under_a_new_id_or_the_old_one() {
    let session = Session::start("").await;
    let path = format!("/{STORE}/secrets/public-key");
    let (_, first) = session.send("ghp_any", "GET", &path, "").await;
    for (keep_id, same) in [(false, false), (true, true)] {
        let (_, before) = session.send("ghp_any", "GET", &path, "").await;
        let body = json!({ "store": STORE, "keep_id": keep_id }).to_string();
        let (status, rotated) = session.control("POST", "rotate", &body).await;
        let (_, after) = session.send("ghp_any", "GET", &path, "").await;
        assert_eq!((status, &rotated["key_id"]), (200, &after["key_id"]));
        assert_eq!(before["key_id"] == after["key_id"], same);
        assert_ne!(after["key"], first["key"]);
    }
    assert_eq!(session.control("POST", "rotate", "{\"store\": \"orgs\"}").await.0, 422);
}

#[tokio::test]
async fn the_interface_needs_its_token_and_is_off_by_default() {
    let session = Session::start("").await;
    let token = session.0.control_token().unwrap().to_owned();
    assert!(token.len() > 50, "{token}");
    for wrong in ["", "ghp_any", &token[1..], &format!("{token}x")] {
        assert_eq!(session.send(wrong, "GET", "/_octoseal/opened", "").await.0, 401, "{wrong}");
    }
    assert_eq!(session.control("GET", "reset", "").await.0, 404);
    assert!(!format!("{:?}", session.0).contains(&token));
    let closed = Session(Emulator::start().await.unwrap());
    assert_eq!(closed.0.control_token(), None);
    assert_eq!(closed.send(&token, "GET", "/_octoseal/opened", "").await.0, 404);
}

//! GitHub's secrets API in one process, opening every sealed box.
//!
//! You are in the right crate if you test something that writes GitHub secrets and want to know that GitHub could read
//! them: no token, no network, and the plaintext at the other end. It is an oracle, not a mirror: it shares no code
//! with a client, and says only what GitHub publishes or was seen to say.
//!
//! ```
//! use bytes::Bytes;
//! use http::{Request, StatusCode};
//! use octoseal_emulator::World;
//! use std::time::SystemTime;
//!
//! let mut world = World::new();
//! let request = |method: &str, path: &str, body: String| {
//!     let builder = Request::builder().method(method).uri(path).header("user-agent", "example");
//!     builder.header("authorization", "Bearer ghp_any").body(Bytes::from(body))
//! };
//!
//! // As a client does: ask for the key, seal, put.
//! let path = "/user/codespaces/secrets/public-key";
//! let answer = world.handle(SystemTime::now(), &request("GET", path, String::new())?);
//! let key: serde_json::Value = serde_json::from_slice(answer.body())?;
//! let public_key: octoseal_crypto::PublicKey = key["key"].as_str().unwrap_or_default().parse()?;
//! let encrypted_value = public_key.seal_base64(b"s3cr3t")?;
//! let body = serde_json::json!({ "key_id": key["key_id"], "encrypted_value": encrypted_value }).to_string();
//! let answer = world.handle(SystemTime::now(), &request("PUT", "/user/codespaces/secrets/npm_token", body)?);
//!
//! assert_eq!(answer.status(), StatusCode::CREATED);
//! let opened = world.opened_value("user/codespaces", "NPM_TOKEN").ok_or("nothing was stored")?;
//! assert_eq!(opened.expose(), b"s3cr3t");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! * [`World`] is the API without I/O: requests in, answers out. Declarations are made on it.
//! * [`Emulator`] is a world behind a socket of 127.0.0.1; [`Builder`] starts one with a clock, a log or a keys file.
//! * [`Script`] and [`Fault`] let things go wrong; [`RecordedRequest`] tells what arrived.
//! * [`OpenedValue`] and [`StoredSecret`] are what is stored.
//!
//! # How it behaves
//!
//! * Stores are named by path: `user/codespaces`, `repos/octo/hello/actions`, `repos/octo/hello/environments/prod`,
//!   `orgs/acme/dependabot`. Names in it are the same in any case; in an environment's name `/` is written `%2F`.
//! * Each store has a key pair of its own, made when first asked for. **One `key_id` names many of them**, as at
//!   GitHub.
//! * Everything exists and every token is good, until something else is declared. An undeclared token may do whatever
//!   its kind can: `ghs_` has no person behind it, so `user/codespaces` stays closed to it.
//! * 5,000 requests an hour, then 403, as at GitHub; [`World::rate_limit`] changes the number.
//! * A repository's numeric id is derived from its name: the same in every run.
//! * `/api/v3` may stand before every path, and `/repositories/{id}` and `/organizations/{id}` for names that
//!   were used.
//!
//! # Who is let in
//!
//! * [`Emulator`] binds to loopback addresses only, and answers 421 unless `Host` (or an absolute target) is a loopback
//!   address, `localhost` or `*.localhost`, with any port: no web page gets in by DNS rebinding. [`World`] never checks.
//! * 256 connections at a time; further ones wait. A connection has 30 seconds for its next request, then is closed, and
//!   30 more for that request's body, then gets 408: real seconds, so that tokio's paused time ends no connection.
//! * [`Emulator::requests`] keeps 10,000 requests and 64 MiB at most.
//!
//! # Features
//!
//! | feature | what it adds | what it needs |
//! |---|---|---|
//! | `sodiumoxide` (default) | opens boxes with libsodium | a C compiler, `make`, a POSIX shell |
//! | `rustcrypto` | opens boxes in pure Rust | nothing but Rust |
//!
//! One of them must be on. With both on libsodium opens.
//!
//! # Guesses
//!
//! Nobody has published what GitHub says in these cases, so do not build on them:
//!
//! * 422 "Value is too large." for more than 49,152 bytes of plaintext; whether GitHub counts plaintext is unknown
//!   as well.
//! * 422 "Secret names must not start with GITHUB_." (the web page's words), and any check of a name before the box.
//! * 422 for a `key_id` that is not the store's current one, in the words for a box that does not open.
//! * That Codespaces, Dependabot and Agents check the box at all, as Actions does.
//! * 422 if `key_id` or `encrypted_value` is missing where the description requires neither; several missing fields
//!   in one message; the words for a wrong type of `key_id` and for an unknown visibility.
//! * Ids sent with a visibility other than `selected` are checked and dropped; a user's write without ids clears them.
//! * The ids of no declared repository: 422 in a list, 404 in a path. Removing what is not selected: 204.
//! * 409 is `{"message": "Conflict", …}`; *listing* selected repositories of another visibility is empty, not 409.
//! * A classic token without its scope: 404 at the user's store and private repositories, 403 at public ones.
//! * An installation token at an organization's Codespaces secrets: 403, from `enabledForGitHubApps`.
//! * 307 for a write to a repository's old name says "Moved Permanently", as the 301 for a read does.
//! * 400 for an unknown API version names both versions in this form; 413 for a body of more than 1 MiB.
//! * The order in which several mistakes of one request are found, and of listings: by name.
//!
//! # What it does not do
//!
//! Variables, private registries, audit-log streams, `ETag`, secondary rate limits (a [`Script`] can say 403), limits
//! on the number of secrets, HTTP/2, TLS. Reads are never stale. There is one caller and one quota, whatever the token.

mod access;
mod answer;
mod body;
mod builder;
mod call;
mod declarations;
mod desk;
mod documentation;
mod emulator;
mod host;
mod journal;
mod keys;
mod listing;
mod log;
mod opened;
mod patience;
mod permission;
mod quota;
mod registry;
mod render;
mod route;
mod script;
mod secrets;
mod selected;
mod server;
mod store;
mod support;
mod token;
mod world;

pub use access::Access;
pub use builder::Builder;
pub use emulator::Emulator;
pub use journal::RecordedRequest;
pub use opened::{OpenedValue, StoredSecret};
pub use script::{Fault, Script};
pub use store::UnknownStore;
pub use world::World;

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct ReadmeExamples;

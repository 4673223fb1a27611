//! GitHub's secrets and variables API in one process, opening every sealed box.
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
//! * [`World`] is the API without I/O: requests in, answers out. Declarations are made on it, or read from a file by
//!   [`World::from_toml`].
//! * [`App`] is a GitHub App, with each [`Installation`] that tokens are made for.
//! * [`Emulator`] is a world behind a socket of 127.0.0.1; [`Builder`] starts one with a clock or a log, and tells of keys and opened values.
//! * [`Limits`] are GitHub's rate limits, off or on.
//! * [`Script`] and [`Fault`] let things go wrong; [`RecordedRequest`] tells what arrived.
//! * [`OpenedValue`] and [`StoredSecret`] are what is stored.
//!
//! # How it behaves
//!
//! * Names of owners, repositories and secrets are ASCII: no other letter ever becomes one of theirs.
//! * Stores are named by path: `user/codespaces`, `repos/octo/hello/actions`, `repos/octo/hello/environments/prod`,
//!   `orgs/acme/dependabot`. Names in it are the same in any case; in an environment's name `/` is written `%2F`.
//! * Each store has a key pair of its own, made when first asked for. **One `key_id` names many of them**, as at
//!   GitHub.
//! * Everything exists and every token is good, until something else is declared. An undeclared token may do whatever
//!   its kind can: `ghs_` has no person behind it, so `user/codespaces` stays closed to it.
//! * 5,000 requests an hour for each token, then 403, as at GitHub. [`World::limits`] declares other limits: points a
//!   minute, requests at the same time, content, blocks, regions; [`World::rejected`] counts what they refused.
//! * Limits follow the clock, which is the system's at the start and goes on with tokio's, paused or not; see
//!   [`Builder::clock_from`] and [`Builder::clock`].
//! * A store takes 100 secrets, or 1,000, and 100, 500 or 1,000 variables ([`World::count_limits`]). A page of variables has
//!   10 of them, and 30 at most.
//! * Reads are fresh, unless [`World::stale_requests`] or [`World::stale_time`] make them lag behind writes.
//! * What is read has an `ETag`; whoever names it in `If-None-Match` gets 304, not counted against the primary limit.
//! * A repository's numeric id is derived from its name: the same in every run.
//! * `/api/v3` may stand before every path, and `/repositories/{id}`, `/organizations/{id}` and `/user/{id}` for names
//!   that were used.
//! * Besides the secrets it answers what clients look up around them: environments (also created and deleted), the
//!   repository, its topics and custom properties, the repositories of an organization, a user, the caller and an
//!   installation, the custom properties of an organization, `GET /`, `GET /app`, `GET /user`, `GET /orgs/{org}`. A
//!   listing has what was declared, created, or named in a request.
//! * What is not emulated is 404 with the header `x-octoseal-emulator: not-emulated` and a message that says so;
//!   [`World::not_emulated`] and the log count such requests.
//!
//! # Who is let in
//!
//! * [`Emulator`] binds to loopback addresses only, and answers 421 unless `Host` (or an absolute target) is a loopback
//!   address, `localhost` or `*.localhost`, with any port: no web page gets in by DNS rebinding. [`World`] never checks.
//! * 256 connections at a time; a further one takes the place of the one that is idle for the longest time, and waits only
//!   if all are busy. A connection has 30 seconds for its next request, then is closed, and
//!   30 more for that request's body, then gets 408: real seconds, so that tokio's paused time ends no connection.
//! * [`Emulator::requests`] keeps 10,000 requests and 64 MiB at most.
//!
//! # The control interface
//!
//! With [`Builder::control`] the paths below [`Emulator::control_url`] belong to the test, which sends
//! [`Emulator::control_token`] as a bearer token:
//!
//! | request | what it does |
//! |---|---|
//! | `POST declare` | adds what the body declares, in TOML; 422 with `message`, `line` and `column`, and then nothing |
//! | `POST rotate` | `{"store": "orgs/acme/actions", "keep_id": false}` replaces a key; 200 with `key_id` |
//! | `POST reset` | goes back to the world of the start and forgets every request |
//! | `GET opened` | `{STORE: {NAME: the value in base64}}` |
//! | `GET requests` | `number`, `method`, `target`, `headers`, `body` and `status` of each |
//!
//! # Features
//!
//! | feature | what it adds | what it needs |
//! |---|---|---|
//! | `libsodium` (default) | opens boxes with libsodium | a C compiler, `make`, a POSIX shell |
//! | `rustcrypto` | opens boxes in pure Rust | nothing but Rust |
//! | `apps` (default) | GitHub Apps: [`App::new`] | a C compiler |
//! | `tls` | HTTPS: `Builder::tls` and [`Emulator::ca_pem`] | the platform's TLS library, a C compiler |
//!
//! One of the first two must be on. With both on libsodium opens.
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
//! * The ids of no declared repository, and at an organization's secret those of another owner's repository: 422 in a
//!   list, 404 in a path. Removing what is not selected: 204.
//! * 409 is `{"message": "Conflict", …}`; *listing* selected repositories of another visibility is empty, not 409.
//! * A classic token without its scope: 404 at the user's store and private repositories, 403 at public ones.
//! * An installation token at an organization's Codespaces secrets: 403, from `enabledForGitHubApps`.
//! * 307 for a write to a repository's old name says "Moved Permanently", as the 301 for a read does.
//! * 400 for an unknown API version names both versions in this form; 413 for a body of more than 1 MiB.
//! * 422 "Secrets limit reached: …" for one secret too many; 1,000 and 100 for Agents and Dependabot, as for Actions.
//! * Secondary limits: that they are counted over all operations of a token and not for each, within sliding windows;
//!   that a block lasts 60 seconds, and after a content limit stops writes only; that what is refused costs nothing;
//!   that a 304 costs its point; that the primary limit is looked at last, and when it is spent refuses what could be
//!   a 304.
//! * Two regions that each count only what they answer; which headers a 304 has.
//! * Without a primary limit, 404 "Rate limiting is not enabled." at `/rate_limit`.
//! * 403 "Repository was archived so is read-only." for every write to an archived repository's secrets.
//! * Apps: all words for a JSON web token that is not believed, in part from reports; that one is refused everywhere
//!   but at the App's own operations; 60 seconds of drift for `iat`; 422 for a token with more than the installation
//!   has; 404 at a private repository and 403 elsewhere for what an installation token does not reach.
//! * A classic token that an organization forbids: that OAuth tokens (`gho_`) are not meant. A token of a suspended
//!   installation: the words that GitHub has for an App that asks for one.
//! * 422 for an environment's settings that GitHub's description forbids, and the words of it; that classic tokens need no
//!   scope to read an organization's custom properties.
//! * Variables: the words for a name, a value or a number of them that GitHub refuses (as for secrets); 409 for a new name
//!   that is taken; that an update of the visibility alone keeps the selected repositories.
//! * GraphQL: the words of its errors, which have no `locations`.
//! * The order in which several mistakes of one request are found, and of listings: by name.
//!
//! # What it does not do
//!
//! Private registries, audit-log streams, the limits on processor time and on GraphQL, HTTP/2, and of GraphQL
//! all but `viewer`, `repository` and `repositoryOwner`. Reviewers of environments are not kept. The parameters `sort` and
//! `direction` of listings are ignored. Every user has the same `user/codespaces`, and membership is not known: who may
//! do something is up to the token's scopes and permissions alone. Nobody is banned.

mod api;
mod builder;
mod credential;
mod emulator;
mod limits;
mod record;
mod server;
mod world;
mod world_file;

pub use api::access::Access;
pub use api::store_path::UnknownStore;
pub use builder::Builder;
pub use credential::app::{App, BadPublicKey, Installation};
pub use emulator::Emulator;
pub use limits::Limits;
pub use record::journal::RecordedRequest;
pub use world::World;
pub use world::changing_listings::BetweenPages;
pub use world::declarations::PropertyValue;
pub use world::fault_script::{Fault, Script};
pub use world::opened::{OpenedValue, StoredSecret};
pub use world_file::WorldFileError;

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct ReadmeExamples;

//! GitHub's secrets and variables API in one process, which opens every sealed box.
//!
//! Use this crate to test a program that writes GitHub secrets, and to check that GitHub could read them. It
//! needs no token and no network, and it shows the plaintext. It shares no code with a client, and answers
//! only as GitHub's documentation and real answers do.
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
//! // As a client does: get the key, seal, put.
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
//! * [`World`] is the API without I/O: requests in, answers out. Declare its content with methods, or read it
//!   from a file with [`World::from_toml`].
//! * [`App`] is a GitHub App, with an [`Installation`] for each account.
//! * [`Emulator`] is a world behind a socket of 127.0.0.1. [`Builder`] starts it, and sets a clock, a log and
//!   callbacks.
//! * [`Limits`] are GitHub's rate limits, off or on.
//! * [`Script`] and [`Fault`] inject faults. [`RecordedRequest`] is a request that arrived.
//! * [`OpenedValue`] and [`StoredSecret`] are the stored secrets.
//!
//! # How it behaves
//!
//! * Names of owners, repositories and secrets are ASCII. No other letter is folded to an ASCII letter.
//! * Stores are named by path: `user/codespaces`, `repos/octo/hello/actions`,
//!   `repos/octo/hello/environments/prod`, `orgs/acme/dependabot`. Case is ignored. In an environment's name
//!   `/` is written `%2F`.
//! * Each store has its own key pair, created at the first request for it. **Several stores share one
//!   `key_id`**, as at GitHub.
//! * By default everything exists and every token is valid. An undeclared token may do whatever its kind can:
//!   `ghs_` belongs to no user, so `user/codespaces` refuses it.
//! * Each token has 5,000 requests an hour, then 403, as at GitHub. [`World::limits`] declares other limits:
//!   points a minute, concurrent requests, content, blocks, regions. [`World::rejected`] counts the requests
//!   that they refused.
//! * Limits follow the clock. It starts at the system's time and runs with tokio's clock, paused or not. See
//!   [`Builder::clock_from`] and [`Builder::clock`].
//! * A store has at most 100 or 1,000 secrets, and 100, 500 or 1,000 variables ([`World::count_limits`]). A
//!   page has 10 variables by default and 30 at most.
//! * Reads are fresh, unless [`World::stale_requests`] or [`World::stale_time`] delay them.
//! * Answers to reads have an `ETag`. A request with it in `If-None-Match` gets 304, which does not count
//!   against the primary limit.
//! * A repository's numeric id is derived from its name, so it is the same in every run.
//! * Every path may have the prefix `/api/v3`. `/repositories/{id}`, `/organizations/{id}` and `/user/{id}`
//!   work for names that were used before.
//! * It also emulates the look-ups of clients: environments (with creation and deletion), the repository, its
//!   topics and custom properties, the repositories of an organization, a user, the caller and an
//!   installation, the custom properties of an organization, `GET /`, `GET /app`, `GET /user`, `GET
//!   /orgs/{org}`. A listing has everything that was declared, created, or named in a request.
//! * Other operations are 404 with the header `x-octoseal-emulator: not-emulated` and a message that says the
//!   same. [`World::not_emulated`] and the log count such requests.
//!
//! # Who has access
//!
//! * [`Emulator`] binds to loopback addresses only. It answers 421 unless `Host` (or an absolute target) is a
//!   loopback address, `localhost` or `*.localhost`, with any port. So no web page has access by DNS
//!   rebinding. [`World`] never checks the host.
//! * It has at most 256 connections. A further connection replaces the one that is idle for the longest time,
//!   and waits only if all are busy. A connection is closed after 30 seconds without a request. A request
//!   whose body takes longer than 30 seconds gets 408. Both use real time, so tokio's paused time ends no
//!   connection.
//! * [`Emulator::requests`] keeps 10,000 requests and 64 MiB at most.
//!
//! # The control interface
//!
//! With [`Builder::control`] the paths below [`Emulator::control_url`] control the emulator. A test sends
//! [`Emulator::control_token`] as a bearer token:
//!
//! | request | effect |
//! |---|---|
//! | `POST declare` | adds the declarations of the body, in TOML; on a mistake 422 with `message`, `line` and `column`, and no declaration |
//! | `POST rotate` | `{"store": "orgs/acme/actions", "keep_id": false}` replaces a key; 200 with `key_id` |
//! | `POST reset` | restores the world of the start and deletes the recorded requests |
//! | `GET opened` | `{STORE: {NAME: the value in base64}}` |
//! | `GET requests` | `number`, `method`, `target`, `headers`, `body` and `status` of each |
//!
//! # Features
//!
//! | feature | effect | requirements |
//! |---|---|---|
//! | `libsodium` (default) | opens boxes with libsodium | a C compiler, `make`, a POSIX shell |
//! | `rustcrypto` | opens boxes in pure Rust | Rust only |
//! | `apps` (default) | GitHub Apps: [`App::new`] | a C compiler |
//! | `tls` | HTTPS: `Builder::tls` and [`Emulator::ca_pem`] | the platform's TLS library, a C compiler |
//!
//! One of the first two must be on. With both on, libsodium opens.
//!
//! # Guesses
//!
//! GitHub does not document its answers in these cases, so do not rely on them:
//!
//! * 422 "Value is too large." for more than 49,152 bytes of plaintext. It is also unknown whether GitHub
//!   counts plaintext.
//! * 422 "Secret names must not start with GITHUB_." (the web page's words), and any check of a name before
//!   the box.
//! * 422 for a `key_id` that is not the store's current one, with the message for a box that does not open.
//! * That Codespaces, Dependabot and Agents check the box at all, as Actions does.
//! * 422 if `key_id` or `encrypted_value` is missing where the description requires neither; several missing
//!   fields in one message; the messages for a wrong type of `key_id` and for an unknown visibility.
//! * Ids sent with a visibility other than `selected` are checked and dropped. A user's write without ids
//!   clears them.
//! * Ids of undeclared repositories, and at an organization's secret those of another owner's repository: 422
//!   in a list, 404 in a path. Removing a repository that is not selected: 204.
//! * 409 is `{"message": "Conflict", …}`. *Listing* the selected repositories of another visibility is empty,
//!   not 409.
//! * A classic token without its scope: 404 at the user's store and private repositories, 403 at public ones.
//! * An installation token at an organization's Codespaces secrets: 403, from `enabledForGitHubApps`.
//! * 307 for a write to a repository's old name says "Moved Permanently", as the 301 for a read does.
//! * 400 for an unknown API version names both versions in this form; 413 for a body of more than 1 MiB.
//! * 422 "Secrets limit reached: …" above the maximum number of secrets; 1,000 and 100 for Agents and
//!   Dependabot, as for Actions.
//! * Secondary limits: they count all operations of a token together, in sliding windows. A block lasts 60
//!   seconds, and after a content limit stops writes only. Refused requests cost nothing. A 304 costs its
//!   point. The primary limit is checked last, and when it is used up it also refuses requests that could be
//!   a 304.
//! * Two regions that each count only their own answers; the headers of a 304.
//! * Without a primary limit, 404 "Rate limiting is not enabled." at `/rate_limit`.
//! * 403 "Repository was archived so is read-only." for every write to an archived repository's secrets.
//! * Apps: all messages for an invalid JSON web token, in part from reports. A JSON web token is refused
//!   everywhere but at the App's own operations. 60 seconds of drift for `iat`. 422 for a token with more
//!   than the installation has. A repository outside the installation is 404 if it is private and 403
//!   otherwise.
//! * A classic token that an organization forbids: OAuth tokens (`gho_`) are still accepted. A token of a
//!   suspended installation: GitHub's message for an App that requests a token.
//! * 422 for an environment's settings that GitHub's description forbids, and its message. Classic tokens
//!   need no scope to read an organization's custom properties.
//! * Variables: the messages for a name, a value or a number of variables that GitHub refuses (as for
//!   secrets); 409 for a new name that is already used; an update of the visibility alone keeps the selected
//!   repositories.
//! * GraphQL: the messages of its errors, which have no `locations`.
//! * The order in which several mistakes of one request are found, and the order of listings: by name.
//!
//! # Limitations
//!
//! It has no private registries, audit-log streams, limits on processor time and on GraphQL, or HTTP/2.
//! GraphQL has only `viewer`, `repository` and `repositoryOwner`. Reviewers of environments are not stored.
//! The parameters `sort` and `direction` of listings are ignored. Every user has the same `user/codespaces`.
//! Membership is not emulated: permissions depend on the token's scopes and permissions alone. No user is
//! ever banned.

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

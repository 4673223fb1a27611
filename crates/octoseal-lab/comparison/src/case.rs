//! Failure cases: one failure each, the same for every contestant.

use http::{Method, Response, StatusCode};
use octoseal_emulator::{Emulator, Fault, Limits, Script, World};
use std::time::Duration;

/// The number of secrets to put, one after the other.
pub(crate) const SECRETS: usize = 5;

/// One failure case.
pub(crate) struct Case {
    pub(crate) title: &'static str,
    /// Prepares the emulator before the first secret. The second emulator is another host.
    pub(crate) before: fn(&Emulator, &Emulator),
    /// Changes the emulator after the second secret.
    pub(crate) amid: fn(&Emulator),
    /// The prefix of the secrets' names.
    pub(crate) prefix: &'static str,
}

const NOTHING: Case =
    Case { title: "nothing goes wrong", before: |_, _| {}, amid: |_| {}, prefix: "NPM_TOKEN_" };

pub(crate) const CASES: &[Case] = &[
    NOTHING,
    Case {
        title: "GitHub changes the public key after two secrets",
        amid: |github| {
            github.rotate_key("repos/octo/hello/actions").expect("it is the path of a store");
        },
        ..NOTHING
    },
    Case {
        title: "two writes a minute are allowed; then 403 with `retry-after: 60`",
        before: |github, _| limit(github, Limits::none().content(2, None)),
        ..NOTHING
    },
    Case {
        title: "the same limit with 429",
        before: |github, _| {
            limit(github, Limits::none().content(2, None).status(StatusCode::TOO_MANY_REQUESTS));
        },
        ..NOTHING
    },
    Case {
        title: "four requests an hour are left; then 403 with `x-ratelimit-reset`",
        before: |github, _| limit(github, Limits::none().primary(4)),
        ..NOTHING
    },
    Case {
        title: "403 \"secondary rate limit\" without a time to wait, once",
        before: |github, _| answer(github, 403, &[], SECONDARY),
        ..NOTHING
    },
    Case {
        title: "503 for one write, twice",
        before: |github, _| inject(github, Fault::secrets_service_unavailable(), 2),
        ..NOTHING
    },
    Case {
        title: "GitHub takes 50 minutes for one write",
        before: |github, _| inject(github, Fault::Delay(Duration::from_secs(3_000)), 1),
        ..NOTHING
    },
    Case {
        title: "a kept connection is closed as a write is sent",
        before: |github, _| inject(github, Fault::Close, 1),
        ..NOTHING
    },
    Case {
        title: "one write is done, but its answer is lost each time",
        before: |github, _| inject(github, Fault::HandleThenClose, 4),
        ..NOTHING
    },
    Case {
        title: "the repository was renamed",
        before: |github, _| declare(github, |world| world.renamed("octo/hello", "octo/hi")),
        ..NOTHING
    },
    Case {
        title: "a write is redirected to another host (307)",
        before: |github, stranger| {
            let location = format!("{}/repos/octo/hello/actions/secrets/NPM_TOKEN_3", stranger.url());
            answer(github, 307, &[("location", &location)], "{}");
        },
        ..NOTHING
    },
    Case {
        title: "the public key is 32 zero bytes: anyone can open values sealed to it",
        before: |github, _| {
            let key = Response::new(ZERO_KEY.into());
            github.script(Script::new(Fault::Answer(key)).path("/public-key").times(100));
        },
        ..NOTHING
    },
    Case { title: "names that GitHub refuses (`GITHUB_…`)", prefix: "GITHUB_", ..NOTHING },
    Case {
        title: "404: the token may not see the repository",
        before: |github, _| declare(github, |world| world.missing("repos/octo/hello")),
        ..NOTHING
    },
];

fn declare(github: &Emulator, change: impl FnOnce(&mut World) -> &mut World) {
    github.with_world(|world| {
        change(world);
    });
}

fn limit(github: &Emulator, limits: Limits) {
    declare(github, |world| world.limits(limits));
}

/// Applies the fault to the third secret's write, and to its retries, `times` times in all.
fn inject(github: &Emulator, fault: Fault, times: u64) {
    github.script(Script::new(fault).method(Method::PUT).path("_3").times(times));
}

fn answer(github: &Emulator, status: u16, headers: &[(&str, &str)], body: &'static str) {
    let builder = Response::builder().status(status).header("content-type", "application/json");
    let builder = headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value));
    let response = builder.body(body.into()).expect("the headers of the cases are valid");
    inject(github, Fault::Answer(response), 1);
}

const SECONDARY: &str = r#"{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again.","documentation_url":"https://docs.github.com/free-pro-team@latest/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}"#;
const ZERO_KEY: &str = r#"{"key_id":"1","key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}"#;

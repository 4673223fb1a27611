//! Any text is refused as a world file with a short error, or is a world that answers.
#![no_main]

use bytes::Bytes;
use http::Request;
use libfuzzer_sys::fuzz_target;
use octoseal_emulator::World;
use std::time::{Duration, UNIX_EPOCH};

fuzz_target!(|text: &str| match World::from_toml(text) {
    Ok(mut world) => {
        for path in ["/user", "/repos/octo/hello", "/orgs/acme/actions/secrets", "/user/codespaces/secrets/public-key"] {
            let request = Request::get(path).header("user-agent", "fuzz").header("authorization", "Bearer ghp_any");
            let request = request.body(Bytes::new()).expect("the request is valid");
            let answer = world.handle(UNIX_EPOCH + Duration::from_secs(1_800_000_000), &request);
            assert!(!answer.status().is_server_error(), "{}", answer.status());
        }
    }
    Err(error) => {
        let said = error.to_string();
        assert!(!said.is_empty() && said.len() <= 2 * text.len() + 500, "{said}");
    }
});

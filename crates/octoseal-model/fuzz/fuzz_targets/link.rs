//! Any `Link` header gives no next page, or one that can be requested.
#![no_main]

use http::{HeaderValue, Response};
use libfuzzer_sys::fuzz_target;
use octoseal_model::{ApiVersion, PageRequest, User};

fuzz_target!(|bytes: &[u8]| {
    let mut response = Response::new(r#"{"total_count":1,"secrets":[]}"#.into());
    for value in bytes.split(|&byte| byte == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            response.headers_mut().append("link", value);
        }
    }
    let request = User.store().list(PageRequest::default());
    let Ok(page) = request.read(&response) else { return };
    if let Some(next) = page.next {
        assert_ne!(next.target(), request.target(), "a page never leads to itself");
        assert_eq!(next.operation(), request.operation());
        let http = next.to_http(ApiVersion::default());
        // A relative link is resolved against the request.
        let known = bytes.len() + request.target().len();
        assert!(known >= http.uri().to_string().len().saturating_sub(1), "the link is part of the input");
    }
});

//! Conditional requests: entity tags and 304 answers.

use crate::api::answer::put;
use crate::api::call::Call;
use crate::api::route::Route;
use crate::world::World;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH, VARY};
use http::{Response, StatusCode};

impl World {
    /// Adds a weak `ETag` to the answer of a read. If the caller sent the same tag, the answer is 304
    /// instead, which does not count against the primary limit (Best practices for using the REST API, "Use
    /// conditional requests").
    pub(crate) fn validate(&mut self, call: &Call<'_>, mut answer: Response<Bytes>) -> Response<Bytes> {
        if answer.status() == StatusCode::CREATED {
            let tag = tag(call, answer.body());
            put(answer.headers_mut(), ETAG, &tag);
        }
        let changes_alone = matches!(call.route, Some(Route::GraphQl | Route::RateLimit));
        let is_reading = call.is_read() && !changes_alone;
        if !is_reading || answer.status() != StatusCode::OK {
            return answer;
        }
        let tag = tag(call, answer.body());
        if is_known(call, &tag) {
            answer = Response::new(Bytes::new());
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            self.give_back(call);
        }
        let headers = answer.headers_mut();
        put(headers, ETAG, &format!("W/{tag}"));
        put(headers, CACHE_CONTROL, "private, max-age=60, s-maxage=60");
        put(headers, VARY, "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding, X-Requested-With");
        answer
    }
}

/// Returns whether `If-None-Match` has this tag, weak or strong (RFC 9110, section 13.1.2).
fn is_known(call: &Call<'_>, tag: &str) -> bool {
    let lines = call.request.headers().get_all(IF_NONE_MATCH).iter();
    let mut members = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(','));
    members.any(|member| member.trim() == "*" || member.trim().trim_start_matches("W/") == tag)
}

/// Hashes version and body to 64 hexadecimal digits, like GitHub's tags: FNV-1a with four seeds.
fn tag(call: &Call<'_>, body: &Bytes) -> String {
    let version = call.header("x-github-api-version").unwrap_or_default();
    let digits = (0_u64..4).map(|seed| {
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        let hash = version.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325 ^ seed, step);
        format!("{:016x}", body.iter().fold(hash, step))
    });
    format!("\"{}\"", digits.collect::<String>())
}

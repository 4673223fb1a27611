//! Arbitrary bytes as an answer: the whole stack ends within its limits, without a panic.

use super::whole::{token, whole};
use crate::request;
use crate::server::{Server, Step};
use http::Method;
use octoseal_transport::{Pacing, Profile, RetryPolicy, Transport};
use proptest::prelude::*;
use std::cell::Cell;
use std::panic;
use std::sync::Once;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Valid answers, to be changed.
const SEEDS: [&str; 6] = [
    "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "HTTP/1.1 403 Forbidden\r\ndate: Mon, 23 Nov 2026 12:00:00 GMT\r\nx-ratelimit-limit: 5000\r\n\
     x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1795435203\r\ncontent-length: 10\r\n\r\nrate limit",
    "HTTP/1.1 429 Too Many Requests\r\nretry-after: 2\r\ncontent-length: 0\r\n\r\n",
    "HTTP/1.1 307 Moved\r\nlocation: /user?moved\r\ncontent-length: 0\r\n\r\n",
    "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 503 No\r\nretry-after: 1\r\n\r\nbusy",
];

/// One change: the position (in thousandths of the whole), the number of bytes to replace, and the new bytes.
type Change = (usize, usize, Vec<u8>);

fn spoilt(seed: usize, changes: &[Change]) -> Vec<u8> {
    let mut bytes = SEEDS[seed].as_bytes().to_vec();
    for (place, length, new) in changes {
        let from = bytes.len() * place / 1_000;
        let to = bytes.len().min(from + length);
        bytes.splice(from..to, new.iter().copied());
    }
    bytes
}

fn answers() -> impl Strategy<Value = Vec<u8>> {
    let telling = proptest::sample::select(vec![
        "\r\n",
        "\r\n\r\n",
        ":",
        "0",
        "-1",
        "99999999999999999999",
        " ",
        "\0",
        "\u{80}",
        "HTTP/1.1 ",
        "HTTP/2 ",
        "content-length: 7\r\n",
        "transfer-encoding: chunked\r\n",
        "retry-after: 99999999999999\r\n",
        "connection: close\r\n",
        "location: //a\r\n",
        "ffffffffffffffff\r\n",
    ]);
    let new = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..4),
        telling.prop_map(|text| text.as_bytes().to_vec()),
    ];
    let changes = proptest::collection::vec((0_usize..=1_000, 0_usize..12, new), 0..4);
    prop_oneof![
        1 => proptest::collection::vec(any::<u8>(), 0..300),
        6 => (0..SEEDS.len(), changes).prop_map(|(seed, changes)| spoilt(seed, &changes)),
    ]
}

thread_local! {
    static PANICS: Cell<usize> = const { Cell::new(0) };
}

/// Returns how often this thread has panicked since the first call. tokio catches its tasks' panics.
pub(super) fn panics() -> usize {
    static COUNTING: Once = Once::new();
    COUNTING.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            PANICS.with(|panics| panics.set(panics.get() + 1));
            previous(info);
        }));
    });
    PANICS.with(Cell::get)
}

async fn send(method: Method, answer: Vec<u8>) {
    let answer = Vec::leak(answer);
    let server = Server::start([Step::Bytes(answer); 16]).await;
    let total = Duration::from_secs(5);
    let mut policy = RetryPolicy::default();
    policy.attempts = 2;
    policy.limits = 1;
    policy.total = total;
    let mut pacing = Pacing::from(Profile::Fast);
    pacing.max_wait = total;
    let (stack, pacer) = whole(&server.url, token(), policy, pacing);
    let started = Instant::now();
    let sent = timeout(Duration::from_secs(600), stack.send(request(method, &server.url))).await;
    let text = String::from_utf8_lossy(answer);
    let result = sent.unwrap_or_else(|_| panic!("it hangs after {text:?}"));
    // Six turns at most: two attempts, a limit and three redirects.
    assert!(started.elapsed() <= 8 * total, "it took {:?} after {text:?}", started.elapsed());
    let output = format!("{result:?}");
    assert!(!output.contains("canary"), "{output} after {text:?}");
    let snapshot = pacer.snapshot();
    assert_eq!((snapshot.in_flight, snapshot.waiting, snapshot.wait), (0, 0, None));
    assert!(server.requests().len() <= 7, "after {text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]
    #[test]
    fn a_request_ends_after_any_answer(answer in answers(), method in 0_usize..3) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        let method = [Method::GET, Method::PUT, Method::POST][method].clone();
        let before = panics();
        runtime.block_on(send(method, answer));
        prop_assert_eq!(panics(), before);
    }
}

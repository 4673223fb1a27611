//! The policies: octoseal's profiles, and those of other clients as a transport of an octoseal client without
//! pace and retries.

use crate::github::GitHub;
use bytes::Bytes;
use http::{Request, Response};
use octoseal::RateLimit;
use octoseal::{BoxFuture, Pacing, Profile, RetryPolicy, Transport, TransportError};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, sleep_until};

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Policy {
    Ours(Profile),
    /// Ten concurrent writes. A refused one waits as long as the answer says, and the others continue.
    TenAtOnce,
    /// One write a second, like octokit's plugin. A refused one waits as long as the answer says, and the
    /// others continue.
    OneWriteASecond,
}

/// The profiles that reach the bound if GitHub's limits are the documented ones.
pub(crate) const OURS: [Policy; 2] = [Policy::Ours(Profile::Fast), Policy::Ours(Profile::Normal)];

impl Policy {
    pub(crate) const ALL: [Self; 5] = [
        Self::Ours(Profile::Fast),
        Self::Ours(Profile::Normal),
        Self::Ours(Profile::Slow),
        Self::TenAtOnce,
        Self::OneWriteASecond,
    ];

    pub(crate) fn name(self) -> String {
        match self {
            Self::Ours(profile) => format!("ours, {profile}"),
            Self::TenAtOnce => "ten at once, each request waits separately".to_owned(),
            Self::OneWriteASecond => "one write a second, each request waits separately".to_owned(),
        }
    }

    /// Returns the number of concurrent writes. Octoseal's pacer allows fewer.
    pub(crate) fn workers(self) -> usize {
        if matches!(self, Self::Ours(_)) { 16 } else { 10 }
    }

    /// Creates a client for this GitHub.
    pub(crate) fn client(self, github: GitHub) -> Result<octoseal::GitHub, octoseal::Error> {
        let builder = octoseal::GitHub::builder().token("ghp_simulation");
        match self {
            Self::Ours(profile) => {
                let direct = move |request| {
                    let answer = github.answer(request);
                    async move { Ok(answer.await) }
                };
                builder.transport(direct).pacing(profile).build()
            }
            Self::TenAtOnce => once(builder).transport(Each { github, writes: None }).build(),
            Self::OneWriteASecond => {
                once(builder).transport(Each { github, writes: Some(Mutex::new(Instant::now())) }).build()
            }
        }
    }
}

/// Turns off pace and retries.
fn once(builder: octoseal::Builder) -> octoseal::Builder {
    let mut pacing = Pacing::from(Profile::Unlimited);
    pacing.in_flight = 100;
    let mut once = RetryPolicy::default();
    once.attempts = 1;
    once.limits = 0;
    once.total = Duration::MAX;
    builder.pacing(pacing).retry(once)
}

/// A transport in which each request waits separately and retries without end.
struct Each {
    github: GitHub,
    /// The time of the next write, if writes are a second apart.
    writes: Option<Mutex<Instant>>,
}

impl Each {
    async fn run(&self, request: Request<Bytes>) -> Response<Bytes> {
        loop {
            if let (Some(writes), false) = (&self.writes, request.method().is_safe()) {
                let mut next = writes.lock().await;
                sleep_until(*next).await;
                *next = Instant::now() + Duration::from_secs(1);
            }
            let response = self.github.answer(request.clone()).await;
            match RateLimit::of(&response) {
                None => return response,
                Some(limit) => sleep(limit.wait.unwrap_or(Duration::from_secs(60))).await,
            }
        }
    }
}

impl Transport for Each {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move { Ok(self.run(request).await) })
    }
}

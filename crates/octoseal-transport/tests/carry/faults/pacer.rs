//! A pacer under numbers that are too large, under many accounts, and what it must not forget.

use octoseal_transport::{Pacer, Pacing, Profile};

#[tokio::test(start_paused = true)]
async fn an_estimate_of_more_than_can_be_counted_ends() {
    let pacer = Pacer::new(Pacing::from(Profile::Unlimited));
    assert_eq!(pacer.estimate(None, u64::MAX, u64::MAX).as_secs(), 0);
}

//! The budgets of accounts that each have their own.

use super::Pacer;
use super::lane::Lane;
use super::track::Track;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// The budgets of accounts that each have their own.
#[derive(Default)]
pub(super) struct Lanes {
    pub(super) tracks: HashMap<String, Arc<Track>>,
    /// The time of the last eviction.
    swept: Option<Instant>,
}

impl Lanes {
    /// Evicts idle accounts, at most once a minute, and returns whether there is room for another.
    pub(super) fn has_room(&mut self) -> bool {
        let now = Instant::now();
        if self.tracks.len() >= MOST_LANES && self.swept.is_none_or(|swept| swept + A_MINUTE <= now) {
            self.swept = Some(now);
            self.tracks.retain(|_, track| Arc::strong_count(track) > 1 || !track.here(Lane::is_blank));
        }
        self.tracks.len() < MOST_LANES
    }
}

/// The interval between evictions.
const A_MINUTE: Duration = Duration::from_secs(60);

/// Above this number, idle lanes are evicted.
pub(super) const MOST_LANES: usize = 10_000;

impl Pacer {
    /// Records, in a state that is shared with other processes, the end of requests whose futures were
    /// dropped.
    ///
    /// Call it before a program ends early. Otherwise the other processes count these requests as in flight
    /// for a minute.
    pub async fn settle(&self) {
        let mut tracks = vec![Arc::clone(&self.0.common)];
        tracks.extend(self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner).tracks.values().cloned());
        for track in tracks {
            if track.has_ended() {
                track.with(|_, _, _| ()).await;
            }
        }
    }
}

//! The budgets of accounts that have each their own.

use super::Pacer;
use super::lane::Lane;
use super::track::Track;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// The budgets of accounts that have each their own.
#[derive(Default)]
pub(super) struct Lanes {
    pub(super) tracks: HashMap<String, Arc<Track>>,
    /// When it was last looked for what can be forgotten.
    swept: Option<Instant>,
}

impl Lanes {
    /// Forgets, once a minute at most, the accounts of which nothing is known any more.
    pub(super) fn has_room(&mut self) -> bool {
        let now = Instant::now();
        if self.tracks.len() >= MOST_LANES && self.swept.is_none_or(|swept| swept + A_MINUTE <= now) {
            self.swept = Some(now);
            self.tracks.retain(|_, track| Arc::strong_count(track) > 1 || !track.here(Lane::is_blank));
        }
        self.tracks.len() < MOST_LANES
    }
}

/// How often it is looked for accounts that can be forgotten.
const A_MINUTE: Duration = Duration::from_secs(60);

/// With so many, those that know nothing any more are forgotten.
pub(super) const MOST_LANES: usize = 10_000;

impl Pacer {
    /// Writes down that requests have ended whose futures were dropped, where the state is shared with other processes.
    ///
    /// Call it before a program ends early. Otherwise others take these requests for requests under way, for a minute.
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

//! Counts those who wait.

use super::Pacer;

/// One who waits, until it is dropped.
pub(super) struct Counted(Pacer);

impl Counted {
    pub(super) fn new(pacer: Pacer) -> Self {
        pacer.count(|snapshot| snapshot.waiting += 1);
        Self(pacer)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.count(|snapshot| {
            snapshot.waiting -= 1;
            if snapshot.waiting == 0 {
                snapshot.wait = None;
            }
        });
    }
}

//! Detection, on a timeout, whether hyper can have begun to send a request.
//!
//! hyper-util can report it, too (`capture_connection`), but with its channel for each request a PUT takes 9
//! % more CPU time, and more than a PUT by reqwest (`cargo xtask bench transport`, 16 in flight).

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

/// A body that detects its first use: before hyper can write a head, it must ask how the body will end.
pub(crate) struct Watched {
    body: Full<Bytes>,
    state: Arc<AtomicU8>,
}

/// The sender's part of the detection.
pub(crate) struct Watch(Arc<AtomicU8>);

impl Watched {
    pub(crate) fn new(body: Bytes) -> (Self, Watch) {
        let state = Arc::new(AtomicU8::new(UNTOUCHED));
        (Self { body: Full::new(body), state: Arc::clone(&state) }, Watch(state))
    }

    /// Returns whether the body may still be sent.
    fn begin(&self) -> bool {
        let begun = self.state.compare_exchange(UNTOUCHED, BEGUN, Ordering::SeqCst, Ordering::SeqCst);
        begun.unwrap_or_else(|state| state) != GIVEN_UP
    }
}

impl Watch {
    /// Returns whether nothing was sent. If so, nothing will be sent, even if another thread is about to
    /// begin at this moment.
    pub(crate) fn give_up(&self) -> bool {
        let given_up = self.0.compare_exchange(UNTOUCHED, GIVEN_UP, Ordering::SeqCst, Ordering::SeqCst);
        given_up.is_ok()
    }
}

/// A body that was given up is one of unknown length that breaks off. No server treats it as a whole request.
impl Body for Watched {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if !self.begin() {
            return Poll::Ready(Some(Err(io::Error::other("the request was given up"))));
        }
        Pin::new(&mut self.body).poll_frame(context).map_err(|never| match never {})
    }

    fn is_end_stream(&self) -> bool {
        self.begin() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        if self.begin() { self.body.size_hint() } else { SizeHint::default() }
    }
}

const UNTOUCHED: u8 = 0;
const BEGUN: u8 = 1;
const GIVEN_UP: u8 = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt as _;

    #[test]
    fn asking_how_the_body_ends_is_the_beginning() {
        let (body, watch) = Watched::new(Bytes::new());
        assert!(body.is_end_stream());
        assert!(!watch.give_up());
        let (body, watch) = Watched::new(Bytes::from_static(b"value"));
        assert_eq!(body.size_hint().exact(), Some(5));
        assert!(!watch.give_up());
    }

    #[tokio::test]
    async fn a_request_that_was_given_up_never_becomes_complete() {
        for content in ["", "value"] {
            let (body, watch) = Watched::new(Bytes::from_static(content.as_bytes()));
            assert!(watch.give_up());
            assert!(!body.is_end_stream());
            assert_eq!(body.size_hint().exact(), None);
            assert!(body.collect().await.is_err());
        }
    }
}

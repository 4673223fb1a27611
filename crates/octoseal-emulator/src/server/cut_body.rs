//! Bodies that may end before their announced length.

use crate::server::hangup::{CutAfter, Hangup};
use bytes::Bytes;
use http::Response;
use hyper::body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A body as it is sent.
pub(crate) struct Cut {
    bytes: Bytes,
    is_flushed: bool,
    /// The number of bytes that are announced and never sent.
    missing: usize,
}

impl Cut {
    /// Creates the body that the mark of an answer requests.
    pub(crate) fn of(answer: Response<Bytes>) -> Response<Self> {
        let cut = answer.extensions().get().map_or(usize::MAX, |CutAfter(bytes)| *bytes);
        answer.map(|mut bytes| {
            let length = bytes.len();
            bytes.truncate(cut);
            Self { missing: length - bytes.len(), bytes, is_flushed: false }
        })
    }
}

impl Body for Cut {
    type Data = Bytes;
    type Error = Hangup;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Hangup>>> {
        if !self.bytes.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.bytes)))));
        }
        match (self.missing, self.is_flushed) {
            (0, _) => Poll::Ready(None),
            (_, true) => Poll::Ready(Some(Err(Hangup::Close))),
            (_, false) => {
                // An error now would discard hyper's buffer. Waiting makes hyper flush it first.
                self.is_flushed = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty() && self.missing == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact((self.bytes.len() + self.missing) as u64)
    }
}

//! Bodies that may end before their length is reached.

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
    /// What is announced and never sent.
    missing: usize,
}

impl Cut {
    /// Gives an answer the body that its mark asks for.
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
                // An error now would throw away what hyper holds back; while it waits, it sends it.
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

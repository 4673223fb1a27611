//! Connections that end early.

/// A mark on an answer: so many bytes of its body are sent, then the connection ends.
#[derive(Clone, Copy)]
pub(crate) struct CutAfter(pub(crate) usize);

/// How a connection ends without an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Hangup {
    Close,
    Reset,
}

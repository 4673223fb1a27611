//! Connections that end early.

/// A mark on an answer: this number of bytes of its body is sent, then the connection ends.
#[derive(Clone, Copy)]
pub(crate) struct CutAfter(pub(crate) usize);

/// The way a connection ends without an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Hangup {
    Close,
    Reset,
}

//! Was it sent? How far a failed request got.

/// How far a failed request got.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Phase {
    /// It has not taken effect: it was not sent, or the server only pointed elsewhere.
    NotSent,
    /// It was perhaps sent, and no answer came: it may have taken effect.
    MaybeSent,
    /// The answer's head came, but not its whole body.
    AnswerLost,
}

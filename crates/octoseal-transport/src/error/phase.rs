//! The phase of a failed request.

/// How far a failed request got.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Phase {
    /// The request has not taken effect: it was not sent, or the server only redirected it.
    NotSent,
    /// The request may have been sent, and no answer came: it may have taken effect.
    MaybeSent,
    /// The head of the answer came, but not its whole body.
    AnswerLost,
}

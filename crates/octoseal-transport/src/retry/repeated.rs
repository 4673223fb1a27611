//! The mark of an answer that came after an earlier attempt.

/// Marks an answer, in its extensions, before which an earlier attempt may have taken effect.
///
/// The answer 404 to a DELETE can then mean that the first attempt deleted it.
#[derive(Clone, Copy, Debug)]
pub struct Repeated;

//! The interface of a contestant.

/// A contestant that seals to one key.
pub(crate) trait Sealer {
    /// The result of one seal.
    type Sealed;

    /// Returns the library's name and version.
    fn version(&self) -> String;

    /// Seals a value. This work is measured.
    ///
    /// # Errors
    ///
    /// If sealing fails.
    fn seal(&mut self, value: &[u8]) -> Result<Self::Sealed, String>;

    /// Returns the box in base64, to check that it opens. This work is not measured.
    fn text(&self, sealed: Self::Sealed) -> String;
}

//! What a contestant must be able to do.

/// Something that seals to the key it was made with.
pub(crate) trait Sealer {
    /// What one seal leaves in the caller's hands.
    type Sealed;

    /// What it is made of, with versions.
    fn version(&self) -> String;

    /// The work that is measured.
    ///
    /// # Errors
    ///
    /// If there is no box.
    fn seal(&mut self, value: &[u8]) -> Result<Self::Sealed, String>;

    /// The box in base64, to see that it opens; not measured.
    fn text(&self, sealed: Self::Sealed) -> String;
}

//! Limits of an input. All of them are limits of octoseal, not of GitHub.

/// Maximum number of bytes of a text: 10 MB.
pub const MAX_INPUT_BYTES: usize = 10_000_000;

/// Maximum number of entries in the table that is read.
pub const MAX_ENTRIES: usize = 10_000;

/// Maximum depth of nested tables and lists in YAML, and of a [`Pointer`](super::Pointer) in all formats.
pub const MAX_DEPTH: usize = 64;

/// Maximum number of errors and of notes that are kept. More are counted.
pub const MAX_ERRORS: usize = 1_000;

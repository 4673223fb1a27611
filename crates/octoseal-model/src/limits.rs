//! Limits that are checked before anything is sent, each with its source.

/// The longest value of a secret in bytes of plaintext, and of a variable: 48 KB in GitHub's documentation
/// ("Using secrets in GitHub Actions", limits for secrets; "Variables", limits), read as 48 × 1,024.
pub const MAX_VALUE_BYTES: usize = 48 * 1024;

/// The longest name in bytes. This crate sets it: GitHub documents no limit.
pub const MAX_NAME_BYTES: usize = 255;

/// The most items on a page ("Using pagination in the REST API").
pub const MAX_PAGE_SIZE: u8 = 100;

/// The most variables on a page (`per_page` of the REST API endpoints for variables).
pub const MAX_VARIABLES_PAGE_SIZE: u8 = 30;

/// The maximum number of characters kept of one of GitHub's messages. This crate sets it.
pub const MAX_MESSAGE_CHARACTERS: usize = 1_000;

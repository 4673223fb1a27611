//! Tokens, GitHub Apps, and what an operation needs of them.

pub(crate) mod app;
pub(crate) mod organization_policy;
pub(crate) mod permission;
pub(crate) mod token;

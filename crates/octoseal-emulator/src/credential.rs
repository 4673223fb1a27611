//! Tokens, GitHub Apps, and the permissions that an operation needs.

pub(crate) mod app;
pub(crate) mod organization_policy;
pub(crate) mod permission;
pub(crate) mod token;

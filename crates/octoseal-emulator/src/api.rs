//! GitHub's operations: the router, the answers, and the messages of refusals.

pub(crate) mod access;
pub(crate) mod answer;
pub(crate) mod call;
pub(crate) mod conditional;
pub(crate) mod documentation_url;
pub(crate) mod environments;
pub(crate) mod full_repository;
pub(crate) mod graphql;
mod handle;
pub(crate) mod items;
pub(crate) mod kind;
pub(crate) mod listing;
pub(crate) mod render;
pub(crate) mod repositories;
pub(crate) mod request_body;
pub(crate) mod root;
pub(crate) mod route;
pub(crate) mod router;
pub(crate) mod secrets;
pub(crate) mod selected_repositories;
pub(crate) mod store;
pub(crate) mod store_path;
pub(crate) mod support;
pub(crate) mod variables;

//! What the command does, a file for each verb.

pub(crate) mod access;
pub(crate) mod delete;
pub(crate) mod demo;
pub(crate) mod emulate;
pub(crate) mod key;
pub(crate) mod list;
pub(crate) mod put;
pub(crate) mod seal;
pub(crate) mod show;
pub(crate) mod whoami;

/// Does the same with a handle of any owner's store.
macro_rules! for_any_store {
    ($github:expr, $store:expr, $secrets:ident => $do:expr) => {
        match $store {
            octoseal::AnyStore::Repository(store) => {
                let $secrets = $github.secrets(store.clone());
                $do
            }
            octoseal::AnyStore::Environment(store) => {
                let $secrets = $github.secrets(store.clone());
                $do
            }
            octoseal::AnyStore::Organization(store) => {
                let $secrets = $github.secrets(store.clone());
                $do
            }
            octoseal::AnyStore::User(store) => {
                let $secrets = $github.secrets(store.clone());
                $do
            }
        }
    };
}
pub(crate) use for_any_store;

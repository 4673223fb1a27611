//! The verbs of the command, one file each.

pub(crate) mod access;
pub(crate) mod check;
pub(crate) mod delete;
pub(crate) mod demo;
pub(crate) mod diff;
pub(crate) mod emulate;
pub(crate) mod find;
pub(crate) mod help;
pub(crate) mod import;
pub(crate) mod install;
pub(crate) mod key;
pub(crate) mod list;
pub(crate) mod put;
pub(crate) mod repository_ids;
pub(crate) mod seal;
pub(crate) mod show;
pub(crate) mod variable;
pub(crate) mod whoami;

//! Many values from one text: dotenv, JSON, TOML and YAML.
//!
//! [`parse`] reads the text and returns every value with its name, or every error of the text. An error has a line, a key
//! and a [`Fault`]. It never holds a byte of a value: all messages are written here, and none comes from a parser.
//! A value is never expanded, trimmed or run. `docs/dotenv.md` of the repository has the grammar of dotenv.
//!
//! # Examples
//!
//! ```
//! use octoseal_fleet::inputs::{Format, Settings, parse};
//!
//! let text = b"NPM_TOKEN='s3cr3t' # from npmjs.com\nLOG_LEVEL=debug\n";
//! let settings = Settings::new().as_variables(["LOG_*".parse()?]);
//! let entries = parse(Format::Dotenv, text, &settings)?;
//! assert_eq!(entries.secrets[0].name.as_str(), "NPM_TOKEN");
//! assert_eq!(entries.secrets[0].value.expose(), b"s3cr3t");
//! assert_eq!(entries.variables[0].name.as_str(), "LOG_LEVEL");
//!
//! let errors = parse(Format::Dotenv, b"A='open\n", &Settings::new()).unwrap_err();
//! assert_eq!(
//!     errors.to_string(),
//!     "line 1: A: the closing quote ' is missing, so the rest of the file was not checked"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Memory
//!
//! Values and the buffers of this module are wiped when they are dropped. The parsers of TOML and YAML keep copies that
//! cannot be wiped here: decoded strings while they grow, and for TOML the whole text if it has an error. A program that
//! must leave no copy behind needs a global allocator that wipes what it frees.

pub mod ciphertext;
pub mod limits;
pub mod sealed;

mod choose;
mod dotenv;
mod entry;
mod error;
mod fault;
mod format;
mod json;
mod lines;
mod member;
mod note;
mod parse;
mod pattern;
mod pointer;
mod rename;
mod settings;
mod toml;
mod yaml;

pub use entry::{Entries, Entry};
pub use error::{InputError, InputErrors};
pub use fault::{Fault, Kind};
pub use format::{Format, UnknownFormat};
pub use note::{Note, Remark};
pub use parse::parse;
pub use pattern::{InvalidPattern, Pattern};
pub use pointer::{InvalidPointer, Pointer};
pub use rename::{InvalidRename, Rename};
pub use settings::Settings;

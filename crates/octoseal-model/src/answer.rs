//! GitHub's answers, read leniently: unknown fields, unknown values and any order are accepted.

use crate::access::RepositoryId;
use crate::printable;
use crate::timestamp::Timestamp;
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The public key of a store, as GitHub returns it (`GET …/secrets/public-key`).
///
/// The id does not identify the key: GitHub uses one id for the keys of several stores.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StoreKey {
    /// The id to send with every value that was sealed to this key: text of up to 19 digits at GitHub, any
    /// visible ASCII here.
    #[serde(deserialize_with = "text_or_number")]
    pub key_id: String,
    /// The key: 32 bytes in standard base64. Only its length and characters are checked here.
    #[serde(deserialize_with = "short_text")]
    pub key: String,
}

/// A secret without its value, which GitHub never returns.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Secret {
    /// Its name, in upper case.
    #[serde(deserialize_with = "printable::deserialize_name")]
    pub name: String,
    /// The time of its creation.
    #[serde(default, deserialize_with = "Timestamp::lenient")]
    pub created_at: Option<Timestamp>,
    /// The time of its last write.
    #[serde(default, deserialize_with = "Timestamp::lenient")]
    pub updated_at: Option<Timestamp>,
    /// The access to it. GitHub sends it for secrets of organizations and users only.
    #[serde(default)]
    pub visibility: Option<VisibilityName>,
}

/// A variable with its value.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Variable {
    /// Its name, in upper case.
    #[serde(deserialize_with = "printable::deserialize_name")]
    pub name: String,
    /// Its value, exactly as GitHub sends it. It may contain characters that steer a terminal.
    pub value: String,
    /// The time of its creation.
    #[serde(default, deserialize_with = "Timestamp::lenient")]
    pub created_at: Option<Timestamp>,
    /// The time of its last write.
    #[serde(default, deserialize_with = "Timestamp::lenient")]
    pub updated_at: Option<Timestamp>,
    /// The repositories with access. GitHub sends it for an organization's variables only.
    #[serde(default)]
    pub visibility: Option<VisibilityName>,
}

/// The access to a listed secret or variable, in GitHub's words.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq)]
#[serde(from = "String")]
#[non_exhaustive]
pub enum VisibilityName {
    /// Every repository.
    All,
    /// Every private or internal repository.
    Private,
    /// The selected repositories.
    Selected,
    /// A value that this crate does not know.
    Unknown(String),
}

/// A repository, as listings and look-ups show it.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RepositoryRef {
    /// Its id.
    pub id: RepositoryId,
    /// `owner/name`.
    #[serde(deserialize_with = "printable::deserialize_name")]
    pub full_name: String,
    /// Whether it is read-only.
    #[serde(default)]
    pub archived: bool,
    /// Whether GitHub disabled it.
    #[serde(default)]
    pub disabled: bool,
    /// Whether it is a fork.
    #[serde(default)]
    pub fork: bool,
    /// Whether it is private or internal.
    #[serde(default)]
    pub private: bool,
    /// `public`, `private` or `internal`. Older servers do not send it.
    #[serde(default)]
    pub visibility: Option<String>,
    /// Its topics.
    #[serde(default)]
    pub topics: Vec<String>,
}

/// The effect of a write.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Written {
    /// The secret or the variable is new (201).
    Created,
    /// The secret or the variable existed and has a new value (204). A retry of a create whose answer was
    /// lost gets this, too.
    Updated,
}

impl VisibilityName {
    /// Returns GitHub's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::All => "all",
            Self::Private => "private",
            Self::Selected => "selected",
            Self::Unknown(word) => word,
        }
    }
}

impl From<String> for VisibilityName {
    fn from(word: String) -> Self {
        match word.as_str() {
            "all" => Self::All,
            "private" => Self::Private,
            "selected" => Self::Selected,
            word => Self::Unknown(printable::printable(word).chars().take(MAX_WORD).collect()),
        }
    }
}

/// Reads an id that is text, or a number as old GitHub Enterprise Servers send it. A float would lose digits,
/// so it is refused.
fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Id;
    impl Visitor<'_> for Id {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an id as text or as a whole number")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
            let fits = (1..=MAX_KEY_TEXT).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
            if fits {
                Ok(text.to_owned())
            } else {
                Err(E::custom("the id is empty, is too long or has invalid characters"))
            }
        }

        fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }
    deserializer.deserialize_any(Id).map_err(D::Error::custom)
}

/// Reads a key as text. The caller that parses the key validates it.
fn short_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let fits = text.len() <= MAX_KEY_TEXT && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if fits { Ok(text) } else { Err(D::Error::custom("the key is too long or has invalid characters")) }
}

/// Maximum number of characters kept of an unknown visibility.
const MAX_WORD: usize = 40;

/// Maximum length of a key or its id, set by this crate. A key has 44 characters and an id up to 19.
const MAX_KEY_TEXT: usize = 64;

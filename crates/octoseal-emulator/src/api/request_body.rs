//! Request bodies, checked like GitHub's schema check, with its messages.

use crate::api::answer::Refusal;
use bytes::Bytes;
use http::StatusCode;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A JSON object from a request. Fields that GitHub does not know are ignored.
pub(crate) struct Body(Map<String, Value>);

/// The JSON type in which repository ids must be sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum IdForm {
    Integer,
    IntegerOrString,
    String,
}

impl Body {
    /// Parses the object (Troubleshooting the REST API, "Invalid request"). A missing body is an empty
    /// object.
    pub(crate) fn parse(bytes: &Bytes) -> Result<Self, Refusal> {
        let bad = |message| Refusal::new(StatusCode::BAD_REQUEST, message);
        if bytes.is_empty() {
            return Ok(Self(Map::new()));
        }
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err(bad("Body should be a JSON object")),
            Err(_) => Err(bad("Problems parsing JSON")),
        }
    }

    /// Refuses a body that lacks one of these fields.
    pub(crate) fn require(&self, fields: &[&str]) -> Result<(), Refusal> {
        let absent = fields.iter().filter(|field| !self.0.contains_key(**field));
        let absent: Vec<String> = absent.map(|field| format!("{field:?}")).collect();
        match absent.len() {
            0 => Ok(()),
            1 => Err(Refusal::invalid_request(format!("{} wasn't supplied.", absent[0]))),
            _ => Err(Refusal::invalid_request(format!("{} weren't supplied.", absent.join(", ")))),
        }
    }

    pub(crate) fn text(&self, field: &str) -> Result<&str, Refusal> {
        let value = self.field(field);
        let refusal =
            || Refusal::invalid_request(format!("For 'properties/{field}', {value} is not a string."));
        value.as_str().ok_or_else(refusal)
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Returns a field without a check, or `null` if it is missing.
    pub(crate) fn field(&self, field: &str) -> &Value {
        self.0.get(field).unwrap_or(&Value::Null)
    }

    /// Returns the number of a field that may be missing or `null`, and is at most `largest`.
    pub(crate) fn integer(&self, field: &str, largest: u64) -> Result<Option<u64>, Refusal> {
        match self.field(field) {
            Value::Null => Ok(None),
            value => value.as_u64().filter(|number| *number <= largest).map(Some).ok_or_else(|| {
                Refusal::invalid_request(format!("For 'properties/{field}', {value} is not a valid integer."))
            }),
        }
    }

    /// Returns the text of a field that must be base64. GitHub repeats the text in its refusal.
    pub(crate) fn base64(&self, field: &str) -> Result<&str, Refusal> {
        let text = self.text(field)?;
        match is_base64(text) {
            true => Ok(text),
            false => Err(Refusal::invalid_request(format!("{text} does not match {BASE64_PATTERN}."))),
        }
    }

    /// Returns the field `selected_repository_ids`. A missing field has no ids.
    pub(crate) fn ids(&self, form: IdForm) -> Result<BTreeSet<u64>, Refusal> {
        match self.0.get(IDS) {
            None => Ok(BTreeSet::new()),
            Some(Value::Array(items)) => {
                items.iter().enumerate().map(|(index, item)| form.read(index, item)).collect()
            }
            Some(other) => {
                Err(Refusal::invalid_request(format!("For 'properties/{IDS}', {other} is not an array.")))
            }
        }
    }
}

impl IdForm {
    fn read(self, index: usize, item: &Value) -> Result<u64, Refusal> {
        let text = || item.as_str().and_then(|text| text.parse().ok());
        let id = match self {
            Self::Integer => item.as_u64(),
            Self::IntegerOrString => item.as_u64().or_else(text),
            Self::String => text(),
        };
        id.ok_or_else(|| Refusal::invalid_request(self.complaint(index, item)))
    }

    /// Words the refusal. Two validators at GitHub have different messages (cli/cli#6934 and
    /// github/rest-api-description#275).
    fn complaint(self, index: usize, item: &Value) -> String {
        match self {
            Self::String => format!("Invalid property /{IDS}/{index}: `{item}` is not of type `string`."),
            _ => format!("For 'items', {item} is not an integer."),
        }
    }
}

/// Returns whether the text matches [`BASE64_PATTERN`].
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    !text.is_empty() && text.len() % 4 == 0 && padding <= 2 && digits.bytes().all(alphabet)
}

pub(crate) const IDS: &str = "selected_repository_ids";

/// The pattern of `encrypted_value` in GitHub's description, as its messages write it.
const BASE64_PATTERN: &str =
    r"/^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=|[A-Za-z0-9+\/]{4})$/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_standard_padded_and_not_empty() {
        for text in ["AAAA", "AA==", "AAA=", "+/+/", "AAAAAA=="] {
            assert!(is_base64(text), "{text:?}");
        }
        for text in ["", "A", "AAA", "A===", "====", "AA=A", "-_-_", "AAAA\n", "AA AA", "ÄÄ"] {
            assert!(!is_base64(text), "{text:?}");
        }
    }
}

//! Segments of paths: checked, encoded exactly once, decoded exactly once.

use crate::error::{Error, NameFault};
use crate::limits::MAX_NAME_BYTES;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A name that is one segment of a path.
///
/// Comparison, order and hash ignore ASCII case, as GitHub does. The spelling is kept. Clones share the text: a run with
/// many stores has several copies of each.
#[derive(Clone, Debug)]
pub(crate) struct Segment(Arc<str>);

impl Segment {
    /// Checks a name without any encoding.
    pub(crate) fn new(what: &'static str, text: impl Into<String>) -> Result<Self, Error> {
        let text = text.into();
        match fault(&text) {
            Some(fault) => Err(Error::InvalidName { what, fault }),
            None => Ok(Self(text.into())),
        }
    }

    /// Checks the name of an owner or a repository, which has fewer characters at GitHub.
    pub(crate) fn owner(what: &'static str, text: impl Into<String>) -> Result<Self, Error> {
        let name = Self::new(what, text)?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        match name.0.chars().position(|c| !allowed(c)) {
            None => Ok(name),
            Some(index) => {
                Err(Error::InvalidName { what, fault: NameFault::NotInOwnerNames { position: index + 1 } })
            }
        }
    }

    /// Decodes a segment of a path.
    pub(crate) fn decode(what: &'static str, encoded: &str) -> Result<Self, Error> {
        let invalid = || Error::InvalidName { what, fault: NameFault::Encoding };
        let mut parts = encoded.split('%').skip(1);
        let is_escape = |part: &str| part.len() > 1 && part.bytes().take(2).all(|b| b.is_ascii_hexdigit());
        if !parts.all(is_escape) {
            return Err(invalid());
        }
        let text = percent_decode_str(encoded).decode_utf8().map_err(|_| invalid())?;
        Self::new(what, text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    fn folded(&self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(|byte| byte.to_ascii_lowercase())
    }
}

impl PartialEq for Segment {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Segment {}

impl PartialOrd for Segment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Segment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(other.folded())
    }
}

impl Hash for Segment {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded().for_each(|byte| state.write_u8(byte));
        // No UTF-8 text contains this byte, so two neighboring segments cannot be confused.
        state.write_u8(0xff);
    }
}

fn fault(text: &str) -> Option<NameFault> {
    if text.is_empty() {
        return Some(NameFault::Empty);
    }
    if text.len() > MAX_NAME_BYTES {
        return Some(NameFault::TooLong);
    }
    // Percent-encoding does not change dots, and a server may resolve them. A proxy may even decode slashes
    // first.
    if text.split(['/', '\\']).any(|part| part == "." || part == "..") {
        return Some(NameFault::Dots);
    }
    let position = text.chars().position(char::is_control)?;
    Some(NameFault::Control { position: position + 1 })
}

/// Writes the segment as in a path, percent-encoded.
impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        utf8_percent_encode(&self.0, RESERVED).fmt(f)
    }
}

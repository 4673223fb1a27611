//! The two kinds of items in a store: secrets and variables.

use crate::api::answer::Refusal;

/// The kind of an item. Secrets are sealed and never shown. Variables are text and are shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Secrets,
    Variables,
}

impl Kind {
    pub(crate) fn parse(segment: &str) -> Option<Self> {
        match segment {
            "secrets" => Some(Self::Secrets),
            "variables" => Some(Self::Variables),
            _ => None,
        }
    }

    /// Returns the segment of the path, which is also the field of a listing.
    pub(crate) fn segment(self) -> &'static str {
        match self {
            Self::Secrets => "secrets",
            Self::Variables => "variables",
        }
    }

    /// Returns the singular in the words of GitHub's documentation.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Secrets => "secret",
            Self::Variables => "variable",
        }
    }

    /// Returns the singular for the beginning of a sentence, as GitHub writes it.
    fn title(self) -> &'static str {
        match self {
            Self::Secrets => "Secret",
            Self::Variables => "Variable",
        }
    }

    /// Returns the name in upper case, as it is stored ("Naming your secrets").
    pub(crate) fn checked_name(self, name: &str) -> Result<String, Refusal> {
        let (name, title) = (name.to_ascii_uppercase(), self.title()); // `to_uppercase` would turn `ſ` into a legal `S`
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        match name.bytes().next() {
            Some(first) if !first.is_ascii_digit() && name.bytes().all(legal) => {}
            _ => return Err(Refusal::unprocessable(format!("{title} {BAD_NAME}"))),
        }
        match name.starts_with("GITHUB_") {
            true => Err(Refusal::unprocessable(format!("{title} names must not start with GITHUB_."))),
            false => Ok(name),
        }
    }

    /// Refuses a value that is too large for GitHub ("limited to 48 KB in size").
    pub(crate) fn require_size(bytes: usize) -> Result<(), Refusal> {
        match bytes {
            0..=MAX_VALUE_BYTES => Ok(()),
            _ => Err(Refusal::unprocessable("Value is too large.")),
        }
    }

    /// Returns the refusal of an item in a store that has the maximum of `most`.
    pub(crate) fn limit_refusal(self, most: usize) -> Refusal {
        let (title, plural) = (self.title(), self.segment());
        Refusal::unprocessable(format!("{title}s limit reached: no more than {most} {plural} are allowed."))
    }
}

const MAX_VALUE_BYTES: usize = 48 * 1024;
const BAD_NAME: &str = "names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). Spaces \
    are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_).";

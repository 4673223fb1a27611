//! The formats of a text with many values.

use std::error;
use std::fmt;
use std::str::FromStr;

/// A format of a text with many values.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Format {
    /// `KEY=value` in lines, by the grammar in `docs/dotenv.md`.
    Dotenv,
    /// JSON, RFC 8259.
    Json,
    /// TOML 1.1.
    Toml,
    /// YAML 1.2 without anchors, aliases, tags and merge keys.
    Yaml,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Dotenv, Self::Json, Self::Toml, Self::Yaml];

    /// Returns the format that the name of a file suggests: by its extension, or dotenv for `.env` and `.env.*`.
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal_fleet::inputs::Format;
    ///
    /// assert_eq!(Format::of_file("config/prod.yml"), Some(Format::Yaml));
    /// assert_eq!(Format::of_file(".env.production"), Some(Format::Dotenv));
    /// assert_eq!(Format::of_file("secrets.ini"), None);
    /// ```
    pub fn of_file(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next()?;
        if let Some((_, extension)) = name.rsplit_once('.') {
            match extension.to_ascii_lowercase().as_str() {
                "env" => return Some(Self::Dotenv),
                "json" => return Some(Self::Json),
                "toml" => return Some(Self::Toml),
                "yaml" | "yml" => return Some(Self::Yaml),
                _ => {}
            }
        }
        name.starts_with(".env.").then_some(Self::Dotenv)
    }

    /// Returns the name of the format in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dotenv => "dotenv",
            Self::Json => "json",
            Self::Toml => "toml",
            Self::Yaml => "yaml",
        }
    }

    /// Returns the name of the format as its authors write it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Dotenv => "dotenv",
            Self::Json => "JSON",
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.as_str() == text).ok_or(UnknownFormat)
    }
}

/// The text names no [`Format`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownFormat;

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown format; the formats are dotenv, json, toml and yaml")
    }
}

impl error::Error for UnknownFormat {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_formats_are_read_as_they_are_printed() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
        assert_eq!("ini".parse::<Format>(), Err(UnknownFormat));
    }

    #[test]
    fn files_suggest_their_format() {
        for (path, format) in [
            (".env", Some(Format::Dotenv)),
            ("a/prod.env", Some(Format::Dotenv)),
            ("a/.env.local", Some(Format::Dotenv)),
            (".env.json", Some(Format::Json)),
            ("A.JSON", Some(Format::Json)),
            ("a.toml", Some(Format::Toml)),
            ("a.yaml", Some(Format::Yaml)),
            ("env", None),
            ("a.json/b", None),
            ("", None),
        ] {
            assert_eq!(Format::of_file(path), format, "{path}");
        }
    }
}

//! The GitHub products that secrets belong to.

use crate::error::Error;
use std::fmt;
use std::str::FromStr;

/// The GitHub product that reads the secrets.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Family {
    /// GitHub Actions: workflows.
    Actions,
    /// Copilot's cloud agents.
    Agents,
    /// Codespaces.
    Codespaces,
    /// Dependabot.
    Dependabot,
}

impl Family {
    /// All four families, in alphabetical order.
    pub const ALL: [Self; 4] = [Self::Actions, Self::Agents, Self::Codespaces, Self::Dependabot];

    /// Returns GitHub's name of it in paths.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::Agents => "agents",
            Self::Codespaces => "codespaces",
            Self::Dependabot => "dependabot",
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Reads GitHub's name of it in paths.
impl FromStr for Family {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|family| family.as_str() == text).ok_or(Error::NoSuchFamily)
    }
}

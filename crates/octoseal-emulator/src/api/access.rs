//! Access to secrets and variables.

use crate::api::answer::Refusal;
use http::StatusCode;
use std::collections::BTreeSet;

/// The access to a secret or a variable, in GitHub's words.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Access {
    /// The repository or environment that owns it. There is no access to choose.
    Owner,
    /// Every repository of the organization (`visibility: all`).
    All,
    /// The organization's private and internal repositories (`visibility: private`).
    Private,
    /// The repositories with these ids (`visibility: selected`). The set may be empty.
    Selected(BTreeSet<u64>),
}

impl Access {
    /// Returns GitHub's field `visibility`, if the access has one.
    pub fn visibility(&self) -> Option<&'static str> {
        match self {
            Self::Owner => None,
            Self::All => Some("all"),
            Self::Private => Some("private"),
            Self::Selected(_) => Some("selected"),
        }
    }

    /// Reads the access of an organization's write. The ids count with `selected` only.
    pub(crate) fn parse(visibility: &str, ids: BTreeSet<u64>) -> Result<Self, Refusal> {
        match visibility {
            "all" => Ok(Self::All),
            "private" => Ok(Self::Private),
            "selected" => Ok(Self::Selected(ids)),
            unknown => Err(Refusal::invalid_request(format!(
                "{unknown:?} is not a member of [\"all\", \"private\", \"selected\"]."
            ))),
        }
    }

    /// Returns whether this repository of the organization has access.
    pub(crate) fn reaches(&self, repository_id: u64, is_private: bool) -> bool {
        match self {
            Self::Owner => false,
            Self::All => true,
            Self::Private => is_private,
            Self::Selected(ids) => ids.contains(&repository_id),
        }
    }

    /// Returns the selected repositories, or a conflict if the visibility is another.
    pub(crate) fn selected_mut(&mut self) -> Result<&mut BTreeSet<u64>, Refusal> {
        match self {
            Self::Selected(ids) => Ok(ids),
            _ => Err(Refusal::new(StatusCode::CONFLICT, "Conflict")),
        }
    }
}

//! A found secret, and the secrets of the same name that it shadows.

use crate::commands::access::describe_repositories;
use crate::kept::Found;
use crate::output::{Failure, Output, age};
use octoseal::{AnyStore, Repository, RepositoryRef, Secret};

pub(super) struct Hit {
    pub(super) store: AnyStore,
    pub(super) path: String,
    pub(super) secret: Secret,
    /// The selected repositories, if the secret has such a list.
    pub(super) repositories: Option<Vec<RepositoryRef>>,
}

impl Hit {
    /// Returns whether a workflow with access to both secrets gets this one: an environment's secret takes
    /// precedence over its repository's, and that over the organization's (GitHub, "Secrets reference").
    fn shadows(&self, other: &Self) -> bool {
        let is_same = self.secret.name == other.secret.name && self.store.family() == other.store.family();
        is_same
            && self.rank() > other.rank()
            && self.repository().is_some_and(|repository| other.reaches(repository))
    }

    fn rank(&self) -> u8 {
        match self.store {
            AnyStore::Environment(_) => 2,
            AnyStore::Repository(_) => 1,
            _ => 0,
        }
    }

    fn repository(&self) -> Option<&Repository> {
        match &self.store {
            AnyStore::Environment(store) => Some(store.owner().repository()),
            AnyStore::Repository(store) => Some(store.owner()),
            _ => None,
        }
    }

    /// Returns whether the repository can use the secret.
    fn reaches(&self, repository: &Repository) -> bool {
        let is_listed = |listed: &Vec<RepositoryRef>| {
            listed.iter().any(|listed| listed.full_name.eq_ignore_ascii_case(&repository.to_string()))
        };
        match &self.store {
            AnyStore::Organization(store) => {
                store.owner().login().eq_ignore_ascii_case(repository.owner())
                    && self.repositories.as_ref().is_none_or(is_listed)
            }
            _ => self.repository() == Some(repository),
        }
    }

    /// Describes the access.
    fn access(&self) -> String {
        match (&self.repositories, &self.secret.visibility) {
            (Some(repositories), _) => match repositories.len() {
                1 => "1 repository".to_owned(),
                count => format!("{count} repositories"),
            },
            (None, Some(visibility)) => visibility.as_str().to_owned(),
            (None, None) => String::new(),
        }
    }
}

/// Prints the hits, sorted by name and store.
pub(super) fn print(hits: &[Hit], output: Output) -> Result<(), Failure> {
    let widest = |length: fn(&Hit) -> usize| hits.iter().map(length).max().unwrap_or_default();
    let (names, paths) = (widest(|hit| hit.secret.name.len()), widest(|hit| hit.path.len()));
    for hit in hits {
        let shadowed = hits.iter().filter(|other| hit.shadows(other)).map(|other| other.path.as_str());
        let shadowed: Vec<&str> = shadowed.collect();
        let mut data = Found::from(&hit.secret).describe(&hit.store);
        data["repositories"] = hit.repositories.as_deref().map(describe_repositories).into();
        data["shadows"] = shadowed.clone().into();
        let (name, path, access) = (&hit.secret.name, &hit.path, hit.access());
        let updated = age::shown(hit.secret.updated_at);
        let mut text = format!("{name:names$}  {path:paths$}  {updated:20}  {access}").trim_end().to_owned();
        if !shadowed.is_empty() {
            text += &format!("\n  shadows {}", shadowed.join(", "));
        }
        output.answer(&data, text)?;
    }
    Ok(())
}

//! The repositories that patterns need, as GitHub lists them.

use super::expand::{ExpandError, Selection};
use super::filter::Filters;
use super::listing;
use super::pattern::StorePattern;
use octoseal::support::{Account, RepositoryProperties};
use octoseal::{Error, GitHub, Organization, PageRequest, Repository, RepositoryRef, TokenKind};
use std::collections::{BTreeMap, HashMap};

/// The repositories of the owners that patterns name, each owner listed once.
pub(super) struct Catalog<'a> {
    github: &'a GitHub,
    filters: &'a Filters,
    /// By the owner's login in lower case.
    owners: HashMap<String, Vec<RepositoryRef>>,
}

impl<'a> Catalog<'a> {
    pub(super) fn new(github: &'a GitHub, filters: &'a Filters) -> Self {
        Self { github, filters, owners: HashMap::new() }
    }

    /// Returns the repositories that match the pattern and the filters.
    pub(super) async fn repositories(
        &mut self,
        pattern: &StorePattern,
        Selection { skipped, active, .. }: &mut Selection,
    ) -> Result<Vec<Repository>, ExpandError> {
        if let Some(name) = pattern.repository().literal() {
            return Ok(vec![Repository::new(pattern.owner(), name).map_err(Error::from)?]);
        }
        let owner = pattern.owner().to_ascii_lowercase();
        if !self.owners.contains_key(&owner) {
            let listed = self.list(pattern.owner()).await?;
            self.owners.insert(owner.clone(), listed);
        }
        let mut matching = Vec::new();
        for found in self.owners.get(&owner).into_iter().flatten() {
            let Ok(repository) = found.full_name.parse::<Repository>() else { continue };
            if !pattern.matches_repository(&repository) || !self.filters.accepts(found) {
                continue;
            }
            match self.filters.skips(found) {
                Some(_) if skipped.iter().any(|(known, _)| *known == repository) => {}
                Some(kind) => skipped.push((repository, kind)),
                None => {
                    if !found.archived && !found.disabled {
                        active.insert(repository.clone());
                    }
                    matching.push(repository);
                }
            }
        }
        Ok(matching)
    }

    /// Lists an owner's repositories that have the properties in the filters.
    async fn list(&self, login: &str) -> Result<Vec<RepositoryRef>, ExpandError> {
        let organization = Organization::new(login).map_err(Error::from)?;
        let account = Account::new(login).map_err(Error::from)?;
        let first = PageRequest::default();
        let whole = |first| listing::whole(self.github, first, |found: &RepositoryRef| found.id);
        let mut listed = if self.github.token_kind() == Some(TokenKind::Installation) {
            whole(account.installation_repositories(first)).await?
        } else {
            match whole(organization.repositories(first)).await {
                // The owner is a user, not an organization.
                Err(error) if error.is_not_found() => whole(account.repositories(first)).await?,
                listed => listed?,
            }
        };
        if !self.filters.properties.is_empty() {
            let properties = self.properties(&organization).await?;
            let has = |found: &RepositoryRef, (key, value): &(String, String)| {
                properties.get(&found.full_name.to_ascii_lowercase()).is_some_and(|own| {
                    own.iter().any(|(name, values)| name.eq_ignore_ascii_case(key) && values.contains(value))
                })
            };
            listed.retain(|found| self.filters.properties.iter().all(|property| has(found, property)));
        }
        Ok(listed)
    }

    async fn properties(
        &self,
        organization: &Organization,
    ) -> Result<BTreeMap<String, Vec<(String, Vec<String>)>>, ExpandError> {
        let first = organization.property_values(PageRequest::default());
        let id = |found: &RepositoryProperties| found.repository_id;
        let listed = listing::whole(self.github, first, id).await?;
        Ok(listed
            .into_iter()
            .map(|it| {
                let properties = it.properties.into_iter().map(|property| (property.name, property.values));
                (it.repository_full_name.to_ascii_lowercase(), properties.collect())
            })
            .collect())
    }
}

//! The access that a write sends: the caller's, or the current one.

use crate::any_secrets::AnySecrets;
use crate::error::Error;
use crate::refusal::Refusal;
use http::StatusCode;
use octoseal_model::{
    AnyAccess, AnyStore, Error as ModelError, Secret, SecretName, Visibility, VisibilityName, Written,
};
use std::sync::Arc;

/// The access that a write sends.
#[derive(Debug)]
pub(crate) enum Settled {
    /// The caller's access, or the secret's current access.
    Known(AnyAccess),
    /// The access for a new secret: GitHub answered that the secret does not exist.
    New(Visibility),
}

impl AnySecrets {
    /// Replaces an access that is to be kept with the secret's current access.
    pub(crate) async fn settle(&self, name: &SecretName, access: AnyAccess) -> Result<Settled, Error> {
        let otherwise = match access {
            AnyAccess::Keep if self.store().selects_repositories() => None,
            AnyAccess::KeepOr(visibility) => Some(visibility),
            access => return Ok(Settled::Known(access)),
        };
        self.prepare().await?; // first, to keep the time between reading and writing short
        // Only this answer means that the secret does not exist. A 404 of a listing has other reasons.
        match (self.get(name).await, otherwise) {
            (Ok(secret), _) => self.kept(name, secret).await.map(Settled::Known),
            (Err(Error::Refused(refusal)), otherwise) if refusal.problem().is_not_found() => {
                otherwise.map(Settled::New).ok_or_else(|| self.nothing_to_keep(name, refusal))
            }
            (Err(error), _) => Err(error),
        }
    }

    /// Reads the secret's current access.
    async fn kept(&self, name: &SecretName, secret: Secret) -> Result<AnyAccess, Error> {
        if !secret.name.eq_ignore_ascii_case(name.as_str()) {
            return Err(self.another_secret(name));
        }
        match (self.store(), secret.visibility) {
            // A user's secret always has selected repositories.
            (AnyStore::User(_), _) | (_, Some(VisibilityName::Selected)) => {}
            (_, Some(VisibilityName::All)) => return Ok(AnyAccess::All),
            (_, Some(VisibilityName::Private)) => return Ok(AnyAccess::Private),
            _ => return Err(Error::UnknownVisibility),
        }
        let repositories = self.selected_repositories(name).await?;
        Ok(AnyAccess::Selected(repositories.into_iter().map(|found| found.id).collect()))
    }

    /// Checks the result of a write that sent an access for a new secret.
    ///
    /// `was_repeated` means that an earlier attempt may have been done. That attempt may then have created
    /// the secret.
    pub(crate) fn check_new(
        &self,
        name: &SecretName,
        access: Visibility,
        (written, was_repeated): (Written, bool),
    ) -> Result<Written, Error> {
        match written {
            Written::Created => Ok(written),
            Written::Updated => Err(Error::AccessReplaced {
                store: Box::new(self.store().clone()),
                name: name.clone(),
                access,
                is_proven: !was_repeated,
            }),
        }
    }

    fn nothing_to_keep(&self, name: &SecretName, refusal: Box<Refusal>) -> Error {
        Error::NothingToKeep { store: Box::new(self.store().clone()), name: name.clone(), refusal }
    }

    fn another_secret(&self, name: &SecretName) -> Error {
        let source: Box<dyn std::error::Error + Send + Sync> = "the answer is about another secret".into();
        Error::Answer {
            operation: Box::new(self.store().get(name).operation().clone()),
            source: ModelError::UnexpectedAnswer { status: StatusCode::OK, source: Some(Arc::from(source)) },
        }
    }
}

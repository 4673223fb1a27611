//! Names and stores, told apart by their shape: a store has a slash, a name has none.

use crate::output::Failure;
use clap::Args;
use octoseal::{AnyStore, ModelError, SecretName};

/// What a verb on one store is given.
#[derive(Args)]
pub(crate) struct InStore {
    /// user/codespaces, repos/OWNER/REPO/actions, repos/OWNER/REPO/environments/NAME, orgs/ORG/dependabot, …
    ///
    /// A slash in an environment's name is written %2F, a percent sign %25.
    pub(crate) store: AnyStore,
}

/// What a verb on one secret is given: a name and a store, in any order.
#[derive(Args)]
pub(crate) struct OneSecret {
    /// Name of the secret: letters, digits and underscores
    #[arg(value_name = "NAME")]
    first: Word,
    /// user/codespaces, repos/OWNER/REPO/actions, repos/OWNER/REPO/environments/NAME, orgs/ORG/dependabot, …
    ///
    /// A slash in an environment's name is written %2F, a percent sign %25.
    #[arg(value_name = "STORE")]
    second: Word,
}

/// One secret.
#[derive(Clone)]
pub(crate) struct Secret {
    pub(crate) name: SecretName,
    pub(crate) store: AnyStore,
}

#[derive(Clone)]
enum Word {
    Name(SecretName),
    Store(AnyStore),
}

impl std::str::FromStr for Word {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        if text.contains('/') { text.parse().map(Self::Store) } else { text.parse().map(Self::Name) }
    }
}

impl OneSecret {
    /// Finds out which word is the name and which the store.
    pub(crate) fn secret(self) -> Result<Secret, Failure> {
        match (self.first, self.second) {
            (Word::Name(name), Word::Store(store)) | (Word::Store(store), Word::Name(name)) => {
                Ok(Secret { name, store })
            }
            (Word::Name(_), Word::Name(_)) => {
                let hint = "a store is a path such as repos/OWNER/REPO/actions or orgs/ORG/dependabot";
                Err(Failure::usage("two names were given, but no store").hint(hint).argument("STORE"))
            }
            (Word::Store(_), Word::Store(_)) => {
                Err(Failure::usage("two stores were given, but no name").argument("NAME"))
            }
        }
    }
}

//! The JSON that a write sends: strict, with every field that GitHub may demand.

use crate::access::{AccessFields, RepositoryIds};
use crate::api_version::ApiVersion;
use crate::sealed_value::SealedValue;
use bytes::Bytes;
use serde::{Serialize, Serializer};

/// The body of a request, kept apart until the API version is known.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// Creates or replaces a secret.
    Secret { value: SealedValue, access: AccessFields, ids: IdForm },
    /// Replaces the selected repositories.
    SelectedRepositories(RepositoryIds),
}

/// How a write tells the ids of repositories.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum IdForm {
    Number,
    /// As text under 2022-11-28, as numbers later: the secrets that organizations keep for Dependabot.
    TextAtFirst,
}

#[derive(Serialize)]
struct SecretBody<'a> {
    encrypted_value: &'a str,
    key_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    visibility: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    selected_repository_ids: Option<Ids<'a>>,
}

#[derive(Serialize)]
struct SelectedRepositoriesBody<'a> {
    selected_repository_ids: Ids<'a>,
}

struct Ids<'a> {
    ids: &'a RepositoryIds,
    as_text: bool,
}

impl Body {
    pub(crate) fn to_json(&self, version: ApiVersion) -> Bytes {
        let json = match self {
            Self::Secret { value, access, ids: form } => {
                let as_text = *form == IdForm::TextAtFirst && version == ApiVersion::V2022_11_28;
                serde_json::to_vec(&SecretBody {
                    encrypted_value: value.encrypted_value(),
                    key_id: value.key_id(),
                    visibility: access.visibility,
                    selected_repository_ids: access.ids.as_ref().map(|ids| Ids { ids, as_text }),
                })
            }
            Self::SelectedRepositories(ids) => serde_json::to_vec(&SelectedRepositoriesBody {
                selected_repository_ids: Ids { ids, as_text: false },
            }),
        };
        json.expect("text and numbers are always JSON").into()
    }

    /// The texts that GitHub might repeat in an error.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Secret { value, .. } => vec![value.encrypted_value(), value.key_id()],
            Self::SelectedRepositories(_) => Vec::new(),
        }
    }
}

impl Serialize for Ids<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.as_text {
            serializer.collect_seq(self.ids.iter().map(|id| id.to_string()))
        } else {
            serializer.collect_seq(self.ids.iter())
        }
    }
}

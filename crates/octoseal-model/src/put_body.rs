//! JSON bodies of writes: strict, with every field that GitHub may require.

use crate::access::{AccessFields, RepositoryIds};
use crate::api_version::ApiVersion;
use crate::name::VariableName;
use crate::sealed_value::SealedValue;
use bytes::Bytes;
use serde::{Serialize, Serializer};

/// The body of a request, serialized once the API version is known.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// Creates or replaces a secret.
    Secret { value: SealedValue, access: AccessFields, ids: IdForm },
    /// Creates a variable.
    NewVariable { name: VariableName, value: String, access: AccessFields },
    /// Replaces the value of a variable. Without access fields the variable keeps its access.
    VariableUpdate { value: String, access: AccessFields },
    /// Creates an environment without protection rules.
    NewEnvironment,
    /// Replaces the selected repositories.
    SelectedRepositories(RepositoryIds),
}

/// The JSON type of repository ids in a write.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum IdForm {
    Number,
    /// Text under 2022-11-28, numbers in later versions: organizations' secrets for Dependabot.
    TextInFirstVersion,
}

/// Every field that a body can have.
#[derive(Default, Serialize)]
struct Fields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    encrypted_value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    visibility: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    selected_repository_ids: Option<Ids<'a>>,
}

struct Ids<'a> {
    ids: &'a RepositoryIds,
    as_text: bool,
}

impl Body {
    pub(crate) fn to_json(&self, version: ApiVersion) -> Bytes {
        let fields = match self {
            Self::Secret { value, access, ids: form } => {
                let as_text = *form == IdForm::TextInFirstVersion && version == ApiVersion::V2022_11_28;
                let (encrypted_value, key_id) = (Some(value.encrypted_value()), Some(value.key_id()));
                Fields { encrypted_value, key_id, ..Fields::of(access, as_text) }
            }
            Self::NewVariable { name, value, access } => {
                Fields { name: Some(name.as_str()), value: Some(value), ..Fields::of(access, false) }
            }
            Self::VariableUpdate { value, access } => {
                Fields { value: Some(value), ..Fields::of(access, false) }
            }
            Self::NewEnvironment => Fields::default(),
            Self::SelectedRepositories(ids) => {
                Fields { selected_repository_ids: Some(Ids { ids, as_text: false }), ..Fields::default() }
            }
        };
        serde_json::to_vec(&fields).expect("text and numbers are always JSON").into()
    }

    /// Returns the texts that GitHub might repeat in an error.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Secret { value, .. } => vec![value.encrypted_value(), value.key_id()],
            Self::NewVariable { value, .. } | Self::VariableUpdate { value, .. } => vec![value],
            Self::NewEnvironment | Self::SelectedRepositories(_) => Vec::new(),
        }
    }
}

impl<'a> Fields<'a> {
    fn of(access: &'a AccessFields, as_text: bool) -> Self {
        let ids = access.ids.as_ref().map(|ids| Ids { ids, as_text });
        Self { visibility: access.visibility, selected_repository_ids: ids, ..Self::default() }
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

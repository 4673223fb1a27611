//! The feature `serde`: what prints as text serializes as it, and is checked again when it is read.

use crate::answer::{RepositoryRef, Secret, StoreKey, VisibilityName, Written};
use crate::any_store::AnyStore;
use crate::family::Family;
use crate::name::SecretName;
use crate::owner::{Environment, Organization, Repository, User};
use crate::store::Store;
use crate::timestamp::Timestamp;
use serde::de::Error as _;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! as_text {
    ($($type:ty)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )*};
}
as_text! {
    SecretName Family Repository Environment Organization User Timestamp AnyStore
    Store<Repository> Store<Environment> Store<Organization> Store<User>
}

impl Serialize for VisibilityName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// `created` or `updated`.
impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Created => "created",
            Self::Updated => "updated",
        })
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Secret", 4)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("created_at", &self.created_at)?;
        fields.serialize_field("updated_at", &self.updated_at)?;
        fields.serialize_field("visibility", &self.visibility)?;
        fields.end()
    }
}

impl Serialize for StoreKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("StoreKey", 2)?;
        fields.serialize_field("key_id", &self.key_id)?;
        fields.serialize_field("key", &self.key)?;
        fields.end()
    }
}

impl Serialize for RepositoryRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("RepositoryRef", 2)?;
        fields.serialize_field("id", &self.id)?;
        fields.serialize_field("full_name", &self.full_name)?;
        fields.end()
    }
}

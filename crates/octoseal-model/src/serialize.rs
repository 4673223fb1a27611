//! Serialization with the feature `serde`: types that print as text serialize as that text and are checked
//! when they are read. The answer types derive it.

use crate::answer::VisibilityName;
use crate::any_store::AnyStore;
use crate::family::Family;
use crate::name::{SecretName, VariableName};
use crate::owner::{Environment, Organization, Repository, User};
use crate::store::Store;
use crate::timestamp::Timestamp;
use crate::variable_store::AnyVariableStore;
use serde::de::Error as _;
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
    SecretName VariableName Family Repository Environment Organization User Timestamp AnyStore AnyVariableStore
    Store<Repository> Store<Environment> Store<Organization> Store<User>
}

impl Serialize for VisibilityName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

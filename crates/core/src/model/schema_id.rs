//! The constant that says which document a document is.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

/// A type with a published schema.
pub trait Published {
    /// URN of the schema, which every document of the type carries.
    const SCHEMA_ID: &'static str;
}

/// The `schema_id` of a document: on the wire the URN of its schema. Reading a document of another type fails here.
pub struct SchemaId<T>(PhantomData<fn() -> T>);

impl<T> SchemaId<T> {
    /// The constant.
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Published> SchemaId<T> {
    /// The URN.
    pub const fn as_str(&self) -> &'static str {
        T::SCHEMA_ID
    }
}

impl<T> Clone for SchemaId<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for SchemaId<T> {}

impl<T> Default for SchemaId<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Published> fmt::Debug for SchemaId<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::SCHEMA_ID)
    }
}

impl<T> PartialEq for SchemaId<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for SchemaId<T> {}

impl<T: Published> Serialize for SchemaId<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(T::SCHEMA_ID)
    }
}

impl<'de, T: Published> Deserialize<'de> for SchemaId<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        if id == T::SCHEMA_ID {
            Ok(Self::new())
        } else {
            Err(serde::de::Error::custom(format_args!("the schema_id is `{id}`, not `{}`", T::SCHEMA_ID)))
        }
    }
}

#[cfg(feature = "schema")]
impl<T: Published> schemars::JsonSchema for SchemaId<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::SCHEMA_ID.into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "const": T::SCHEMA_ID })
    }
}

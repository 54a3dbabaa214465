//! What a vendor says of the things above a backend.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::Pointer;
use crate::model::owned::into_owned;
use crate::model::word::words;

words! {
    /// What kind of thing stands above a backend. The list is open: read a value you do not know as "something above it".
    open ParentKind {
        /// A listener.
        Listener,
        /// A load balancer.
        LoadBalancer,
        /// A pool.
        Pool,
    }
}

/// What a payload says of a load balancer, listener or pool as a whole, in the vendor's own words. It is never the verdict of a backend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Parent<'a> {
    /// What kind of thing it is.
    pub kind: ParentKind,
    /// Id of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
    /// Name of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Cow<'a, str>>,
    /// The vendor's status word for the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Cow<'a, str>>,
    /// The vendor's word for the state of its configuration; not health.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_status: Option<Cow<'a, str>>,
    /// JSON Pointer to the object in the payload that describes it.
    pub path: Pointer,
}

into_owned!(Parent { kind, id, name, status, provisioning_status, path });

impl Parent<'_> {
    /// Something of this kind, at this place of the payload.
    pub const fn new(kind: ParentKind, path: Pointer) -> Self {
        Self { kind, id: None, name: None, status: None, provisioning_status: None, path }
    }
}

//! What a document was made of.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::count;
use crate::model::owned::into_owned;

/// One of the replies that a document was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Source<'a> {
    /// The vendor's name of the operation.
    pub operation: Cow<'a, str>,
    /// The vendor's id of the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Cow<'a, str>>,
}

into_owned!(Source { operation, request_id });

impl<'a> Source<'a> {
    /// The one reply that a document was made of.
    pub(crate) fn of(operation: &Cow<'a, str>, request_id: Option<&Cow<'a, str>>) -> Self {
        Self { operation: operation.clone(), request_id: request_id.cloned() }
    }

    /// The replies that a document was made of: those it names, or itself.
    pub(crate) fn all_of(sources: &[Self], operation: &Cow<'a, str>, request_id: Option<&Cow<'a, str>>) -> Vec<Self> {
        if sources.is_empty() { vec![Self::of(operation, request_id)] } else { sources.to_vec() }
    }
}

/// An index into `sources`, of which the first is left out.
pub(crate) fn shifted(source: Option<u32>, by: usize) -> Option<u32> {
    let index = source.unwrap_or(0).saturating_add(count(by));
    (index > 0).then_some(index)
}

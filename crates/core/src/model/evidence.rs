//! What stands behind a verdict: the codes of the probe, and the vendor's own words.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::owned::into_owned;
use crate::{Pointer, StatusCodes};

/// What a probe expected and what it met, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Probe {
    /// The status codes that the check accepts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<StatusCodes>,
    /// The status codes that the backend answered with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observed: Vec<u16>,
    /// Port that is probed, which need not be the one that gets the traffic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
}

/// The vendor's own words, untouched, and where they stood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Evidence<'a> {
    /// The status word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Cow<'a, str>>,
    /// The reason word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Cow<'a, str>>,
    /// The expected status codes as the vendor wrote them; elements of a list are joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Cow<'a, str>>,
    /// The observed status codes as the vendor wrote them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Cow<'a, str>>,
    /// The vendor's text for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Cow<'a, str>>,
    /// Which of the document's `sources` the payload is, from 0; left out for the first and where there is only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<u32>,
    /// JSON Pointer to the object in the payload that held them; the empty text is the payload itself.
    pub path: Pointer,
}

into_owned!(Evidence { status, reason, expected, observed, message, source, path });

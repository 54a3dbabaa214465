//! An item of a stream.

use schemars::JsonSchema;
use serde::Serialize;

use crate::Context;
use crate::model::schema_id::Published;

/// An item of a stream: a payload, and what its caller knows of it. A payload without context may stand in a stream as it is.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Envelope {
    /// What the payload does not say and its caller knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<Context<'static>>,
    /// The reply as the vendor's API, SDK or CLI gave it.
    payload: serde_json::Value,
}

impl Published for Envelope {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:envelope";
}

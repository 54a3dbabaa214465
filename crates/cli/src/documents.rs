//! Documents from files that hold replies of vendors, or documents that were written before.

use std::path::Path;

use anyhow::{Context as _, Result};
use lbhealth::{Adapter, Context, Document};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::normalize::{normalized, read};

/// What tells a document of ours from a reply.
const OWN: &str = "urn:lbhealth:";

/// Every document of a file, which may hold several, one after the other.
pub(crate) fn documents(path: &Path, adapter: Option<&dyn Adapter>) -> Result<Vec<Document<'static>>> {
    let payload = read(path).context("cannot be read")?;
    let payload = payload.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&payload);
    let values: Result<Vec<&RawValue>, _> = serde_json::Deserializer::from_slice(payload).into_iter().collect();
    match values {
        Ok(values) if !values.is_empty() => values.into_iter().map(|value| document(value.get(), adapter)).collect(),
        // What is wrong with the text is told best by who reads replies.
        _ => Ok(vec![normalized(payload, adapter, &Context::default())?.into_owned()]),
    }
}

fn document(text: &str, adapter: Option<&dyn Adapter>) -> Result<Document<'static>> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(default)]
        schema_id: Option<String>,
    }
    let is_own = serde_json::from_str(text).is_ok_and(|head: Head| head.schema_id.is_some_and(|id| id.starts_with(OWN)));
    if is_own {
        return Ok(text.parse()?);
    }
    Ok(normalized(text.as_bytes(), adapter, &Context::default())?.into_owned())
}

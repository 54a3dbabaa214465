//! Reading documents back, or replies where there are none yet.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use lbhealth::{ADAPTERS, Adapter, Context, Document, HealthReport};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::batch::with_remedy;
use crate::input::{name, read};
use crate::progress::Progress;

/// What tells a document of ours from a reply.
const OWN: &str = "urn:lbhealth:";

/// The files that were named; nothing is standard input.
pub(crate) fn files(named: &[PathBuf]) -> Vec<PathBuf> {
    if named.is_empty() { vec![PathBuf::from("-")] } else { named.to_vec() }
}

/// The health reports of one file.
pub(crate) fn reports(path: &Path, adapter: Option<&dyn Adapter>) -> Result<Vec<HealthReport<'static>>> {
    let documents = documents(path, adapter).with_context(|| name(path))?;
    let report = |document| match document {
        Document::Inventory(_) => {
            bail!("an inventory is no health report; complete one with it: `lbhealth normalize HEALTH --with INVENTORY`")
        }
        other => Ok(other.into_health()?),
    };
    documents.into_iter().map(report).collect::<Result<_>>().with_context(|| name(path))
}

/// The same reports, of which pages of one answer are one.
pub(crate) fn joined(reports: Vec<HealthReport<'static>>) -> Vec<HealthReport<'static>> {
    let mut joined = HealthReport::join_pages(reports);
    for report in &mut joined {
        report.conclude(ADAPTERS);
    }
    joined
}

/// Every document of a file: documents as this program writes them, one or several after each other, or replies of vendors.
pub(crate) fn documents(path: &Path, adapter: Option<&dyn Adapter>) -> Result<Vec<Document<'static>>> {
    let payload = read(path, &Progress::of(&[path.to_path_buf()], true)).context("cannot be read")?;
    let Ok(text) = std::str::from_utf8(&payload) else {
        // Says what is wrong with the text, and where.
        return Ok(vec![normalized(&payload, adapter, &Context::default())?.into_owned()]);
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut documents = Vec::new();
    for (number, value) in (1..).zip(serde_json::Deserializer::from_str(text).into_iter::<&RawValue>()) {
        let document = match value {
            Ok(value) => document(value.get(), adapter),
            // What is wrong with the text is told best by who reads replies.
            Err(_) if number == 1 => normalized(&payload, adapter, &Context::default()).map(Document::into_owned),
            Err(error) => Err(anyhow!("not JSON: {error}")),
        };
        documents.push(if number == 1 { document? } else { document.with_context(|| format!("document {number}"))? });
    }
    if documents.is_empty() {
        bail!("the input is empty; there is no document in it");
    }
    Ok(documents)
}

/// The document that the value is or becomes.
fn document(value: &str, adapter: Option<&dyn Adapter>) -> Result<Document<'static>> {
    own(value).unwrap_or_else(|| Ok(normalized(value.as_bytes(), adapter, &Context::default())?.into_owned()))
}

/// The document that the value is, if it is one of ours.
pub(crate) fn own(value: &str) -> Option<Result<Document<'static>>> {
    #[derive(Deserialize)]
    struct Head {
        schema_id: String,
    }
    let is_own = serde_json::from_str(value).is_ok_and(|head: Head| head.schema_id.starts_with(OWN));
    is_own.then(|| Ok(value.parse()?))
}

/// The document that a reply becomes, or an error that also says whose reply it looks like.
fn normalized<'a>(payload: &'a [u8], adapter: Option<&dyn Adapter>, context: &Context<'a>) -> Result<Document<'a>> {
    let document = match adapter {
        Some(adapter) => adapter.normalize(payload, context),
        None => lbhealth::normalize(payload, context),
    };
    document.map_err(|error| with_remedy(error, payload))
}

//! Reading documents back, or replies where there are none yet.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use lbhealth::{Adapter, Context, Document, HealthReport};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::normalize::{name, normalized, read};

/// The health reports of one file: documents as this program writes them, one or several after each other, or replies of vendors.
pub(crate) fn reports(path: &Path, adapter: Option<&dyn Adapter>) -> Result<Vec<HealthReport<'static>>> {
    let payload = read(path).context("cannot be read").with_context(|| name(path))?;
    documents(&payload, adapter).with_context(|| name(path))
}

/// The files that were named; nothing is standard input.
pub(crate) fn files(named: &[PathBuf]) -> Vec<PathBuf> {
    if named.is_empty() { vec![PathBuf::from("-")] } else { named.to_vec() }
}

fn documents(payload: &[u8], adapter: Option<&dyn Adapter>) -> Result<Vec<HealthReport<'static>>> {
    let context = Context::default();
    let Ok(text) = std::str::from_utf8(payload) else {
        // Says what is wrong with the text, and where.
        return Ok(vec![normalized(payload, adapter, &context)?.into_health()?.into_owned()]);
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reports = Vec::new();
    for (number, value) in (1..).zip(serde_json::Deserializer::from_str(text).into_iter::<&RawValue>()) {
        let report = match value {
            Ok(value) => report(value.get(), adapter, &context),
            Err(_) if number == 1 => normalized(payload, adapter, &context).map(|_| None),
            Err(error) => Err(anyhow!("not JSON: {error}")),
        };
        let is_one = number == 1 && reports.is_empty();
        let report = if is_one { report? } else { report.with_context(|| format!("document {number}"))? };
        reports.extend(report);
    }
    if reports.is_empty() {
        bail!("the input is empty; there is no document in it");
    }
    Ok(reports)
}

/// The health report that the value is or becomes.
fn report(value: &str, adapter: Option<&dyn Adapter>, context: &Context<'_>) -> Result<Option<HealthReport<'static>>> {
    #[derive(Deserialize)]
    struct Head {
        schema_id: String,
    }
    let is_ours = serde_json::from_str::<Head>(value).is_ok_and(|head| head.schema_id.starts_with("urn:lbhealth:"));
    let document = if is_ours { value.parse()? } else { normalized(value.as_bytes(), adapter, context)?.into_owned() };
    match document {
        Document::Health(report) => Ok(Some(report)),
        Document::Inventory(_) => {
            bail!("an inventory is no health report; complete one with it: `lbhealth normalize HEALTH --with INVENTORY`")
        }
        other => Ok(Some(other.into_health()?)),
    }
}

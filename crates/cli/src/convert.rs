//! `lbhealth convert`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use lbhealth::{ADAPTERS, Adapter, Conversion, Document, HealthCheck};

use crate::arguments::ReplyAdapter;
use crate::documents::documents;
use crate::input::name;
use crate::names::first_few;
use crate::{FAILED, PRODUCER, WrongUsage, complain, output};

/// How many ids are named where the one that was asked for is not among them.
const NAMED: usize = 3;

#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// Adapter whose vendor the request is for
    #[arg(long, value_name = "ID")]
    to: String,
    /// File with a reply or document; `-` or nothing is standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    adapter: ReplyAdapter,
    /// Only the check with this id
    #[arg(long, value_name = "ID")]
    check: Option<String>,
    /// Take a setting that cannot be carried over for an error
    #[arg(long)]
    strict: bool,
    /// What to write
    #[arg(long, value_enum, default_value_t = ConvertFormat::Body)]
    format: ConvertFormat,
}

/// How `convert` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ConvertFormat {
    /// The body of the request
    Body,
    /// A document with the body, what was lost and what is not told
    Json,
}

/// Writes every check of the input as a request to another vendor.
pub(crate) fn run(arguments: &Convert) -> Result<ExitCode> {
    let to = lbhealth::adapter(&arguments.to)?;
    if to.check_requests().is_empty() {
        let able: Vec<_> = ADAPTERS.iter().filter(|one| !one.check_requests().is_empty()).map(|one| one.id()).collect();
        return Err(WrongUsage(format!("checks cannot be written for {}; they can for {}", to.id(), able.join(" and "))).into());
    }
    let adapter = arguments.adapter.named()?;
    let path = arguments.file.clone().unwrap_or_else(|| PathBuf::from("-"));
    let within = |documents: Vec<_>| converted(&documents, arguments, to).with_context(|| name(&path));
    let conversions = documents(&path, adapter).complete().and_then(within)?;
    if arguments.format == ConvertFormat::Body || arguments.strict {
        for conversion in &conversions {
            tell(&path, conversion);
        }
    }
    let is_another =
        |conversion: &Conversion| conversion.lost.iter().any(|lost| lost.bears_on_health) || !conversion.unread.is_empty();
    if arguments.strict && conversions.iter().any(is_another) {
        return Ok(ExitCode::from(FAILED));
    }
    let mut text = String::new();
    for conversion in &conversions {
        text += &match arguments.format {
            ConvertFormat::Body => output::json(&conversion.body)?,
            ConvertFormat::Json => output::json(conversion)?,
        };
    }
    output::print(text)?;
    Ok(ExitCode::SUCCESS)
}

/// Every check of the documents that was asked for, as a request.
fn converted(documents: &[Document<'_>], arguments: &Convert, to: &dyn Adapter) -> Result<Vec<Conversion>> {
    let mut checks: Vec<(&HealthCheck<'_>, &Document<'_>)> = Vec::new();
    for document in documents {
        if let Document::Health(_) = document {
            bail!("this is about the health of backends; convert reads the configuration of health checks");
        }
        checks.extend(document.checks().map(|(check, _)| (check, document)));
    }
    if checks.is_empty() {
        bail!("no health check is configured in it");
    }
    if let Some(wanted) = arguments.check.as_deref() {
        let ids = checks.iter().filter_map(|(check, _)| check.id.as_deref().map(str::to_owned));
        let ids = first_few(ids, NAMED, " and ");
        checks.retain(|(check, _)| check.id.as_deref() == Some(wanted));
        if checks.is_empty() {
            let ids = if ids.is_empty() { "none has one".to_owned() } else { format!("there are {ids}") };
            bail!("no check has the id `{wanted}`; {ids}");
        }
    }
    let converted = |(check, document): (&HealthCheck<'_>, &Document<'_>)| lbhealth::convert(check, document.warnings(), to);
    let mut conversions: Vec<Conversion> = checks.into_iter().filter_map(converted).collect();
    for conversion in &mut conversions {
        conversion.producer = Some(PRODUCER.into());
    }
    Ok(conversions)
}

/// Says what could not be carried over, and what the check does not tell.
fn tell(path: &Path, conversion: &Conversion) {
    let check = conversion.check_id.as_deref().map(|id| format!("{id}: ")).unwrap_or_default();
    let start = format!("{}: {check}", name(path));
    for lost in &conversion.lost {
        complain(&format!("{start}`{}` = `{}` is lost: {}", lost.field, lost.value, lost.why));
    }
    for unread in &conversion.unread {
        complain(&format!("{start}`{}` is lost: {}", unread.path, unread.why));
    }
    for unset in &conversion.unset {
        complain(&match unset.default {
            _ if unset.required => format!("{start}`{}` has to be set: the request fails without it", unset.field),
            Some(default) => format!("{start}`{}` is not told: the vendor takes {default}", unset.field),
            None => format!("{start}`{}` is not told", unset.field),
        });
    }
}

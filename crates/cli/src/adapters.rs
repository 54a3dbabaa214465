//! `lbhealth adapters`.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::Result;
use lbhealth::{ADAPTERS, DocumentKind};
use serde::Serialize;

use crate::arguments::TextFormat;
use crate::output;

/// An adapter, as `--format json` writes it.
#[derive(Serialize)]
struct Listed {
    id: &'static str,
    vendor: &'static str,
    product: &'static str,
    operations: Vec<ListedOperation>,
}

#[derive(Serialize)]
struct ListedOperation {
    name: &'static str,
    document: DocumentKind,
    documentation: &'static str,
}

/// Lists adapters and their operations.
pub(crate) fn run(format: TextFormat) -> Result<ExitCode> {
    let adapters: Vec<Listed> = ADAPTERS
        .iter()
        .map(|adapter| Listed {
            id: adapter.id(),
            vendor: adapter.vendor(),
            product: adapter.product(),
            operations: adapter
                .operations()
                .iter()
                .map(|operation| ListedOperation {
                    name: operation.name,
                    document: operation.kind,
                    documentation: operation.documentation,
                })
                .collect(),
        })
        .collect();
    let mut text = String::new();
    if format == TextFormat::Json {
        text = output::json(&adapters)?;
    } else {
        for adapter in adapters {
            writeln!(text, "{}  {} {}", adapter.id, adapter.vendor, adapter.product)?;
            for operation in adapter.operations {
                writeln!(text, "    {}  {}", operation.name, operation.documentation)?;
            }
        }
    }
    output::print(text)?;
    Ok(ExitCode::SUCCESS)
}

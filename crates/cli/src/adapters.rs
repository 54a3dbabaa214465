//! `lbhealth adapters`.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use lbhealth::{ADAPTERS, DocumentKind};
use serde::Serialize;

use crate::arguments::Rendering;

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
pub(crate) fn run(format: Rendering) -> Result<ExitCode> {
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
    let mut out = io::stdout().lock();
    if format == Rendering::Json {
        writeln!(out, "{}", serde_json::to_string_pretty(&adapters)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    for adapter in adapters {
        writeln!(out, "{}  {} {}", adapter.id, adapter.vendor, adapter.product)?;
        for operation in adapter.operations {
            writeln!(out, "    {}  {}", operation.name, operation.documentation)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

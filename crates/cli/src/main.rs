#![doc = include_str!("../README.md")]

mod arguments;
mod batch;
mod complete;
mod input;
mod normalize;
mod output;

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use lbhealth::ErrorKind;

use crate::arguments::{Arguments, Command};

/// Some input failed; what could be written was.
const FAILED: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Normalize(arguments) => normalize::run(&arguments),
        Command::Adapters => adapters(),
        Command::Schema { name, list } => schema(name.as_deref(), list),
    };
    match outcome {
        Ok(status) => status,
        // Whoever read the output has seen enough, as `head` has.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(if is_wrong_usage(&error) { USAGE } else { FAILED })
        }
    }
}

/// Lists adapters and their operations.
fn adapters() -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    for adapter in lbhealth::ADAPTERS {
        writeln!(out, "{}  {} {}", adapter.id(), adapter.vendor(), adapter.product())?;
        for operation in adapter.operations() {
            writeln!(out, "    {}  {}", operation.name, operation.documentation)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a published file, or the names of all of them.
fn schema(name: Option<&str>, list: bool) -> Result<ExitCode> {
    let files = lbhealth::schema::documents(lbhealth::ADAPTERS);
    let mut out = io::stdout().lock();
    if list {
        for file in &files {
            writeln!(out, "{}", file.path)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let name = name.unwrap_or("document");
    let is_it = |path: &str| path == name || path.strip_suffix(".schema.json") == Some(name);
    let Some(file) = files.iter().find(|file| is_it(&file.path)) else {
        complain(&format!("no published file is called `{name}`; `lbhealth schema --list` prints their names"));
        return Ok(ExitCode::from(USAGE));
    };
    out.write_all(file.text.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

fn is_wrong_usage(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<lbhealth::Error>().map(lbhealth::Error::kind);
    matches!(kind, Some(ErrorKind::UnknownAdapter { .. }))
}

/// Says something on standard error. Where even that is closed there is nobody left to tell.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "lbhealth: {text}");
}

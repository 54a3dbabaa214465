#![doc = include_str!("../README.md")]

mod adapters;
mod arguments;
mod batch;
mod check;
#[cfg_attr(not(feature = "columnar"), path = "columnar/absent.rs")]
mod columnar;
mod complete;
mod container;
mod convert;
mod diff;
mod documents;
mod explain;
mod input;
mod lint;
mod names;
mod normalize;
mod output;
mod packaging;
mod progress;
mod remedy;
mod schema;
mod screen;
mod summarize;
mod table;

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use lbhealth::ErrorKind;

use crate::arguments::{Arguments, Command};
use crate::screen::printable;

/// Program and version, as documents name it.
const PRODUCER: &str = concat!("lbhealth ", env!("CARGO_PKG_VERSION"));
/// Some input failed; what could be written was.
const FAILED: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let trouble = trouble(&arguments.command);
    let outcome = match arguments.command {
        Command::Normalize(arguments) => normalize::run(&arguments),
        Command::Summarize(arguments) => summarize::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Adapters { format } => adapters::run(format),
        Command::Schema { name, list, format } => schema::run(name.as_deref(), list, format),
        Command::Completions { shell } => packaging::completions(shell),
        Command::Man { command } => packaging::man(command.as_deref()),
    };
    match outcome {
        Ok(status) => status,
        // Whoever read the output has seen enough, as `head` has.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let text = format!("{error:#}");
            if trouble == check::UNKNOWN {
                check::give_up(&text);
            }
            complain(&text);
            ExitCode::from(if trouble == FAILED && is_wrong_usage(&error) { USAGE } else { trouble })
        }
    }
}

/// The exit status where it could not be done. Where `FAILED` is an answer, that is another one.
fn trouble(command: &Command) -> u8 {
    match command {
        Command::Check(_) => check::UNKNOWN,
        Command::Diff(_) | Command::Lint(_) => USAGE,
        _ => FAILED,
    }
}

/// Prints what is wrong with the command line, or the help that was asked for.
fn refuse(error: &clap::Error) -> ExitCode {
    // Where even that is closed there is nobody left to tell.
    let _ = error.print();
    if !error.use_stderr() {
        return ExitCode::SUCCESS;
    }
    // To monitoring, 2 would be a verdict.
    let is_check = std::env::args_os().nth(1).is_some_and(|command| command == "check");
    if is_check {
        check::give_up(&error.render().to_string());
    }
    ExitCode::from(if is_check { check::UNKNOWN } else { USAGE })
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

/// What was asked for cannot be done, whatever the input.
#[derive(Debug)]
struct WrongUsage(String);

impl fmt::Display for WrongUsage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for WrongUsage {}

fn is_wrong_usage(error: &anyhow::Error) -> bool {
    if error.is::<WrongUsage>() {
        return true;
    }
    let kind = error.downcast_ref::<lbhealth::Error>().map(lbhealth::Error::kind);
    matches!(kind, Some(ErrorKind::UnknownAdapter { .. }))
}

/// Says something on standard error. Where even that is closed there is nobody left to tell.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "lbhealth: {}", printable(text));
}

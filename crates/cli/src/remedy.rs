//! What to do about an error on the command line.

use std::fmt;

use lbhealth::{ADAPTERS, BackendRow, Error, ErrorKind, HealthCheckReport, HealthReport, Inventory, PoolRow, Published, Summary};

/// The kinds of documents of ours that a command reads, or that stand for one that it reads, and what to do with them.
const READ_BY: [(&str, &str); 5] = [
    (HealthReport::SCHEMA_ID, "`lbhealth summarize`, `check`, `diff` and `explain --report` read those"),
    (HealthCheckReport::SCHEMA_ID, "`lbhealth lint` and `convert` read those"),
    (Inventory::SCHEMA_ID, "`lbhealth lint`, `convert` and `normalize --with` read those"),
    (BackendRow::SCHEMA_ID, ROWS),
    (PoolRow::SCHEMA_ID, ROWS),
];
const ROWS: &str = "a row says too little to be read again; write documents with `--format ndjson` or `json`";

/// What to do with a document of ours of this kind.
fn reader_of(schema_id: &str) -> &'static str {
    let known = READ_BY.iter().find(|(id, _)| *id == schema_id).map(|(_, reader)| *reader);
    let is_of_this_version = Summary::SCHEMA_ID.strip_suffix("summary").is_some_and(|version| schema_id.starts_with(version));
    known.unwrap_or(if is_of_this_version { "no command reads those" } else { "this version does not read those" })
}

/// The error, with what to do about it on the command line, or whose reply it looks like.
pub(crate) fn with_remedy(error: Error, payload: &[u8]) -> anyhow::Error {
    let remedy = match error.kind() {
        ErrorKind::AmbiguousAdapter { candidates, .. } => {
            // This program does not read all products that a reply can be from.
            let known = ADAPTERS.iter().map(|adapter| adapter.id()).filter(|id| candidates.contains(id)).collect::<Vec<_>>();
            format!("{error} with `--adapter ID`, one of {}", known.join(", "))
        }
        ErrorKind::UnexpectedShape { .. } if is_empty_array(payload) => "the array is empty; there is no reply in it".to_owned(),
        ErrorKind::UnknownOperation { .. } | ErrorKind::UnexpectedShape { .. } => match lbhealth::detect(ADAPTERS, payload) {
            Ok(found) if error.adapter().is_some_and(|id| id != found.adapter.id()) => {
                format!("{error}; this looks like a reply of {} for `--adapter {}`", found.operation.name, found.adapter.id())
            }
            Err(other) if matches!(other.kind(), ErrorKind::VendorError { .. }) => format!("{error}; {other}"),
            _ => return error.into(),
        },
        ErrorKind::OwnDocument { schema_id, .. } => format!("{error}; {}", reader_of(schema_id)),
        _ => return error.into(),
    };
    Remedied { error, remedy }.into()
}

/// Whether it is an array that has nothing to be passed one at a time.
fn is_empty_array(payload: &[u8]) -> bool {
    let inside = payload.trim_ascii().strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]"));
    inside.is_some_and(|inside| inside.trim_ascii().is_empty())
}

/// An error whose text says more than the library knows.
#[derive(Debug)]
struct Remedied {
    error: Error,
    remedy: String,
}

impl fmt::Display for Remedied {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.remedy)
    }
}

impl std::error::Error for Remedied {}

/// The error of the library in it.
pub(crate) fn own(error: &anyhow::Error) -> Option<&Error> {
    error.downcast_ref::<Error>().or_else(|| error.downcast_ref::<Remedied>().map(|remedied| &remedied.error))
}

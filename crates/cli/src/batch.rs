//! What neighbouring replies of one input gave.

use std::borrow::Cow;

use anyhow::Result;
use lbhealth::stream::Item;
use lbhealth::{Document, Error, ErrorKind};
use serde::Serialize;

use crate::columnar::{BackendRows, PoolRows};
use crate::normalize::Normalize;
use crate::{PRODUCER, output, remedy};

/// How much of a text that failed is kept.
const MOST_TEXT: usize = 1 << 16;

/// What neighbouring replies of one input gave: text to write, and how much of everything there was.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) out: Vec<u8>,
    pub(crate) pools: Vec<u8>,
    /// Rows that become columns.
    pub(crate) rows: BackendRows,
    pub(crate) pool_rows: PoolRows,
    pub(crate) failures: Vec<u8>,
    /// Documents of which nothing is written before the end.
    pub(crate) held: Vec<Document<'static>>,
    /// What there is to say on standard error: failures, and warnings that rows have no place for.
    pub(crate) complaints: Vec<String>,
    pub(crate) remarks: Vec<String>,
    pub(crate) counts: Counts,
}

/// How much of everything there was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) documents: u64,
    pub(crate) records: u64,
    pub(crate) failures: u64,
    pub(crate) warnings: u64,
}

/// Where a text begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Start {
    /// In a text of many, at this line, from 1, and this byte, from 0.
    Line(u64, u64),
    /// In a column, at this row, from 0.
    Row(u64),
}

impl Start {
    /// The file, and where in it the text of this kind begins, unless it begins where the file does.
    pub(crate) fn within(self, file: &str, kind: &str) -> String {
        match self {
            Self::Line(line, _) if line > 1 => format!("{file}: {kind} at line {line}"),
            // Of an array on one line, the place on the line tells which element it is.
            Self::Line(_, offset) if offset > 0 => format!("{file}: {kind} at byte {offset}"),
            Self::Line(..) => file.to_owned(),
            Self::Row(row) => format!("{file}: {kind} in row {row}"),
        }
    }
}

/// A line of the failures file.
#[derive(Debug, Serialize)]
struct Failure<'f> {
    file: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adapter: Option<&'f str>,
    kind: &'f str,
    /// What kind of failure the vendor tells of.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    message: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<Cow<'f, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Cow<'f, str>>,
    /// Whether the text is only the first part.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

impl Batch {
    /// Adds what became of a reply that begins there.
    pub(crate) fn add(&mut self, start: Start, item: Item<'_>, file: &str, arguments: &Normalize) {
        let at = Some((start, item.bytes));
        match item.document {
            Ok(document) => self.take(document, file, at, arguments),
            Err(error) => self.fail(&remedy::with_remedy(error, item.payload), file, at, arguments),
        }
    }

    /// Adds a document, of the text that begins there.
    pub(crate) fn take(&mut self, document: Document<'_>, file: &str, at: Option<(Start, &[u8])>, arguments: &Normalize) {
        let document = document.produced_by(PRODUCER);
        let document = if arguments.strict { document.into_strict() } else { Ok(document) };
        let outcome = document.map_err(Into::into).and_then(|document| {
            self.document(&document, file, arguments)?;
            if let Document::Health(report) = document {
                report.recycle();
            }
            Ok(())
        });
        if let Err(error) = outcome {
            self.fail(&error, file, at, arguments);
        }
    }

    fn document(&mut self, document: &Document<'_>, file: &str, arguments: &Normalize) -> Result<()> {
        output::document(document, arguments.format, self)?;
        if let Document::Health(report) = document {
            if let Some(path) = &arguments.pools {
                output::pools(report, path, self)?;
            }
            self.counts.records += count(report.records.len());
        }
        if arguments.format.is_rows() {
            // Rows have the codes of their records' warnings and no place for the others.
            for warning in document.warnings().iter().filter(|warning| warning.record_key.is_none()) {
                self.remarks.push(format!("{file}: {} at `{}`: {}", warning.code, warning.path, warning.message));
            }
        }
        self.counts.documents += 1;
        self.counts.warnings += count(document.warnings().len());
        Ok(())
    }

    /// Adds a failure: of the text that begins there, or of a whole file.
    pub(crate) fn fail(&mut self, error: &anyhow::Error, file: &str, at: Option<(Start, &[u8])>, arguments: &Normalize) {
        self.counts.failures += 1;
        let message = format!("{error:#}");
        let place = at.map_or_else(|| file.to_owned(), |(start, _)| start.within(file, "reply"));
        self.complaints.push(format!("{place}: {message}"));
        if arguments.failures.is_none() {
            return;
        }
        let own = remedy::own(error);
        let text = at.map(|(_, text)| text);
        let (line, offset, row) = match at.map(|(start, _)| start) {
            Some(Start::Line(line, offset)) => (Some(line), Some(offset), None),
            Some(Start::Row(row)) => (None, None, Some(row)),
            None => (None, None, None),
        };
        let failure = Failure {
            file,
            line,
            offset,
            row,
            adapter: own.and_then(Error::adapter),
            kind: own.map_or(if at.is_some() { "UNEXPECTED_SHAPE" } else { "UNREADABLE_FILE" }, |own| own.kind().as_str()),
            class: own.and_then(|own| own.kind().vendor_class()).map(Into::into),
            message: &message,
            path: own.and_then(Error::path).map(lbhealth::Pointer::text),
            text: text.map(|text| String::from_utf8_lossy(text.get(..MOST_TEXT).unwrap_or(text))),
            cut: text.is_some_and(|text| text.len() > MOST_TEXT)
                || matches!(own.map(Error::kind), Some(ErrorKind::TooLarge { .. })),
        };
        // Writing to a `Vec` cannot fail.
        let _ = serde_json::to_writer(&mut self.failures, &failure);
        self.failures.push(b'\n');
    }
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.records += other.records;
        self.failures += other.failures;
        self.warnings += other.warnings;
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

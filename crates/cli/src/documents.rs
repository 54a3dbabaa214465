//! Reading documents back, or replies where there are none yet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Error, Result, anyhow};
use lbhealth::stream::Item;
use lbhealth::{
    ADAPTERS, Adapter, Context, Coverage, Document, ErrorKind, HealthCheckReport, HealthReport, Inventory, Operation, Published,
    WarningCode,
};

use crate::batch::Start;
use crate::input::{name, read};
use crate::output::MOST_SHOWN;
use crate::progress::Progress;
use crate::remedy::with_remedy;
use crate::{WrongUsage, complain};

/// What was read, and what could not be: what fails breaks nothing else.
#[derive(Debug)]
pub(crate) struct Reading<T> {
    pub(crate) documents: Vec<T>,
    pub(crate) failures: Failures,
}

/// What could not be read. Only what may be told is kept: there can be very many of them.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    /// The first, and the first refusal. Each names the file, and where in it the text begins.
    kept: Vec<Error>,
    pub(crate) count: usize,
}

impl Failures {
    fn push(&mut self, error: Error) {
        self.count += 1;
        if self.kept.len() < MOST_SHOWN || (is_refusal(&error) && !self.kept.iter().any(is_refusal)) {
            self.kept.push(error);
        }
    }

    /// Adds those of another file.
    pub(crate) fn extend(&mut self, others: Self) {
        self.count += others.count - others.kept.len();
        others.kept.into_iter().for_each(|error| self.push(error));
    }

    /// The one that tells most: what the vendor answered tells more than a text around it that cannot be read.
    pub(crate) fn main(&self) -> Option<&Error> {
        self.kept.iter().find(|error| is_refusal(error)).or(self.kept.first())
    }
}

/// Whether the vendor said that the call failed.
fn is_refusal(error: &Error) -> bool {
    error.downcast_ref::<lbhealth::Error>().is_some_and(|error| error.kind().vendor_class().is_some())
}

impl<T> Reading<T> {
    /// The documents, if there was no failure.
    pub(crate) fn complete(self) -> Result<Vec<T>> {
        self.failures.kept.into_iter().next().map_or(Ok(self.documents), Err)
    }

    /// The documents. Tells people what failed.
    pub(crate) fn tell(self) -> Vec<T> {
        for error in self.failures.kept.iter().take(MOST_SHOWN) {
            complain(&format!("{error:#}"));
        }
        if let Some(hidden) = self.failures.count.checked_sub(MOST_SHOWN).filter(|hidden| *hidden > 0) {
            complain(&format!("{hidden} more failures are not shown"));
        }
        self.documents
    }

    /// What becomes of each of them.
    pub(crate) fn and_then<U>(self, path: &Path, become_of: impl Fn(T) -> Result<U>) -> Reading<U> {
        let mut reading = Reading { documents: Vec::new(), failures: self.failures };
        for document in self.documents {
            match become_of(document).with_context(|| name(path)) {
                Ok(document) => reading.documents.push(document),
                Err(error) => reading.failures.push(error),
            }
        }
        reading
    }
}

/// The files that were named; nothing is standard input, which can be read once.
pub(crate) fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>> {
    if named.iter().filter(|path| path.as_os_str() == "-").count() > 1 {
        return Err(WrongUsage("`-` is standard input, which can be read only once".to_owned()).into());
    }
    Ok(if named.is_empty() { vec![PathBuf::from("-")] } else { named.to_vec() })
}

/// The adapter that was named, if one was.
pub(crate) fn named_adapter(id: Option<&str>) -> Result<Option<&'static dyn Adapter>> {
    Ok(id.map(lbhealth::adapter).transpose()?)
}

/// The operations of that adapter, or of all.
pub(crate) fn operations(adapter: Option<&'static dyn Adapter>) -> impl Iterator<Item = &'static Operation> {
    let adapters = adapter.map_or_else(|| ADAPTERS.to_vec(), |adapter| vec![adapter]);
    adapters.into_iter().flat_map(Adapter::operations)
}

/// The health reports of one file.
pub(crate) fn reports(path: &Path, adapter: Option<&dyn Adapter>) -> Reading<HealthReport<'static>> {
    documents(path, adapter).and_then(path, |document| match document {
        Document::Inventory(_) => {
            Err(anyhow!("an inventory is no health report; complete one with it: `lbhealth normalize HEALTH --with INVENTORY`"))
        }
        other => Ok(other.into_health()?),
    })
}

/// The same reports, of which pages of one answer are one.
pub(crate) fn joined(reports: Vec<HealthReport<'static>>) -> Vec<HealthReport<'static>> {
    let joined = lbhealth::join_pages(reports);
    tell_nameless(&joined);
    joined
}

/// Says where several reports list everything and do not say of which pool.
fn tell_nameless(reports: &[HealthReport<'_>]) {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for report in reports.iter().filter(|report| report.coverage == Coverage::All && report.is_nameless()) {
        *counts.entry(&report.adapter).or_default() += 1;
    }
    for (id, count) in counts {
        if count > 1 {
            complain(&format!(
                "{count} reports of {id} name neither pool nor load balancer and are taken for parts of one; normalize each with its own, \
                 as by `--pool-id ID`, to tell them apart"
            ));
        }
    }
}

/// Every document of a file: documents as this program writes them, or replies of vendors, in any form that a stream has.
pub(crate) fn documents(path: &Path, adapter: Option<&dyn Adapter>) -> Reading<Document<'static>> {
    let mut reading = Reading { documents: Vec::new(), failures: Failures::default() };
    let payload = match read(path, &Progress::of(&[path.to_path_buf()], true)).context("cannot be read") {
        Ok(payload) => payload,
        Err(error) => {
            reading.failures.push(error.context(name(path)));
            return reading;
        }
    };
    for (document, at) in of_payload(&payload, adapter, &Context::default(), None) {
        let place = || at.map_or_else(|| name(path), |(start, _)| start.within(&name(path), "document"));
        match document {
            Ok(document) => reading.documents.push(document),
            Err(error) => reading.failures.push(error.context(place())),
        }
    }
    if reading.documents.is_empty() && reading.failures.count == 0 {
        reading.failures.push(nothing().context(name(path)));
    }
    reading
}

/// The error for a payload without any item.
pub(crate) fn nothing() -> Error {
    anyhow!("the input is empty; there is no document in it")
}

/// A document or why there is none, and where its text stands, if it is one of several.
pub(crate) type Placed<'p> = (Result<Document<'static>>, Option<(Start, &'p [u8])>);

/// The documents of a file: of the whole, or of what it holds as a stream. `limit`: the largest reply that is read, in bytes.
pub(crate) fn of_payload<'p>(
    payload: &'p [u8],
    adapter: Option<&'p dyn Adapter>,
    context: &Context<'p>,
    limit: Option<usize>,
) -> impl Iterator<Item = Placed<'p>> {
    let limit = limit.unwrap_or(lbhealth::stream::LIMIT);
    // What is too large as a whole can be several replies.
    let whole = (payload.trim_ascii().len() <= limit).then_some(payload);
    let printed = whole.and_then(|payload| printed_list(payload, adapter, context)).map(|document| (Ok(document), None));
    let stream = printed.is_none().then(|| {
        let stream = lbhealth::stream::slice(payload).context(context.clone()).limit(limit);
        match adapter {
            Some(adapter) => stream.adapter(adapter),
            None => stream,
        }
    });
    let placed = stream.into_iter().flatten().map(|item| {
        let at = (Start::Line(item.line, item.offset), item.bytes);
        (document(item), Some(at))
    });
    printed.into_iter().chain(placed)
}

/// The array that is one reply as some vendor's command line prints it. One that would lose elements may be an array of replies.
fn printed_list(payload: &[u8], adapter: Option<&dyn Adapter>, context: &Context<'_>) -> Option<Document<'static>> {
    if !payload.trim_ascii_start().starts_with(b"[") {
        return None;
    }
    let read = adapter.map_or_else(|| lbhealth::normalize(payload, context), |adapter| adapter.normalize(payload, context));
    read.ok()
        .filter(|document| document.warnings().iter().all(|warning| warning.code != WarningCode::ElementSkipped))
        .map(Document::into_owned)
}

/// The document that an item of a stream became, or is.
pub(crate) fn document(item: Item<'_>) -> Result<Document<'static>> {
    match item.document {
        Ok(document) => Ok(document.into_owned()),
        Err(error) if is_read_back(&error) => Ok(str::from_utf8(item.payload)?.parse()?),
        Err(error) => Err(with_remedy(error, item.payload)),
    }
}

/// Whether it is no reply because it is a document of ours, of a kind that is read back.
fn is_read_back(error: &lbhealth::Error) -> bool {
    const KINDS: [&str; 3] = [HealthReport::SCHEMA_ID, HealthCheckReport::SCHEMA_ID, Inventory::SCHEMA_ID];
    matches!(error.kind(), ErrorKind::OwnDocument { schema_id, .. } if KINDS.contains(&schema_id.as_str()))
}

//! Memory of documents that nobody needs any more, for those that come next: a report has three keys per record, which are texts of their
//! own, and the list of records is large.

use std::borrow::Cow;
use std::cell::RefCell;

use crate::{BackendRecord, HealthReport, PoolSummary};

/// How many texts a thread keeps, and for how many elements a list may have room.
const MOST: usize = 256;
/// For how many bytes a text may have room.
const LONGEST: usize = 512;

thread_local! {
    /// Of this thread, because a document is mostly done with where it was made.
    static SPARE: RefCell<Spare> = RefCell::default();
}

#[derive(Default)]
struct Spare {
    texts: Vec<String>,
    records: Vec<BackendRecord<'static>>,
    pools: Vec<PoolSummary<'static>>,
}

impl Spare {
    #[inline]
    fn keep_text(&mut self, key: &mut Cow<'_, str>) {
        if let Cow::Owned(text) = key
            && text.capacity() <= LONGEST
            && self.texts.len() < MOST
        {
            self.texts.push(std::mem::take(text));
        }
    }
}

/// An empty text with room for so many bytes.
#[inline]
pub(crate) fn text(room: usize) -> String {
    match SPARE.with_borrow_mut(|spare| spare.texts.pop()) {
        Some(mut text) => {
            text.clear();
            text.reserve(room);
            text
        }
        None => String::with_capacity(room),
    }
}

/// The same text once more.
pub(crate) fn copy(original: &str) -> String {
    let mut copy = text(original.len());
    copy.push_str(original);
    copy
}

/// Empty lists for a report.
pub(crate) fn lists<'a>() -> (Vec<PoolSummary<'a>>, Vec<BackendRecord<'a>>) {
    let (pools, records) = SPARE.with_borrow_mut(|spare| (std::mem::take(&mut spare.pools), std::mem::take(&mut spare.records)));
    (emptied(pools), emptied(records))
}

/// Keeps the memory of a report.
pub(crate) fn keep(mut report: HealthReport<'_>) {
    SPARE.with_borrow_mut(|spare| {
        for record in &mut report.records {
            spare.keep_text(&mut record.record_key);
            spare.keep_text(&mut record.backend_key);
            spare.keep_text(&mut record.pool_key);
        }
        for pool in &mut report.pools {
            spare.keep_text(&mut pool.pool_key);
        }
        if report.records.capacity() <= MOST {
            spare.records = emptied(report.records);
        }
        if report.pools.capacity() <= MOST {
            spare.pools = emptied(report.pools);
        }
    });
}

/// The list without its elements, for elements that borrow from something else; collecting into the memory that is iterated over is what
/// the standard library does where it can.
fn emptied<T, U>(list: Vec<T>) -> Vec<U> {
    list.into_iter().filter_map(|_| None).collect()
}

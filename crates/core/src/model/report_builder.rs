//! A health report in the making.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::RandomState;

use crate::model::place::PoolIdentity;
use crate::model::schema_id::SchemaId;
use crate::model::spare;
use crate::wire::{List, Wire};
use crate::{
    BackendRecord, Completeness, Context, Coverage, HealthReport, Parent, Place, Pointer, PoolSummary, Verdict, Warning,
    WarningCode, Warnings,
};

/// A health report in the making: gives every record its keys and its warnings.
#[derive(Debug)]
pub struct ReportBuilder<'a> {
    /// Boxed, because a builder is handed on several times before it is done, and reports are large.
    report: Box<HealthReport<'a>>,
    operation: &'static str,
    /// The warnings so far.
    pub warnings: Warnings<'a>,
    /// For every record with warnings of its own, which of them.
    own_warnings: Vec<(usize, Range<usize>)>,
    seen: Seen,
    has_numbered_pools: bool,
}

/// How often each key was there so far, by its hash.
#[derive(Debug, Default)]
struct Seen {
    hasher: foldhash::quality::RandomState,
    /// The first ones, and how many they are: most reports have no more, and looking through them is faster than a map.
    few: [u64; 16],
    len: usize,
    /// How often those were there that are not among the first, or were there again.
    more: HashMap<u64, u32, RandomState>,
}

impl Seen {
    /// How often the key was there, this time included.
    fn count(&mut self, key: &str) -> u32 {
        let hash = self.hasher.hash_one(key);
        let is_among_few = self.few.get(..self.len).unwrap_or_default().contains(&hash);
        if !is_among_few && let Some(place) = self.few.get_mut(self.len) {
            *place = hash;
            self.len += 1;
            return 1;
        }
        let count = self.more.entry(hash).or_insert(u32::from(is_among_few));
        *count += 1;
        *count
    }
}

impl<'a> ReportBuilder<'a> {
    /// A report without records.
    #[inline]
    pub fn new(adapter: &'static str, operation: &'static str, coverage: Coverage, context: &Context<'a>) -> Self {
        let (pools, records) = spare::lists();
        let report = Box::new(HealthReport {
            schema_id: SchemaId::new(),
            producer: None,
            adapter: adapter.into(),
            operation: operation.into(),
            request_id: None,
            observed_at: context.observed_at,
            coverage,
            completeness: Completeness::Complete,
            next_page: None,
            of_one_pool: false,
            sources: Vec::new(),
            parents: Vec::new(),
            pools,
            records,
            warnings: Vec::new(),
        });
        Self {
            report,
            operation,
            warnings: Warnings::new(),
            own_warnings: Vec::new(),
            seen: Seen::default(),
            has_numbered_pools: false,
        }
    }

    /// The vendor's id of the call.
    pub fn request_id(&mut self, request_id: Option<Cow<'a, str>>) -> &mut Self {
        self.report.request_id = request_id;
        self
    }

    /// Whether this is everything, and the token of the next page.
    pub fn page(&mut self, completeness: Completeness, next_page: Option<Cow<'a, str>>) -> &mut Self {
        self.report.completeness = completeness;
        self.report.next_page = next_page;
        self
    }

    /// Notes that the operation is about one pool, whether the reply names it or not.
    pub fn of_one_pool(&mut self) -> &mut Self {
        self.report.of_one_pool = true;
        self
    }

    /// Warns of a list that the operation always gives and that is not there: without it the reply does not hold everything. One of the wrong
    /// kind has its warning already. Of the list that the completeness was told by, [`Warnings::missing_list`] warns.
    pub fn missing_list<L>(&mut self, object: &impl Wire<'a>, name: &'static str, list: Option<&L>, at: &Pointer) {
        self.warnings.missing_list(object, name, list, at);
        if list.is_none() {
            self.set_incomplete();
        }
    }

    fn set_incomplete(&mut self) {
        self.report.completeness = Completeness::Incomplete;
    }

    /// Notes that the reply proves nothing of what it does not list. That something is missing says more.
    pub fn set_undetermined(&mut self) {
        if self.report.completeness == Completeness::Complete {
            self.report.completeness = Completeness::Undetermined;
        }
    }

    /// Makes room for so many more pools and records, which need not come.
    pub fn room_for(&mut self, pools: usize, records: usize) -> &mut Self {
        reserve(&mut self.report.pools, pools);
        reserve(&mut self.report.records, records);
        self
    }

    /// Which backends the reply lists, where only its records tell.
    pub fn set_coverage(&mut self, coverage: Coverage) {
        self.report.coverage = coverage;
    }

    /// The vendor's name of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Adds what the vendor says of something above the backends.
    pub fn parent(&mut self, parent: Parent<'a>) {
        self.report.parents.push(parent);
    }

    /// Concludes what may be said of backends that the pool does not list; those that it lists are the records from `first` on.
    pub fn conclude(&self, pool: &mut PoolSummary<'a>, first: usize) {
        let HealthReport { coverage, completeness, records, .. } = &*self.report;
        let listed = records.get(first..).unwrap_or_default();
        pool.conclude(*coverage, *completeness, listed.iter().map(|record| record.health));
    }

    /// Adds what is said of a pool as a whole, whose records are those from `first` on. A second pool with the same key gets `#2`.
    pub fn pool(&mut self, pool: PoolSummary<'a>, first: usize) {
        let report = &mut *self.report;
        make_room(&mut report.pools);
        report.pools.push(pool);
        let Some(pool) = report.pools.last_mut() else { return };
        let records = report.records.get_mut(first..).unwrap_or_default();
        // Its first record often has the key; one that was numbered later does not.
        let record = records.first().filter(|record| !self.has_numbered_pools && record.place_key().is(pool.place_key()));
        pool.pool_key = match record {
            Some(record) => spare::copy(&record.pool_key).into(),
            None => pool.place_key().pool_key(&report.adapter).into(),
        };
        let count = self.seen.count(&pool.pool_key);
        if count > 1 {
            self.has_numbered_pools = true;
            pool.pool_key = format!("{}#{count}", pool.pool_key).into();
            let message = "another pool of the payload has the same identity; this pool's key is numbered";
            self.warnings.push(WarningCode::DuplicateRecord, pool.path.clone(), None, message);
            for record in records {
                record.pool_key.clone_from(&pool.pool_key);
            }
        }
    }

    /// Adds a pool for the list of a place whose elements become records, if the list is empty: no record tells of the place then.
    /// Without the id of a pool, or of a load balancer that has none, nobody could say whose list it is, so nothing is added.
    pub fn note_empty<T>(&mut self, list: Option<&List<'a, T>>, place: &Place<'a>, path: &Pointer) {
        if list.is_some_and(List::is_empty)
            && matches!(place.place_key().pool(), PoolIdentity::Pool(_) | PoolIdentity::LoadBalancer(_))
        {
            self.note_nobody(place, path);
        }
    }

    /// Adds a pool for a place at which the vendor lists nobody, unless only some were asked for.
    pub fn note_nobody(&mut self, place: &Place<'a>, path: &Pointer) {
        if self.report.coverage == Coverage::Selected {
            return;
        }
        let mut pool = PoolSummary::new(place, path.clone());
        pool.listed_count = Some(0);
        self.pool(pool, self.len());
    }

    /// Adds a record at this place, with what `complete` gives it. The warnings from `start` on are its own.
    pub fn record(&mut self, place: &Place<'a>, verdict: Verdict<'a>, start: usize, complete: impl FnOnce(&mut BackendRecord<'a>)) {
        let report = &mut *self.report;
        make_room(&mut report.records);
        // Made where it stays, because records are large.
        report.records.extend(std::iter::once_with(|| BackendRecord::new(place)));
        let Some((record, before)) = report.records.split_last_mut() else { return };
        complete(record);
        record.set_verdict(verdict);
        match before.last() {
            // A key that was numbered later would spread its number.
            Some(before) if !self.has_numbered_pools => record.set_keys_after(&report.adapter, before),
            _ => record.set_keys(&report.adapter),
        }
        if record.backend_id.is_none() && record.address.is_none() {
            self.warnings.unnamed_backend(&record.evidence.path);
        }
        // A second record with the same key gets `#2`, a third `#3`.
        let number = self.seen.count(&record.record_key);
        if number > 1 {
            let message = "another element of the payload has the same identity; this record's key is numbered";
            self.warnings.push(WarningCode::DuplicateRecord, record.evidence.path.clone(), None, message);
            record.record_key = format!("{}#{number}", record.record_key).into();
        }
        let end = self.warnings.len();
        if start < end {
            for code in self.warnings.codes_since(start) {
                record.warn(code);
            }
            self.own_warnings.push((before.len(), start..end));
        }
    }

    /// Adds a warning that concerns the records of these numbers, which stand in the report already.
    pub fn warn_about(&mut self, numbers: &[usize], warning: Warning<'a>) {
        for number in numbers {
            if let Some(record) = self.report.records.get_mut(*number) {
                record.warn(warning.code);
            }
        }
        if let [number] = numbers {
            let start = self.warnings.len();
            self.own_warnings.push((*number, start..start + 1));
        }
        let Warning { code, path, value, message, .. } = warning;
        self.warnings.push(code, path, value, message);
    }

    /// The records from this one on, to complete them by what only the whole pool tells.
    pub fn records_from(&mut self, first: usize) -> &mut [BackendRecord<'a>] {
        self.report.records.get_mut(first..).unwrap_or_default()
    }

    /// How many records there are so far.
    pub fn len(&self) -> usize {
        self.report.records.len()
    }

    /// Whether there are no records so far.
    pub fn is_empty(&self) -> bool {
        self.report.records.is_empty()
    }

    /// The report. One with [warnings](Self::warnings) of elements that could not be read is not complete.
    pub fn finish(mut self) -> Box<HealthReport<'a>> {
        for (index, range) in &self.own_warnings {
            if let Some(record) = self.report.records.get(*index) {
                for warning in self.warnings.range_mut(range.clone()) {
                    warning.record_key = Some(record.record_key.clone());
                }
            }
        }
        if self.warnings.has_lost_elements() {
            self.set_incomplete();
        }
        self.report.warnings = self.warnings.into_vec();
        self.report
    }
}

/// Makes room for more elements: just for them where they are the first.
fn reserve<T>(list: &mut Vec<T>, more: usize) {
    if list.is_empty() { list.reserve_exact(more) } else { list.reserve(more) }
}

/// Makes room for another element in a list of a report, of which most have one element or a few, and some a dozen. The first makes room
/// for a kilobyte of them, which allocators are quickest with; where that is not enough, there is room for a dozen more at once, so that
/// few lists are moved twice.
#[inline]
fn make_room<T>(list: &mut Vec<T>) {
    const DOZEN: usize = 16;
    if list.capacity() == 0 {
        *list = Vec::with_capacity((1024 / size_of::<T>().max(1)).clamp(1, DOZEN));
    } else if list.len() == list.capacity() && list.len() < DOZEN {
        list.reserve_exact(DOZEN);
    }
}

//! What a health API said about backends.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};

use crate::model::owned::into_owned;
use crate::model::schema_id::{Published, SchemaId};
use crate::model::spare;
use crate::model::word::words;
use crate::roll_up::Of;
use crate::wire::List;
use crate::{
    Adapter, BackendRecord, Context, Error, ErrorKind, Parent, Place, Pointer, PoolSummary, Source, Timestamp, Verdict, Warning,
    WarningCode, Warnings,
};

words! {
    /// Which backends an operation lists at all. The list is open: a value you do not know proves nothing about backends that are not
    /// listed.
    open Coverage {
        /// Every backend of the pools concerned.
        All,
        /// Only backends that are not plainly normal. That a backend is missing here is no proof that it is healthy; `unlisted_health` of
        /// its pool says what may be concluded.
        NonHealthyOnly,
        /// Only the backends that were asked for.
        Selected,
    }
}

words! {
    /// Whether a document holds everything its operation has to say, from the most to the least complete. The list is closed.
    closed Completeness {
        /// It does.
        Complete,
        /// The vendor does not tell: its page marker proves nothing either way, or the operation lists only what is in use, and lists nothing, so
        /// that nobody can say what is registered and not in use.
        Undetermined,
        /// A page token is pending, an element could not be read, a list that the operation always gives is missing, or a list is shorter than
        /// the vendor's count of it.
        Incomplete,
    }
}

/// What a health API said about backends: one payload, or several that were merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HealthReport<'a> {
    /// Says that this is a health report of this major version.
    pub schema_id: SchemaId<HealthReport<'static>>,
    /// Program and version that wrote the document; it tells whose mapping it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<Cow<'a, str>>,
    /// Id of the adapter that read the payload: vendor and product.
    pub adapter: Cow<'a, str>,
    /// The vendor's name of the operation whose reply it was.
    pub operation: Cow<'a, str>,
    /// The vendor's id of the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Cow<'a, str>>,
    /// When the caller observed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_at: Option<Timestamp>,
    /// Which backends the operation lists at all.
    pub coverage: Coverage,
    /// Whether this is everything the operation has to say.
    pub completeness: Completeness,
    /// The page token to ask with next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page: Option<Cow<'a, str>>,
    /// After a merge or a completion: the replies it was made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source<'a>>,
    /// What the payload says of load balancers, listeners and pools as wholes; left out when it says nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<Parent<'a>>,
    /// What is said of pools as wholes, one summary per pool and place.
    pub pools: Vec<PoolSummary<'a>>,
    /// One observation per backend and place, in the order of the payload.
    pub records: Vec<BackendRecord<'a>>,
    /// What was odd, in the order of the payload.
    pub warnings: Vec<Warning<'a>>,
}

into_owned!(HealthReport {
    schema_id,
    producer,
    adapter,
    operation,
    request_id,
    observed_at,
    coverage,
    completeness,
    next_page,
    sources,
    parents,
    pools,
    records,
    warnings
});

impl Published for HealthReport<'static> {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:health-report";
}

impl HealthReport<'_> {
    /// Whether every backend of the pools concerned is listed.
    pub fn lists_everybody(&self) -> bool {
        self.coverage == Coverage::All && self.completeness == Completeness::Complete
    }

    /// Whether it has backends and nothing says which pool they are in, nor what is above it: the caller asked for one that the reply does
    /// not name.
    pub fn is_nameless(&self) -> bool {
        !self.records.is_empty() && self.records.iter().all(|record| Of::new(record.within()) == Of::Nothing)
    }

    /// Lets the adapter that read the report, if it is among these, conclude what only the whole tells: after pages were
    /// [merged](Self::merge), or the report was [completed](Self::complete_with). A load balancer that sends traffic to all servers of a
    /// pool once all of them fail shows that on no page alone.
    pub fn conclude(&mut self, adapters: &[&dyn Adapter]) {
        if let Some(adapter) = adapters.iter().find(|adapter| adapter.id() == self.adapter) {
            adapter.conclude(self);
        }
    }

    /// Says that the report is not needed any more: the next ones that this thread makes of payloads take over some of its memory. Worth it
    /// in a stream of many.
    pub fn recycle(self) {
        spare::keep(self);
    }

    /// The same report, or an error where it has warnings.
    ///
    /// # Errors
    ///
    /// [`Strict`](ErrorKind::Strict) with the first warning.
    pub fn into_strict(self) -> Result<Self, Error> {
        strict(&self.warnings).map(|()| self)
    }
}

/// An error where there are warnings.
pub(crate) fn strict(warnings: &[Warning<'_>]) -> Result<(), Error> {
    let Some(first) = warnings.first() else { return Ok(()) };
    let text = format!("{}: {}", first.code, first.message);
    let path = first.path.clone();
    Err(Error::from(ErrorKind::Strict { warnings: warnings.len(), first: text }).with_path(path))
}

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

    /// Notes that something is missing which the reply should hold.
    pub fn set_incomplete(&mut self) {
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

    /// Whether this is everything.
    pub fn completeness(&self) -> Completeness {
        self.report.completeness
    }

    /// Adds what the vendor says of something above the backends.
    pub fn parent(&mut self, parent: Parent<'a>) {
        self.report.parents.push(parent);
    }

    /// Adds what is said of a pool as a whole, whose records are those from `first` on. A second pool with the same key gets `#2`.
    pub fn pool(&mut self, pool: PoolSummary<'a>, first: usize) {
        let report = &mut *self.report;
        make_room(&mut report.pools);
        report.pools.push(pool);
        let Some(pool) = report.pools.last_mut() else { return };
        let records = report.records.get_mut(first..).unwrap_or_default();
        // Its first record often has the key; one that was numbered later does not.
        let record = records.first().filter(|record| !self.has_numbered_pools && record.within().is(pool.within()));
        pool.pool_key = match record {
            Some(record) => spare::copy(&record.pool_key).into(),
            None => pool.within().pool_key(&report.adapter).into(),
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
        if !list.is_some_and(List::is_empty) || self.report.coverage == Coverage::Selected {
            return;
        }
        let mut pool = PoolSummary::new(place, path.clone());
        pool.listed_count = Some(0);
        if matches!(Of::new(pool.within()), Of::Pool(_) | Of::LoadBalancer(_)) {
            self.pool(pool, self.len());
        }
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

//! One document from the pages of an answer: a report here, and an inventory.

mod inventory;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::joining::answers::{Answers, worst};
use crate::model::order::by_time;
use crate::model::source::shifted;
use crate::roll_up::agreed;
use crate::{
    BackendRecord, Completeness, Coverage, Error, ErrorKind, HealthReport, PoolSummary, Source, Traffic, Warning, WarningCode,
};

/// The reports in the order in which they were observed, as far as they say when that was.
pub(crate) fn in_order<'a>(reports: impl IntoIterator<Item = HealthReport<'a>>) -> Vec<HealthReport<'a>> {
    let mut reports: Vec<_> = reports.into_iter().collect();
    by_time(&mut reports);
    reports
}

/// What has all its pages is no page.
fn tell_no_pages(warnings: &mut Vec<Warning<'_>>, completeness: Completeness) {
    if completeness != Completeness::Incomplete {
        warnings.retain(|warning| warning.code != WarningCode::PageNotFirst);
    }
}

fn not_alike(first: &str, other: &str) -> Error {
    Error::from(ErrorKind::NotMergeable { first: first.to_owned(), other: other.to_owned() })
}

impl<'a> HealthReport<'a> {
    /// One report from several of one adapter: the pages of one answer, or the answers of several calls. Of a backend that stands in
    /// several with the same key, the later verdict stands, with a warning where it is another one: the one observed later where all about the
    /// same say when that was, else that of the later report. `observed_at` is that of the earliest. What only the whole tells is left to
    /// [`conclude`](Self::conclude).
    ///
    /// # Errors
    ///
    /// [`NotMergeable`](ErrorKind::NotMergeable) where they are of different adapters, [`NothingToMerge`](ErrorKind::NothingToMerge) where
    /// there are none.
    pub fn merge(pages: impl IntoIterator<Item = Self>) -> Result<Self, Error> {
        let pages = in_order(pages);
        let first = pages.first();
        let of_one_pool = first.is_some_and(|first| pages.iter().all(|page| page.of_one_pool && page.is_of_pool_of(first)));
        let mut pages = pages.into_iter().peekable();
        let mut merged = pages.next().ok_or(ErrorKind::NothingToMerge)?;
        if pages.peek().is_none() {
            return Ok(merged);
        }
        merged.sources = Source::all_of(&merged.sources, &merged.operation, merged.request_id.as_ref());
        merged.of_one_pool = of_one_pool;
        let mut answers = Answers::default();
        let first = answers.add_report(&merged);
        let mut switches = Switches::of(&merged);
        let mut coverages = Coverages::default();
        coverages.note(&merged);
        // The answers that each pool is in.
        let mut pool_answers = vec![vec![first]; merged.pools.len()];
        let mut index: HashMap<Cow<'a, str>, usize> =
            merged.records.iter().enumerate().map(|(number, record)| (record.record_key.clone(), number)).collect();
        let mut pool_index: HashMap<Cow<'a, str>, usize> =
            merged.pools.iter().enumerate().map(|(number, pool)| (pool.pool_key.clone(), number)).collect();
        for page in pages {
            if page.adapter != merged.adapter {
                return Err(not_alike(&merged.adapter, &page.adapter));
            }
            let answer = answers.add_report(&page);
            coverages.note(&page);
            switches.read(&page);
            let offset = merged.sources.len();
            merged.sources.extend(Source::all_of(&page.sources, &page.operation, page.request_id.as_ref()));
            merged.parents.extend(page.parents);
            merged.warnings.extend(page.warnings);
            for pool in page.pools {
                let number = merged.take_pool(pool, &mut pool_index, &mut switches);
                pool_answers.resize_with(merged.pools.len(), Vec::new);
                pool_answers.get_mut(number).into_iter().for_each(|answers| answers.push(answer));
            }
            for mut record in page.records {
                record.evidence.source = shifted(record.evidence.source, offset);
                // What is told again is on both lists, and one backend.
                let known = index.get(&record.record_key).and_then(|number| merged.records.get(*number));
                if known.is_some_and(|known| merged.is_listed(known) && merged.is_listed(&record)) {
                    let pool = pool_index.get(&record.pool_key).and_then(|number| merged.pools.get_mut(*number));
                    if let Some(listed) = pool.and_then(|pool| pool.listed_count.as_mut()) {
                        *listed = listed.saturating_sub(1);
                    }
                }
                merged.take_record(record, &mut index);
            }
        }
        merged.coverage = coverages.together();
        let endings = answers.endings();
        (merged.completeness, merged.next_page) = worst(&endings);
        merged.release_warnings(&index);
        tell_no_pages(&mut merged.warnings, merged.completeness);
        let of_pool = |numbers: &Vec<usize>| worst(numbers.iter().filter_map(|number| endings.get(*number))).0;
        merged.conclude_pools(&pool_answers.iter().map(of_pool).collect::<Vec<_>>());
        // A list of which one page is empty is not.
        let listed: HashSet<_> = merged.records.iter().map(|record| &record.pool_key).collect();
        merged.pools.retain(|pool| !pool.is_bare() || !listed.contains(&pool.pool_key));
        Ok(merged)
    }

    /// The pool that all of it is of, by its id.
    fn only_pool(&self) -> Option<&str> {
        agreed(self.places().map(|place| place.pool_id)).flatten()
    }

    /// Whether both are of one and the same pool. Those that name none may be of several.
    pub(crate) fn is_of_pool_of(&self, other: &Self) -> bool {
        self.only_pool().is_some_and(|pool| other.only_pool() == Some(pool))
    }

    fn take_record(&mut self, record: BackendRecord<'a>, index: &mut HashMap<Cow<'a, str>, usize>) {
        let number = *index.entry(record.record_key.clone()).or_insert(self.records.len());
        let Some(known) = self.records.get_mut(number) else {
            return self.records.push(record);
        };
        let same = (known.health, known.traffic, known.cause) == (record.health, record.traffic, record.cause);
        let (before, after) = (known.health, record.health);
        let changed_before = known.warnings.contains(&WarningCode::VerdictChanged);
        *known = record;
        if !same || changed_before {
            known.warn(WarningCode::VerdictChanged);
        }
        if !same {
            let message = format!("an earlier page has {before} and a later one {after} with other words; the later one stands");
            let (path, status) = (known.evidence.path.clone(), known.evidence.status.clone());
            self.warnings.push(Warning::new(WarningCode::VerdictChanged, path, status, message).about(&known.record_key));
        }
    }

    /// A warning about a verdict that a later page replaced concerns no record any more.
    fn release_warnings(&mut self, index: &HashMap<Cow<'a, str>, usize>) {
        for warning in &mut self.warnings {
            let record = warning.record_key.as_ref().and_then(|key| self.records.get(*index.get(key)?));
            if record.is_none_or(|record| !record.warnings.contains(&warning.code)) {
                warning.record_key = None;
            }
        }
    }

    /// A pool that stands on two pages is one pool, whose list goes on. Gives its number.
    fn take_pool(&mut self, page: PoolSummary<'a>, index: &mut HashMap<Cow<'a, str>, usize>, switches: &mut Switches<'a>) -> usize {
        let number = *index.entry(page.pool_key.clone()).or_insert(self.pools.len());
        let Some(pool) = self.pools.get_mut(number) else {
            switches.note(&page);
            self.pools.push(page);
            return number;
        };
        // Where pages contradict each other, nothing is known.
        let is_disputed = pool.check_enabled.zip(page.check_enabled).is_some_and(|(one, other)| one != other);
        let is_left_open = switches.note(&page);
        if is_disputed || is_left_open {
            let message = if is_disputed {
                "one reply says that the pool is checked and another that it is not, so that is not known"
            } else {
                "a reply leaves open whether the pool is checked, so that is not known"
            };
            self.warnings.push(Warning::new(WarningCode::CheckFlagDisputed, pool.path.clone(), None, message));
            switches.open.insert(page.pool_key.clone());
        }
        let known = pool.check_enabled.or(page.check_enabled);
        pool.check_enabled = known.filter(|_| !switches.open.contains(&page.pool_key));
        pool.server_count = page.server_count.or(pool.server_count);
        pool.unlisted_traffic = match (pool.unlisted_traffic, page.unlisted_traffic) {
            (Some(one), Some(other)) if one != other => Some(Traffic::Unknown),
            (one, other) => one.or(other),
        };
        pool.listed_count = pool.listed_count.zip(page.listed_count).map(|(one, other)| one.saturating_add(other));
        number
    }

    /// Concludes and counts anew, now that the whole is known: for every pool, whether the answers that it is in are complete.
    fn conclude_pools(&mut self, completeness: &[Completeness]) {
        let by_pool = self.records_by_pool();
        for (pool, completeness) in self.pools.iter_mut().zip(completeness).filter(|(pool, _)| !pool.is_bare()) {
            let numbers = by_pool.get(&pool.pool_key).map(Vec::as_slice).unwrap_or_default();
            let listed: Vec<_> =
                numbers.iter().filter_map(|number| self.records.get(*number)).map(|record| record.health).collect();
            pool.conclude(self.coverage, *completeness, listed.iter().copied());
            // Where the counts contradict the list, the pages have said so.
            let _ = pool.count(listed.into_iter());
        }
    }

    /// The numbers of the records of every pool at its place. With very many pools it is too slow to look through all records for each.
    pub(crate) fn records_by_pool(&self) -> HashMap<Cow<'a, str>, Vec<usize>> {
        let mut by_pool: HashMap<_, Vec<usize>> = HashMap::new();
        for (number, record) in self.records.iter().enumerate() {
            by_pool.entry(record.pool_key.clone()).or_default().push(number);
        }
        by_pool
    }
}

/// Whether pools are checked, as far as replies leave that open: one says so in words that could not be read, or two contradict each other. No
/// other reply settles that.
struct Switches<'a> {
    /// The keys of pools of which it is left open.
    open: HashSet<Cow<'a, str>>,
    /// Where it is left open in the reply that is being read.
    open_at: HashSet<String>,
}

impl<'a> Switches<'a> {
    fn of(first: &HealthReport<'a>) -> Self {
        let mut switches = Self { open: HashSet::new(), open_at: HashSet::new() };
        switches.read(first);
        for pool in &first.pools {
            switches.note(pool);
        }
        switches
    }

    /// Goes on to this reply.
    fn read(&mut self, reply: &HealthReport<'a>) {
        self.open_at.clear();
        // Where everybody is listed, nothing follows from the switch. Which field holds it, the adapter knows.
        if reply.coverage == Coverage::NonHealthyOnly {
            self.open_at = open_at(reply, |_| true);
        }
    }

    /// Takes note of what the reply says of a pool; whether it leaves open what none has so far.
    fn note(&mut self, pool: &PoolSummary<'a>) -> bool {
        let is_open = pool.check_enabled.is_none() && self.open_at.contains(&*pool.path.text());
        is_open && self.open.insert(pool.pool_key.clone())
    }
}

/// What replies list, by the keys of the places that they tell of.
#[derive(Default)]
struct Coverages<'a> {
    /// Where only some backends were asked for.
    selected: HashSet<Cow<'a, str>>,
    listed: HashSet<Cow<'a, str>>,
    /// That of the first reply which lists all that it can.
    of_lists: Option<Coverage>,
}

impl<'a> Coverages<'a> {
    fn note(&mut self, reply: &HealthReport<'a>) {
        let keys = reply.place_keys().into_iter().cloned();
        if reply.coverage == Coverage::Selected {
            self.selected.extend(keys);
        } else {
            self.listed.extend(keys);
            self.of_lists = self.of_lists.or(Some(reply.coverage));
        }
    }

    /// That of the whole. Where a place was only asked about, nobody can tell that it has everybody.
    fn together(&self) -> Coverage {
        self.of_lists.filter(|_| self.selected.is_subset(&self.listed)).unwrap_or(Coverage::Selected)
    }
}

/// Where pools stand whose check switch, a field with such a name, is there and could not be read, or of which replies contradict each other.
pub(super) fn open_at(report: &HealthReport<'_>, is_switch: impl Fn(&str) -> bool) -> HashSet<String> {
    let pool_at = |Warning { code, path, .. }: &Warning<'_>| match code {
        WarningCode::CheckFlagDisputed => Some(path.to_string()),
        WarningCode::FieldUnreadable | WarningCode::UnrecognizedValue => {
            path.text().rsplit_once('/').filter(|(_, field)| is_switch(field)).map(|(pool, _)| pool.to_owned())
        }
        _ => None,
    };
    report.warnings.iter().filter_map(pool_at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BackendHealth, Context, Coverage, Place, Pointer, ReportBuilder, Scope, Words, vocabulary::Vocabulary};

    /// A page with one backend, of which nothing is known but that its status is this.
    fn page(health: BackendHealth, warning: Option<WarningCode>) -> HealthReport<'static> {
        let mut report = ReportBuilder::new("acme-lb", "List", Coverage::All, &Context::default());
        let mut verdict = Vocabulary::EMPTY.judge(Words::new("word"), &mut crate::Warnings::new());
        verdict.health = health;
        if let Some(code) = warning {
            report.warnings.push(code, Pointer::ROOT, None, "odd");
        }
        report.record(&Place::new(Scope::Pool), verdict, 0, |record| record.backend_id = Some("i-1".into()));
        *report.finish()
    }

    #[test]
    fn a_warning_is_of_the_record_that_has_its_code_or_of_none() {
        let pages = [
            page(BackendHealth::Unknown, Some(WarningCode::StatusMissing)),
            page(BackendHealth::Healthy, None),
            page(BackendHealth::Healthy, None),
        ];
        let report = HealthReport::merge(pages).unwrap();
        assert_eq!(report.records.len(), 1);
        assert_eq!(report.records[0].warnings, [WarningCode::VerdictChanged]);
        let concerned: Vec<_> = report.warnings.iter().map(|warning| (warning.code, warning.record_key.is_some())).collect();
        assert_eq!(concerned, [(WarningCode::StatusMissing, false), (WarningCode::VerdictChanged, true)]);
    }
}

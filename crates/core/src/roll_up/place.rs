//! A pool at one place.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Observation, agreed, least_complete};
use crate::model::count;
use crate::model::place::PoolIdentity;
use crate::{BackendHealth, BackendRecord, Completeness, Coverage, HealthReport, PoolSummary, Scope, Traffic};

/// A pool at one listener, rule or the like: one `pool_key`.
#[derive(Debug)]
pub(crate) struct PoolAt<'r, 'a> {
    pub(crate) pool_key: &'r str,
    pub(crate) pool: PoolIdentity<'r>,
    /// What tells of it: the latest report, or several that list it in parts.
    pub(super) parts: Vec<Part<'r, 'a>>,
    /// The number of the last report that tells of it.
    pub(super) last: usize,
    /// Whether they are the whole list.
    pub(super) listing: Listing,
    /// What the latest of them says of the pool as a whole.
    pub(crate) figures: Option<&'r PoolSummary<'a>>,
    /// The records, each key once.
    pub(crate) records: Vec<&'r BackendRecord<'a>>,
}

/// How far the reports of a place list it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listing {
    /// None announces a further page.
    Ended,
    /// One announces a further page.
    GoesOn,
    /// The same, and a later one has some of what that one has, and not all of it: the list was begun anew, or changed between two of its pages.
    Torn,
}

/// What one report tells of a place.
#[derive(Debug)]
pub(super) struct Part<'r, 'a> {
    report: &'r HealthReport<'a>,
    /// Whether the report has a record once more of an earlier one that announces a further page.
    repeats: bool,
    /// Which pool the place is of, as far as this report and those before it tell.
    pub(super) pool: PoolIdentity<'r>,
    figures: Option<&'r PoolSummary<'a>>,
    /// Its records of the place. Those of an only part, which most places have, are handed to the place.
    records: Vec<&'r BackendRecord<'a>>,
}

impl<'r, 'a> Part<'r, 'a> {
    /// The parts of a report, by `pool_key`.
    pub(super) fn of(report: &'r HealthReport<'a>, repeats: bool) -> HashMap<&'r str, Self> {
        let none = || Self { report, repeats, pool: PoolIdentity::Nothing, figures: None, records: Vec::new() };
        let mut parts: HashMap<&str, Self> = HashMap::new();
        for figures in &report.pools {
            parts.entry(&figures.pool_key).or_insert_with(none).figures = Some(figures);
        }
        for record in &report.records {
            parts.entry(&record.pool_key).or_insert_with(none).records.push(record);
        }
        parts
    }

    fn backends(&self) -> impl Iterator<Item = &'r str> {
        self.records.iter().map(|record| &*record.backend_key)
    }

    /// Whether a later part, of a report that repeats some of this one's, lists it anew: it has all backends of this one, or begins with the
    /// same. A page of a list that shifted by some elements begins with others.
    fn is_listed_anew_by(&self, later: &Self, told: &HashSet<&str>) -> bool {
        let first = |part: &Self| part.report.records.first().map(|record| &*record.record_key);
        // Where only those are listed that fail, a page can begin with what is said of a listener on every page; and pages that were taken for
        // one answer can be of several.
        let is_one_page = self.report.coverage == Coverage::All && self.report.sources.is_empty();
        let begins_alike = || is_one_page && first(self).is_some() && first(self) == first(later);
        self.backends().all(|key| told.contains(key)) || begins_alike()
    }

    /// Whether a later part, which lists everything, takes the place of this one. One that has no backend in common with it may be about
    /// another pool: whoever asked can have given one name to several. `told` are the backends of the later part.
    fn is_replaced_by(&self, later: &Self, told: &HashSet<&str>, is_only: bool) -> bool {
        let shares = || self.backends().any(|key| told.contains(key));
        let is_emptied = self.records.is_empty() || (told.is_empty() && is_only);
        match later.pool {
            // The vendor names the pools of which it lists some, and a whole list has whoever was asked for.
            PoolIdentity::Pool(_)
                if later.report.coverage == Coverage::NonHealthyOnly || self.report.coverage == Coverage::Selected =>
            {
                true
            }
            PoolIdentity::Pool(_) => is_emptied || shares(),
            // What has several pools can have a backend in two of them.
            PoolIdentity::LoadBalancer(_) | PoolIdentity::Above([_, Some(_), _] | [_, _, Some(_)]) => {
                let times = self.report.observed_at.zip(later.report.observed_at);
                let is_older = times.is_some_and(|(one, other)| one < other);
                is_emptied || (shares() && (is_older || self.backends().all(|key| told.contains(key))))
            }
            PoolIdentity::Above(_) | PoolIdentity::Nothing => false,
        }
    }
}

/// The parts that no later one took the place of, by number.
#[derive(Default)]
struct Kept<'r, 'a> {
    parts: BTreeMap<usize, Part<'r, 'a>>,
    /// The numbers of the parts that have a backend; beside them, of those that can give way whichever backends come later.
    having: HashMap<Option<&'r str>, Vec<usize>>,
}

impl<'r, 'a> Kept<'r, 'a> {
    /// Drops the parts that a later one takes the place of, and says whether there are any. With very many parts it is too slow to look at
    /// all of them for each.
    fn drop_replaced_by(&mut self, later: &Part<'r, 'a>) -> bool {
        let (before, is_only) = (self.parts.len(), self.parts.len() == 1);
        if before == 0 || matches!(later.pool, PoolIdentity::Above([_, None, None]) | PoolIdentity::Nothing) {
            return false;
        }
        let told: HashSet<&str> = later.backends().collect();
        let mut concerned = BTreeSet::new();
        if is_only || later.report.coverage == Coverage::NonHealthyOnly {
            concerned.extend(self.parts.keys());
        } else {
            for key in told.iter().copied().map(Some).chain([None]) {
                let Some(numbers) = self.having.get_mut(&key) else { continue };
                numbers.retain(|number| self.parts.contains_key(number));
                concerned.extend(&*numbers);
            }
        }
        for number in concerned {
            if self.parts.get(&number).is_some_and(|part| part.is_replaced_by(later, &told, is_only)) {
                self.parts.remove(&number);
            }
        }
        self.parts.len() < before
    }

    fn add(&mut self, part: Part<'r, 'a>, number: usize) {
        let can_give_way = part.records.is_empty() || part.report.coverage == Coverage::Selected;
        for key in part.backends().map(Some).chain(can_give_way.then_some(None)) {
            self.having.entry(key).or_default().push(number);
        }
        self.parts.insert(number, part);
    }
}

impl<'r, 'a> PoolAt<'r, 'a> {
    /// Keeps what stands of the parts: one that lists everything takes the place of those before it, unless a further page was announced,
    /// which it may be.
    pub(super) fn settle(&mut self) {
        let mut parts = std::mem::take(&mut self.parts);
        // Nothing takes the place of the last, which is the only one of most places.
        let Some(last) = parts.pop() else { return };
        let mut kept = Kept::default();
        for (number, part) in parts.drain(..).enumerate() {
            self.hear(&part, &mut kept);
            kept.add(part, number);
        }
        self.hear(&last, &mut kept);
        parts.extend(kept.parts.into_values());
        parts.push(last);
        match parts.as_mut_slice() {
            [only] => self.records = std::mem::take(&mut only.records),
            several => self.records.extend(several.iter().flat_map(|part| &part.records)),
        }
        self.parts = parts;
    }

    /// Takes what a further part tells of the place, of which these were kept.
    fn hear(&mut self, later: &Part<'r, 'a>, kept: &mut Kept<'r, 'a>) {
        let is_list = |part: &Part<'_, '_>| matches!(part.report.coverage, Coverage::All | Coverage::NonHealthyOnly);
        let lists_all = is_list(later);
        if lists_all && self.listing != Listing::Ended && later.repeats {
            let told: HashSet<&str> = later.backends().collect();
            let has_ended = |last: &Part<'_, '_>| last.report.next_page.is_none() && last.backends().any(|key| told.contains(key));
            // What has some of a list that ended is another one.
            let is_next_list = kept.parts.values().rfind(|part| is_list(part)).is_some_and(has_ended);
            let mut pending = kept.parts.values().filter(|part| part.report.next_page.is_some());
            let is_whole = is_next_list || pending.all(|part| part.is_listed_anew_by(later, &told));
            self.listing = if is_whole { Listing::Ended } else { Listing::Torn };
        }
        if lists_all && self.listing == Listing::Ended && kept.drop_replaced_by(later) {
            self.figures = None;
        }
        if self.listing == Listing::Ended && later.report.next_page.is_some() {
            self.listing = Listing::GoesOn;
        }
        self.figures = later.figures.or(self.figures);
    }

    /// The reports that tell of it: the latest, or several that list it in parts.
    pub(crate) fn reports(&self) -> impl Iterator<Item = &'r HealthReport<'a>> {
        self.parts.iter().map(|part| part.report)
    }

    /// Keeps one record per key: the last, where the first stood. Where no pool is named, nothing says that records are of one backend at
    /// one place, unless it was asked for by itself, again and again.
    pub(super) fn keep_latest(&mut self) {
        let is_of_one_backend_each = self.coverage() == Some(Coverage::Selected) && self.records.len() == self.parts.len();
        if matches!(self.pool, PoolIdentity::Nothing | PoolIdentity::Above(_)) && !is_of_one_backend_each {
            return;
        }
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        let mut kept = Vec::with_capacity(self.records.len());
        for record in std::mem::take(&mut self.records) {
            let index = *by_key.entry(&record.record_key).or_insert(kept.len());
            match kept.get_mut(index) {
                Some(slot) => *slot = record,
                None => kept.push(record),
            }
        }
        self.records = kept;
    }

    /// The listener that it is at, where it is told.
    pub(crate) fn listener_id(&self) -> Option<&'r str> {
        let of_records = || self.records.first().and_then(|record| record.listener_id.as_deref());
        self.figures.and_then(|figures| figures.listener_id.as_deref()).or_else(of_records)
    }

    pub(crate) fn adapter(&self) -> &'r str {
        self.parts.first().map_or("", |part| &part.report.adapter)
    }

    /// Whether one of its reports lists nobody, here or wherever.
    pub(crate) fn has_empty_report(&self) -> bool {
        let has_nobody = |part: &Part<'_, '_>| match self.parts.as_slice() {
            [_] => self.records.is_empty(),
            _ => part.records.is_empty(),
        };
        let is_empty = |part: &Part<'_, '_>| part.report.coverage == Coverage::All && has_nobody(part);
        self.parts.iter().any(|part| part.report.records.is_empty() || is_empty(part))
    }

    /// Whether several reports are taken for parts of it that may be about several pools.
    pub(crate) fn may_be_several(&self) -> bool {
        let lists_all = |report: &&HealthReport<'_>| report.coverage != Coverage::Selected;
        let are_unrelated = || self.listing != Listing::GoesOn && self.reports().filter(lists_all).count() > 1;
        self.parts.len() > 1 && (self.pool.pool_id().is_none() || are_unrelated())
    }

    /// The records of which it is known that the backend is still listed here, or that it is not well: of one that is well on an earlier page
    /// of a list that was begun anew, or changed, it is not. Where the last of a key does not stand, none of those before it does.
    pub(super) fn standing(&self) -> Vec<&'r BackendRecord<'a>> {
        if self.listing != Listing::Torn {
            return self.records.clone();
        }
        let last = self.parts.last().into_iter().flat_map(|part| &part.records);
        let last: HashSet<*const BackendRecord<'a>> = last.copied().map(std::ptr::from_ref).collect();
        let is_settled = |record: &BackendRecord<'a>| !record.health.is_well() || last.contains(&std::ptr::from_ref(record));
        let by_key: HashMap<&str, bool> = self.records.iter().map(|record| (&*record.record_key, is_settled(record))).collect();
        let stands = |record: &&&'r BackendRecord<'a>| is_settled(record) && by_key.get(&*record.record_key) == Some(&true);
        self.records.iter().filter(stands).copied().collect()
    }

    /// The records of backends that are well and not on the last of several lists of a pool that is named, or of a named load balancer that
    /// has its backends in none.
    pub(super) fn left_out(&self) -> Vec<&'r BackendRecord<'a>> {
        let lists_all = |part: &Part<'_, '_>| part.report.coverage != Coverage::Selected;
        let is_named = matches!(self.pool, PoolIdentity::Pool(_) | PoolIdentity::LoadBalancer(_)) && self.may_be_several();
        // Nobody is left out by the only list, which most places have.
        let Some(last) = self.parts.iter().rposition(lists_all).filter(|last| *last > 0 && is_named) else {
            return Vec::new();
        };
        let told: HashSet<&str> = self.parts.get(last).into_iter().flat_map(Part::backends).collect();
        let earlier = self.parts.iter().take(last).flat_map(|part| part.records.iter().copied());
        earlier.filter(|record| record.health.is_well() && !told.contains(&*record.backend_key)).collect()
    }

    /// Whether its pool has no backends wherever it is observed.
    pub(super) fn is_empty_everywhere(&self) -> bool {
        let is_bare = |figures: &PoolSummary<'_>| figures.scope == Scope::Pool && figures.is_bare();
        self.records.is_empty()
            && self.pool.pool_id().is_some()
            && self.figures.is_some_and(is_bare)
            && self.reports().all(HealthReport::lists_everybody)
    }

    /// What the vendor lists here at all; `None` where its reports differ.
    pub(crate) fn coverage(&self) -> Option<Coverage> {
        agreed(self.reports().map(|report| report.coverage))
    }

    /// Whether everything is there.
    pub(crate) fn completeness(&self) -> Completeness {
        least_complete(self.reports().map(|report| report.completeness))
    }

    /// What may be said of a backend that the place does not list: nothing where it lists all.
    pub(crate) fn unlisted(&self) -> Option<Observation> {
        let figures = self.figures.filter(|figures| figures.unlisted_count != Some(0))?;
        // A page of several is no proof of anything.
        let health = figures.unlisted_health.map(|health| match health {
            BackendHealth::Healthy if self.completeness() != Completeness::Complete => BackendHealth::Unknown,
            health => health,
        })?;
        let traffic = match health {
            BackendHealth::Healthy | BackendHealth::Unmonitored => Traffic::Eligible,
            _ => Traffic::Unknown,
        };
        let traffic = figures.unlisted_traffic.map_or(traffic, |narrowed| traffic.narrowed_by(narrowed));
        Some(Observation { health, traffic, traffic_reason: None })
    }

    /// Elements of the vendor's list of which nobody can say what backend each is: they could not be read, or are called as another is.
    pub(super) fn untold(&self) -> u32 {
        let listed = self.figures.and_then(|figures| figures.listed_count).unwrap_or_default();
        let told: HashSet<&str> = self.records.iter().map(|record| &*record.backend_key).collect();
        listed.saturating_sub(count(told.len()))
    }
}

//! A pool and its backends, wherever they are observed.

use std::collections::{HashMap, HashSet};

use super::{PoolAt, agreed, least_complete};
use crate::model::count;
use crate::{
    BackendHealth, BackendRecord, Completeness, Coverage, HealthReport, Policy, Standing, Traffic, TrafficReason, WarningCode,
};

/// A pool wherever it is observed.
#[derive(Debug)]
pub(crate) struct Pool<'l, 'r, 'a> {
    pub(crate) adapter: &'l str,
    pub(crate) id: Option<&'r str>,
    pub(crate) places: Vec<&'l PoolAt<'r, 'a>>,
}

/// What is said of a backend at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Observation {
    pub(crate) health: BackendHealth,
    pub(crate) traffic: Traffic,
    pub(crate) traffic_reason: Option<TrafficReason>,
}

impl Observation {
    /// What is said where nothing is.
    const NOTHING: Self = Self { health: BackendHealth::Unknown, traffic: Traffic::Unknown, traffic_reason: None };

    pub(crate) fn of(record: &BackendRecord<'_>) -> Self {
        Self { health: record.health, traffic: record.traffic, traffic_reason: record.traffic_reason }
    }
}

/// One backend, or several of which the same is said.
#[derive(Debug)]
pub(crate) struct Backend<'r, 'a> {
    /// The records; none for backends that the vendor does not name.
    pub(crate) records: Vec<&'r BackendRecord<'a>>,
    /// What is said of it, at every place that says something.
    pub(crate) observations: Vec<Observation>,
    /// How many backends it stands for.
    pub(crate) count: u32,
}

impl<'r, 'a> Backend<'r, 'a> {
    /// How it counts under the policy, by all that is said of it.
    pub(crate) fn standing(&self, policy: Policy) -> Standing {
        policy.standing_of(self.observations.iter().map(|one| (one.health, one.traffic)))
    }

    /// Whether it is well as far as it is observed.
    fn is_well(&self) -> bool {
        self.observations.iter().all(|one| one.health.is_well())
    }

    /// The records of which this holds. Where what decides stands in none, all of them are of the backend that it is said of.
    pub(crate) fn deciders(&self, decides: impl Fn(&BackendRecord<'_>) -> bool) -> impl Iterator<Item = &'r BackendRecord<'a>> {
        let is_any = !self.records.iter().any(|record| decides(record));
        self.records.iter().copied().filter(move |record| is_any || decides(record))
    }

    /// Its health, unless the observations differ.
    pub(crate) fn health(&self) -> Option<BackendHealth> {
        agreed(self.observations.iter().map(|observation| observation.health))
    }

    /// Its traffic, unless the observations differ.
    pub(crate) fn traffic(&self) -> Option<Traffic> {
        agreed(self.observations.iter().map(|observation| observation.traffic))
    }
}

impl<'r, 'a> Pool<'_, 'r, 'a> {
    /// What the vendor lists of the pool at all; `None` where places differ.
    pub(crate) fn coverage(&self) -> Option<Coverage> {
        agreed(self.places.iter().map(|place| place.coverage())).flatten()
    }

    /// Whether everything is there.
    pub(crate) fn completeness(&self) -> Completeness {
        least_complete(self.places.iter().map(|place| place.completeness()))
    }

    /// Whether several reports are taken for parts of it that may be about several pools.
    pub(crate) fn may_be_several(&self) -> bool {
        if self.places.iter().any(|place| place.may_be_several()) {
            return true;
        }
        let reports: HashSet<_> =
            self.places.iter().flat_map(|place| place.reports()).map(std::ptr::from_ref::<HealthReport<'_>>).collect();
        (self.id.is_none() && reports.len() > 1) || !self.left_out_of_places().is_empty()
    }

    /// The records of backends that are well, of which a later list of a pool of that name has none: it may be about another pool.
    pub(crate) fn left_out(&self) -> Vec<&'r BackendRecord<'a>> {
        let mut left_out = self.left_out_of_places();
        left_out.extend(self.places.iter().flat_map(|place| place.left_out()));
        left_out
    }

    /// Those of places that the last list of everybody in the pool does not tell of any more.
    fn left_out_of_places(&self) -> Vec<&'r BackendRecord<'a>> {
        let last = self.places.iter().map(|place| place.last).max();
        let (latest, earlier): (Vec<&PoolAt<'r, 'a>>, Vec<&PoolAt<'r, 'a>>) =
            self.places.iter().copied().partition(|place| Some(place.last) == last);
        let newest = latest.iter().find_map(|place| place.reports().last()).filter(|list| list.lists_everybody());
        let Some(newest) = newest.filter(|_| self.id.is_some() && !earlier.is_empty()) else { return Vec::new() };
        let told: HashSet<&str> = latest.iter().flat_map(|place| &place.records).map(|record| &*record.backend_key).collect();
        // Others call their backends otherwise, or list others.
        let of_operation = earlier.iter().filter(|place| place.reports().all(|report| report.operation == newest.operation));
        let earlier = of_operation.flat_map(|place| &place.records).copied();
        earlier.filter(|record| record.health.is_well() && !told.contains(&*record.backend_key)).collect()
    }

    /// Whether one of its reports lists nobody of it.
    pub(crate) fn has_empty_report(&self) -> bool {
        self.places.iter().any(|place| place.has_empty_report())
    }

    /// Why it is not known how many backends there are, and what would tell.
    pub(crate) fn why_not_all(&self) -> &'static str {
        let goes_on = self.places.iter().flat_map(|place| place.reports()).any(|report| report.next_page.is_some());
        let lists_some = self.places.iter().any(|place| place.coverage() == Some(Coverage::NonHealthyOnly));
        match self.completeness() {
            Completeness::Incomplete if goes_on => "a further page is pending",
            Completeness::Incomplete => "something of the list is missing or could not be read",
            Completeness::Undetermined if !goes_on => "it is not known whether there is a further page",
            Completeness::Undetermined => {
                "there may be a further page, which belongs right behind this one; whether there is one, the page limit of the calls would tell: `lbhealth normalize --page-limit N`"
            }
            Completeness::Complete if lists_some && self.is_completed() => {
                "the vendor leaves out those that are well, and it is not plain which members of the inventory those are"
            }
            Completeness::Complete if lists_some && !self.is_counted() => {
                "the vendor leaves out those that are well, and gives no count; an inventory would tell who they are: `lbhealth normalize --with FILE`"
            }
            Completeness::Complete => "only some were asked for, or the figures differ from place to place or from the list",
        }
    }

    /// Whether the vendor counts its backends somewhere.
    fn is_counted(&self) -> bool {
        self.places.iter().filter_map(|place| place.figures).any(|figures| figures.server_count.is_some())
    }

    /// Whether an inventory was asked: its replies are of another operation.
    fn is_completed(&self) -> bool {
        let has_others = |report: &HealthReport<'_>| report.sources.iter().any(|source| source.operation != report.operation);
        self.places.iter().flat_map(|place| place.reports()).any(has_others)
    }

    /// The backends that are known, and whether these are all.
    pub(crate) fn backends(&self) -> (Vec<Backend<'r, 'a>>, bool) {
        let mut backends = self.named();
        let named = count(backends.len());
        let Some(all) = self.total() else {
            // Without a figure, the vendor's list is all if it lists all, or all that was asked for.
            let mut lists = self.places.iter().filter(|place| place.coverage() != Some(Coverage::Selected)).peekable();
            let is_whole =
                |place: &&PoolAt<'_, '_>| place.coverage() == Some(Coverage::All) && place.completeness() == Completeness::Complete;
            let lists_all = lists.peek().is_some() && lists.all(is_whole);
            let is_selection = self.coverage() == Some(Coverage::Selected) && self.completeness() == Completeness::Complete;
            return (backends, lists_all || is_selection);
        };
        let untold = self.places.iter().map(|place| place.untold()).max().unwrap_or_default();
        let untold = untold.min(all.saturating_sub(named));
        let unlisted = all.saturating_sub(named).saturating_sub(untold);
        let nameless = |observations, count| Backend { records: Vec::new(), observations, count };
        if untold > 0 {
            backends.push(nameless(vec![Observation::NOTHING], untold));
        }
        if unlisted > 0 {
            let mut said: Vec<Observation> = self.places.iter().filter_map(|place| place.unlisted()).collect();
            if said.is_empty() {
                said.push(Observation::NOTHING);
            }
            // A place that cannot tell leaves open what the backend is there.
            if said.iter().any(|observation| observation.health == BackendHealth::Unknown) {
                said.retain(|observation| observation.health == BackendHealth::Unknown);
            }
            backends.push(nameless(said, unlisted));
        }
        (backends, named <= all)
    }

    /// The backends that have a name, in the order in which they were first met.
    fn named(&self) -> Vec<Backend<'r, 'a>> {
        let mut backends: Vec<Backend<'r, 'a>> = Vec::new();
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        for record in self.places.iter().flat_map(|place| place.records.iter().copied()) {
            let index = *by_key.entry(&record.backend_key).or_insert(backends.len());
            let observation = Observation::of(record);
            match backends.get_mut(index) {
                Some(backend) => {
                    backend.records.push(record);
                    backend.observations.push(observation);
                }
                None => backends.push(Backend { records: vec![record], observations: vec![observation], count: 1 }),
            }
        }
        // A status of places that the reply does not name keeps a backend from being well everywhere.
        for backend in &mut backends {
            let is_unplaced = |record: &&BackendRecord<'_>| record.warnings.contains(&WarningCode::OuterStatusUnplaced);
            if backend.records.iter().any(is_unplaced) && backend.is_well() {
                backend.observations.push(Observation::NOTHING);
            }
        }
        self.say_unlisted(&mut backends, &by_key);
        backends
    }

    /// What a place says of backends that it does not list goes for one that another place lists as well. It is noted once: places can be
    /// very many, and most of them say the same.
    fn say_unlisted(&self, backends: &mut [Backend<'r, 'a>], by_key: &HashMap<&str, usize>) {
        // What is said, the places that say it, and how many of these, from the first on, list each backend.
        let mut said: Vec<(Observation, Vec<usize>, Vec<usize>)> = Vec::new();
        for (number, place) in self.places.iter().enumerate() {
            let Some(observation) = place.unlisted() else { continue };
            let index = said.iter().position(|(known, ..)| *known == observation).unwrap_or(said.len());
            if index == said.len() {
                said.push((observation, Vec::new(), vec![0; backends.len()]));
            }
            let Some((_, places, listing)) = said.get_mut(index) else { continue };
            for record in &place.records {
                let listing = by_key.get(&*record.backend_key).and_then(|index| listing.get_mut(*index));
                listing.filter(|listing| **listing == places.len()).into_iter().for_each(|listing| *listing += 1);
            }
            places.push(number);
        }
        for (index, backend) in backends.iter_mut().enumerate() {
            let first = |places: &[usize], listing: &[usize]| places.get(*listing.get(index)?).copied();
            let mut unlisted: Vec<_> =
                said.iter().filter_map(|(said, places, listing)| Some((first(places, listing)?, *said))).collect();
            unlisted.sort_unstable_by_key(|(first, _)| *first);
            for (_, said) in unlisted {
                // A place that cannot tell says nothing of one that fails elsewhere, and keeps one from being well everywhere.
                if said.health != BackendHealth::Unknown || backend.is_well() {
                    backend.observations.push(said);
                }
            }
        }
    }

    /// How many backends the pool has, by its figures, where all places agree.
    fn total(&self) -> Option<u32> {
        if self.id.is_none() && self.places.len() > 1 {
            // Nobody says that these are places of one pool.
            return None;
        }
        agreed(self.places.iter().filter_map(|place| place.figures?.backend_count()))
    }
}

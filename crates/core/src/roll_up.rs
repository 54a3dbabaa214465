//! Observations gathered by pool and by backend, as summaries, gates and comparisons need them.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};

use crate::place::Within;
use crate::{BackendHealth, BackendRecord, Completeness, Coverage, HealthReport, PoolSummary, Scope, Traffic, TrafficReason};

/// What the latest reports say of every place, the reports in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Latest<'r, 'a> {
    /// The places, in the order in which they were first met.
    pub(crate) places: Vec<PoolAt<'r, 'a>>,
    by_key: HashMap<&'r str, usize>,
}

/// A pool at one listener, rule or the like: one `pool_key`.
#[derive(Debug)]
pub(crate) struct PoolAt<'r, 'a> {
    pub(crate) pool_key: &'r str,
    pub(crate) of: Of<'r>,
    /// The reports that tell of it: the latest, or several that list it in parts.
    pub(crate) reports: Vec<&'r HealthReport<'a>>,
    /// Whether one of them announces a further page.
    goes_on: bool,
    /// What the latest of them says of the pool as a whole.
    pub(crate) figures: Option<&'r PoolSummary<'a>>,
    /// The records, each key once.
    pub(crate) records: Vec<&'r BackendRecord<'a>>,
}

/// The reports by reference.
pub(crate) fn borrowed<'r, 'a, R: Borrow<HealthReport<'a>>>(reports: &'r [R]) -> Vec<&'r HealthReport<'a>> {
    reports.iter().map(Borrow::borrow).collect()
}

impl<'r, 'a> Latest<'r, 'a> {
    /// Gathers the reports, by the time of observation where all of them have one. Of a place that stands in several, the latest report
    /// stands, unless it only has what was asked for, an earlier one announces a further page, or nobody says which pool it is: then they
    /// are parts of one whole, of which the later verdict for a key stands.
    pub(crate) fn of(reports: impl IntoIterator<Item = &'r HealthReport<'a>>) -> Self {
        let mut latest = Self::default();
        let mut reports: Vec<_> = reports.into_iter().collect();
        if reports.iter().all(|report| report.observed_at.is_some()) {
            reports.sort_by_key(|report| report.observed_at);
        }
        for report in reports {
            latest.take(report);
        }
        for place in latest.places.iter_mut().filter(|place| place.reports.len() > 1) {
            place.keep_latest();
        }
        latest
    }

    fn take(&mut self, report: &'r HealthReport<'a>) {
        let mut touched = HashSet::new();
        for figures in &report.pools {
            let place = self.place(&figures.pool_key, Of::new(figures.within()), report, &mut touched);
            place.figures = Some(figures);
        }
        for record in &report.records {
            let place = self.place(&record.pool_key, Of::new(record.within()), report, &mut touched);
            place.records.push(record);
        }
    }

    fn place(
        &mut self,
        pool_key: &'r str,
        of: Of<'r>,
        report: &'r HealthReport<'a>,
        touched: &mut HashSet<&'r str>,
    ) -> &mut PoolAt<'r, 'a> {
        let index = *self.by_key.entry(pool_key).or_insert_with(|| {
            self.places.push(PoolAt { pool_key, of, reports: Vec::new(), goes_on: false, figures: None, records: Vec::new() });
            self.places.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "the index was made above")]
        let place = &mut self.places[index];
        if touched.insert(pool_key) {
            let lists_all = matches!(report.coverage, Coverage::All | Coverage::NonHealthyOnly);
            let is_replaced = match of {
                Of::Pool(_) => true,
                Of::LoadBalancer(_) => place.shares_backends_with(report),
                Of::Above(..) | Of::Nothing => false,
            };
            if lists_all && is_replaced && !place.goes_on {
                place.reports.clear();
                place.records.clear();
                place.figures = None;
            }
            place.goes_on |= report.next_page.is_some();
            place.reports.push(report);
        }
        place
    }

    pub(crate) fn get(&self, pool_key: &str) -> Option<&PoolAt<'r, 'a>> {
        self.places.get(*self.by_key.get(pool_key)?)
    }

    /// The places by pool: one entry per adapter and pool id. Places that name no pool are one each by what they name above it, and those that
    /// name nothing are one per adapter.
    pub(crate) fn pools(&self) -> Vec<Pool<'_, 'r, 'a>> {
        let mut pools: Vec<Pool<'_, 'r, 'a>> = Vec::new();
        let mut by_id: HashMap<(&str, Of<'_>), usize> = HashMap::new();
        for place in &self.places {
            let adapter = place.adapter();
            let index = *by_id.entry((adapter, place.of)).or_insert(pools.len());
            match pools.get_mut(index) {
                Some(pool) => pool.places.push(place),
                None => pools.push(Pool { adapter, id: place.of.pool_id(), places: vec![place] }),
            }
        }
        pools
    }
}

/// Which pool a place is of, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Of<'r> {
    /// The pool with this id.
    Pool(&'r str),
    /// A load balancer that has its backends in no pool, or does not tell: two reports without a backend in common can be about several.
    LoadBalancer(&'r str),
    /// Some pool of a load balancer, listener or rule that has an id: two reports about it can be about several.
    Above([Option<&'r str>; 3]),
    /// Two reports about it have nothing in common: a backend can be well in one pool and fail in the other.
    Nothing,
}

impl<'r> Of<'r> {
    pub(crate) fn new(place: Within<'r>) -> Self {
        let above = [place.load_balancer_id, place.listener_id, place.rule_id];
        match (place.pool_id, place.load_balancer_id) {
            (Some(pool), _) => Self::Pool(pool),
            (None, Some(load_balancer)) if place.scope == Scope::LoadBalancer => Self::LoadBalancer(load_balancer),
            _ if above.iter().any(Option::is_some) => Self::Above(above),
            _ => Self::Nothing,
        }
    }

    /// The id of the pool.
    pub(crate) fn pool_id(self) -> Option<&'r str> {
        match self {
            Self::Pool(id) => Some(id),
            _ => None,
        }
    }
}

impl PoolAt<'_, '_> {
    /// Whether the report has a backend at this place that is known here, or one of the two has none.
    fn shares_backends_with(&self, report: &HealthReport<'_>) -> bool {
        let known: HashSet<&str> = self.records.iter().map(|record| &*record.backend_key).collect();
        let mut others = report.records.iter().filter(|record| record.pool_key == self.pool_key).peekable();
        known.is_empty() || others.peek().is_none() || others.any(|record| known.contains(&*record.backend_key))
    }

    /// Keeps one record per key: the last, where the first stood. Nothing says of records of whole pools without a name that they are of
    /// one backend at one place.
    fn keep_latest(&mut self) {
        if self.of == Of::Nothing && self.coverage() != Some(Coverage::Selected) {
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

    pub(crate) fn adapter(&self) -> &str {
        self.reports.first().map_or("", |report| &report.adapter)
    }

    /// What the vendor lists here at all; `None` where its reports differ.
    pub(crate) fn coverage(&self) -> Option<Coverage> {
        let mut all = self.reports.iter().map(|report| report.coverage);
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    }

    /// Whether everything is there.
    pub(crate) fn completeness(&self) -> Completeness {
        least_complete(self.reports.iter().map(|report| report.completeness))
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

    /// Elements of the vendor's list that could not be read.
    fn unreadable(&self) -> u32 {
        let listed = self.figures.and_then(|figures| figures.listed_count).unwrap_or_default();
        listed.saturating_sub(count(self.records.len()))
    }
}

/// The least complete of them; complete where there are none.
pub(crate) fn least_complete(all: impl Iterator<Item = Completeness>) -> Completeness {
    all.max_by_key(|completeness| match completeness {
        Completeness::Complete => 0,
        Completeness::Undetermined => 1,
        Completeness::Incomplete => 2,
    })
    .unwrap_or(Completeness::Complete)
}

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

impl Backend<'_, '_> {
    /// Its health, unless the observations differ.
    pub(crate) fn health(&self) -> Option<BackendHealth> {
        same(self.observations.iter().map(|observation| observation.health))
    }

    /// Its traffic, unless the observations differ.
    pub(crate) fn traffic(&self) -> Option<Traffic> {
        same(self.observations.iter().map(|observation| observation.traffic))
    }
}

fn same<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

impl<'r, 'a> Pool<'_, 'r, 'a> {
    /// What the vendor lists of the pool at all; `None` where places differ.
    pub(crate) fn coverage(&self) -> Option<Coverage> {
        same(self.places.iter().map(|place| place.coverage())).flatten()
    }

    /// Whether everything is there.
    pub(crate) fn completeness(&self) -> Completeness {
        least_complete(self.places.iter().map(|place| place.completeness()))
    }

    /// Whether several reports are taken for parts of it of which nobody says that they are about one pool.
    pub(crate) fn may_be_several(&self) -> bool {
        let reports: HashSet<_> = self
            .places
            .iter()
            .flat_map(|place| &place.reports)
            .map(|report| std::ptr::from_ref::<HealthReport<'_>>(report))
            .collect();
        self.id.is_none() && reports.len() > 1
    }

    /// Why it is not known how many backends there are, and what would tell.
    pub(crate) fn why_not_all(&self) -> &'static str {
        let goes_on = self.places.iter().flat_map(|place| &place.reports).any(|report| report.next_page.is_some());
        let lists_some = self.places.iter().any(|place| place.coverage() == Some(Coverage::NonHealthyOnly));
        match self.completeness() {
            Completeness::Incomplete if goes_on => "a further page is pending",
            Completeness::Incomplete => "something of the list is missing or could not be read",
            Completeness::Undetermined => "there may be a further page; the page limit of the calls would tell",
            Completeness::Complete if lists_some => {
                "the vendor leaves out those that are well, and gives no count; an inventory would tell who they are"
            }
            Completeness::Complete => "only some were asked for, or the figures differ from place to place",
        }
    }

    /// The backends that are known, and whether these are all.
    pub(crate) fn backends(&self) -> (Vec<Backend<'r, 'a>>, bool) {
        let mut backends = self.named();
        let named = count(backends.len());
        let Some(all) = self.server_count() else {
            // Without a figure of the vendor's, its list is all if it lists all, or all that was asked for.
            let mut lists = self.places.iter().filter(|place| place.coverage() != Some(Coverage::Selected)).peekable();
            let is_whole =
                |place: &&PoolAt<'_, '_>| place.coverage() == Some(Coverage::All) && place.completeness() == Completeness::Complete;
            let lists_all = lists.peek().is_some() && lists.all(is_whole);
            let is_selection = self.coverage() == Some(Coverage::Selected) && self.completeness() == Completeness::Complete;
            return (backends, lists_all || is_selection);
        };
        let unreadable = self.places.iter().map(|place| place.unreadable()).max().unwrap_or_default();
        let unreadable = unreadable.min(all.saturating_sub(named));
        let unlisted = all.saturating_sub(named).saturating_sub(unreadable);
        let nothing = Observation { health: BackendHealth::Unknown, traffic: Traffic::Unknown, traffic_reason: None };
        let nameless = |observations, count| Backend { records: Vec::new(), observations, count };
        if unreadable > 0 {
            backends.push(nameless(vec![nothing], unreadable));
        }
        if unlisted > 0 {
            let mut said: Vec<Observation> = self.places.iter().filter_map(|place| place.unlisted()).collect();
            if said.is_empty() {
                said.push(nothing);
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
            let (health, traffic) = (record.health, record.traffic);
            let observation = Observation { health, traffic, traffic_reason: record.traffic_reason };
            match backends.get_mut(index) {
                Some(backend) => {
                    backend.records.push(record);
                    backend.observations.push(observation);
                }
                None => backends.push(Backend { records: vec![record], observations: vec![observation], count: 1 }),
            }
        }
        // What a place says of backends that it does not list goes for one that another place lists as well.
        for place in &self.places {
            let Some(said) = place.unlisted() else { continue };
            let listed: HashSet<&str> = place.records.iter().map(|record| &*record.backend_key).collect();
            for (key, index) in &by_key {
                let Some(backend) = backends.get_mut(*index).filter(|_| !listed.contains(key)) else { continue };
                // A place that cannot tell says nothing of one that fails elsewhere, and keeps one from being well everywhere.
                let is_well = |one: &Observation| matches!(one.health, BackendHealth::Healthy | BackendHealth::Unmonitored);
                if said.health != BackendHealth::Unknown || backend.observations.iter().all(is_well) {
                    backend.observations.push(said);
                }
            }
        }
        backends
    }

    /// How many backends the pool has, by the vendor's own figure, where all places agree.
    fn server_count(&self) -> Option<u32> {
        if self.id.is_none() && self.places.len() > 1 {
            // Nobody says that these are places of one pool.
            return None;
        }
        same(self.places.iter().filter_map(|place| place.figures?.server_count))
    }
}

pub(crate) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

//! What is at the selected listeners, and what may be.

use std::collections::{HashMap, HashSet};

use crate::model::order::by_time;
use crate::{BackendRecord, HealthReport, PoolSummary, Scope, WarningCode};

/// Whether something is at a selected listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whereabouts {
    /// It is told to be elsewhere.
    Elsewhere,
    /// It is not told at which listener it is.
    Open,
    /// It is at one of them, or none is selected.
    Selected,
}

/// Which pool it is, as far as that is told: the adapter, and the id or, without one, the report.
type PoolOf<'r> = (&'r str, Result<&'r str, *const ()>);

/// What reports tell of the listeners that are selected.
#[derive(Debug)]
pub(super) struct Listeners<'s, 'r> {
    wanted: &'s [String],
    /// Adapters whose reports name one of them. It is none of another vendor's.
    adapters: HashSet<&'r str>,
    /// The pools at them: the listener, the number of the report, and whether it has figures that tell of those that are not listed.
    pools: HashMap<PoolOf<'r>, Vec<(&'r str, usize, bool)>>,
    /// The number of the last report that lists a backend of a pool at a listener.
    backends: HashMap<(PoolOf<'r>, &'r str, &'r str), usize>,
    /// The load balancers that the places at them name; none where one does not name its own.
    load_balancers: Option<HashSet<&'r str>>,
    /// The reports by the order in which they were made.
    numbers: HashMap<*const (), usize>,
}

impl<'s, 'r> Listeners<'s, 'r> {
    pub(super) fn new<'a>(wanted: &'s [String], reports: &[&'r HealthReport<'a>]) -> Self {
        let mut told = Self {
            wanted,
            adapters: HashSet::new(),
            pools: HashMap::new(),
            backends: HashMap::new(),
            load_balancers: Some(HashSet::new()),
            numbers: HashMap::new(),
        };
        if wanted.is_empty() {
            return told;
        }
        let mut reports = reports.to_vec();
        by_time(&mut reports);
        for (number, report) in reports.into_iter().enumerate() {
            told.numbers.insert(address(report), number);
            let places = report.places().filter(|place| place.listener_id.is_some_and(|id| told.wants(id)));
            let load_balancers: Option<HashSet<&str>> = places.map(|place| place.load_balancer_id).collect();
            told.load_balancers = told.load_balancers.zip(load_balancers).map(|(known, own)| &known | &own);
            // Figures come first: they go for the records at the same place.
            for figures in &report.pools {
                let Some(listener) = figures.listener_id.as_deref().filter(|id| told.wants(id)) else { continue };
                told.note(report, pool_of(report, figures.pool_id.as_deref()), (listener, number, true));
            }
            for record in &report.records {
                let Some(listener) = record.listener_id.as_deref().filter(|id| told.wants(id)) else { continue };
                let pool = pool_of(report, record.pool_id.as_deref());
                told.note(report, pool, (listener, number, false));
                told.backends.insert((pool, &record.backend_key, listener), number);
            }
        }
        told
    }

    fn note(&mut self, report: &'r HealthReport<'_>, pool: PoolOf<'r>, place: (&'r str, usize, bool)) {
        self.adapters.insert(&report.adapter);
        let places = self.pools.entry(pool).or_default();
        let (listener, number, _) = place;
        if !places.contains(&place) && !places.contains(&(listener, number, true)) {
            places.push(place);
        }
    }

    fn wants(&self, id: &str) -> bool {
        self.wanted.iter().any(|wanted| wanted == id)
    }

    /// Whether a report that tells of no place may be about one of them.
    pub(super) fn may_be_of(&self, report: &HealthReport<'_>) -> bool {
        report.records.is_empty() && report.pools.is_empty() && self.adapters.contains(&*report.adapter)
    }

    /// Whether the backend of the record is told at this listener, by its report or a later one.
    fn is_told_at(&self, listener: &str, report: &HealthReport<'_>, record: &BackendRecord<'_>) -> bool {
        let last = self.backends.get(&(pool_of(report, record.pool_id.as_deref()), &*record.backend_key, listener));
        last.is_some_and(|last| self.numbers.get(&address(report)).is_some_and(|number| last >= number))
    }

    /// Whether the backend of the record is told at all of them, by its report or a later one.
    pub(super) fn are_all_told(&self, report: &HealthReport<'_>, record: &BackendRecord<'_>) -> bool {
        self.wanted.iter().all(|listener| self.is_told_at(listener, report, record))
    }

    /// Whether the record is at one of them.
    pub(super) fn of_record(&self, report: &HealthReport<'_>, record: &BackendRecord<'_>) -> Whereabouts {
        let listener = record.listener_id.as_deref();
        if self.wanted.is_empty() || listener.is_some_and(|listener| self.wants(listener)) {
            return Whereabouts::Selected;
        }
        let is_of_place = listener.is_none() && record.scope != Scope::Pool;
        let is_away = !self.adapters.contains(&*report.adapter) || self.is_of_another(record.load_balancer_id.as_deref());
        if is_away || (!is_of_place && self.are_all_told(report, record)) {
            return Whereabouts::Elsewhere;
        }
        let number = self.numbers.get(&address(report));
        let is_one = record.pool_id.is_some() || report.of_one_pool;
        let places = self.pools.get(&pool_of(report, record.pool_id.as_deref())).filter(|_| is_one);
        let lacking = || places.into_iter().flatten().filter(|(listener, ..)| !self.is_told_at(listener, report, record));
        match listener {
            // What is said of a backend in its pool holds at a listener of the pool for which nothing else is said.
            None if !is_of_place && lacking().any(|(_, of, _)| Some(of) == number) => Whereabouts::Selected,
            None => Whereabouts::Open,
            // A backend is at every listener of its pool, and some that are not named have a status that none of the named has.
            Some(_) if lacking().any(|(_, _, has_figures)| !has_figures) => Whereabouts::Open,
            Some(_) if record.warnings.contains(&WarningCode::OuterStatusUnplaced) => Whereabouts::Open,
            Some(_) => Whereabouts::Elsewhere,
        }
    }

    /// Whether what is said of a pool as a whole is said of it at one of them.
    pub(super) fn of_pool(&self, report: &HealthReport<'_>, pool: &PoolSummary<'_>) -> Whereabouts {
        match pool.listener_id.as_deref() {
            _ if self.wanted.is_empty() => Whereabouts::Selected,
            Some(listener) if self.wants(listener) => Whereabouts::Selected,
            Some(_) => Whereabouts::Elsewhere,
            None if !self.adapters.contains(&*report.adapter) || self.is_of_another(pool.load_balancer_id.as_deref()) => {
                Whereabouts::Elsewhere
            }
            None => Whereabouts::Open,
        }
    }

    /// Whether it is the load balancer of none of them.
    fn is_of_another(&self, load_balancer: Option<&str>) -> bool {
        self.load_balancers.as_ref().zip(load_balancer).is_some_and(|(known, id)| !known.is_empty() && !known.contains(id))
    }
}

fn pool_of<'r>(report: &'r HealthReport<'_>, pool_id: Option<&'r str>) -> PoolOf<'r> {
    (&report.adapter, pool_id.ok_or_else(|| address(report)))
}

fn address(report: &HealthReport<'_>) -> *const () {
    std::ptr::from_ref(report).cast()
}

//! What a gate is asked of.

use std::collections::HashSet;

use super::listeners::{Listeners, Whereabouts};
use super::names::{gone_at_one_port, is_told_gone, names_no_other, why_name_proves_nothing};
use crate::roll_up::Latest;
use crate::{
    BackendHealth, BackendRecord, Certainty, Completeness, Coverage, HealthReport, ParentKind, PoolSummary, Scope, Traffic,
    WarningCode,
};

/// Pools, listeners and backends by id. An empty list selects all; where several lists are given, all of them have to fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Selection {
    /// Ids of pools.
    pub pools: Vec<String>,
    /// Ids of listeners.
    pub listeners: Vec<String>,
    /// Backends: their key, id, name or address, each also with the port behind it, or the id of the cloud server behind them.
    pub backends: Vec<String>,
}

/// What tells the listeners of a pool, and of anything else.
const OF_POOL: &str = "`--pool ID` or `lbhealth normalize --bound-listener POOL=ID`";
const OF_PLACE: &str = "`--pool ID` or a call for each listener";

/// What stands of the records of reports.
struct Stands<'a> {
    /// Those that no later report replaced.
    records: HashSet<*const BackendRecord<'a>>,
    /// Those that a later list leaves out, which may be about another pool.
    left_out: HashSet<*const BackendRecord<'a>>,
    /// The latest that is said of each pool as a whole.
    figures: HashSet<*const PoolSummary<'a>>,
}

impl<'a> Stands<'a> {
    fn has(&self, record: &BackendRecord<'a>) -> bool {
        self.records.contains(&std::ptr::from_ref(record))
    }
}

/// What is selected of reports.
#[derive(Debug)]
pub(crate) struct Selected<'a> {
    /// The parts of the reports that are selected.
    pub(crate) parts: Vec<HealthReport<'a>>,
    /// The same with all that may be at a selected listener as well, and what would tell; none where nothing may.
    pub(crate) with_open: Option<(Vec<HealthReport<'a>>, &'static str)>,
    /// What of the selection is not in the reports.
    pub(crate) missing: Vec<String>,
    /// Whether some of that was in them, and what stands of them does not have it any more.
    pub(crate) replaced: bool,
}

impl Selection {
    /// What is selected of the reports.
    ///
    /// Where backends are selected, what a vendor says of pools as wholes is about others too and is left out.
    pub(crate) fn of<'a>(&self, reports: &[&HealthReport<'a>]) -> Selected<'a> {
        // Where whole places are selected, what stands of them is found out later.
        let latest = (!self.backends.is_empty()).then(|| Latest::of(reports.iter().copied()));
        let stands = latest.as_ref().map(|latest| Stands {
            records: latest.standing(),
            left_out: latest.left_out(),
            figures: latest.places.iter().filter_map(|place| place.figures).map(std::ptr::from_ref).collect(),
        });
        let listeners = Listeners::new(&self.listeners, reports);
        let parts = |with_open| -> Vec<HealthReport<'a>> {
            let parts = reports.iter().map(|report| {
                let part = self.part_of(report, stands.as_ref(), &listeners, with_open);
                // A report about something else says nothing of what was selected; one that lost something may have lost a selected backend.
                let any_place = self.pools.is_empty() && (self.listeners.is_empty() || listeners.may_be_of(report));
                let may_be_about_it = any_place && (self.backends.is_empty() || part.completeness == Completeness::Incomplete);
                (!part.records.is_empty() || !part.pools.is_empty() || may_be_about_it).then_some(part)
            });
            parts.flatten().collect()
        };
        let selected = parts(false);
        let with_open = self.remedy(reports, &listeners).map(|remedy| (parts(true), remedy));
        let any_record = |is: &dyn Fn(&BackendRecord<'_>) -> bool| selected.iter().any(|report| report.records.iter().any(is));
        // A place is there with any backend, also where another is selected.
        let any_at_place = |is: &dyn Fn(&BackendRecord<'_>) -> bool| {
            let is_at_place = |one: &BackendRecord<'_>| self.has_place(one.pool_id.as_deref(), one.listener_id.as_deref());
            any_record(is) || reports.iter().any(|report| report.records.iter().any(|record| is_at_place(record) && is(record)))
        };
        let any_pool = |is: &dyn Fn(&PoolSummary<'_>) -> bool| {
            reports.iter().any(|report| {
                report.pools.iter().any(|pool| self.has_place(pool.pool_id.as_deref(), pool.listener_id.as_deref()) && is(pool))
            })
        };
        let mut missing = Vec::new();
        let mut note = |kind: &str, id: &String, is_there: bool| {
            if !is_there {
                missing.push(format!("{kind} {id}"));
            }
        };
        for id in &self.pools {
            let there = any_at_place(&|record| record.pool_id.as_deref() == Some(id));
            note("pool", id, there || any_pool(&|pool| pool.pool_id.as_deref() == Some(id)));
        }
        for id in &self.listeners {
            let there = any_at_place(&|record| record.listener_id.as_deref() == Some(id));
            note("listener", id, there || any_pool(&|pool| pool.listener_id.as_deref() == Some(id)));
        }
        let mut replaced = false;
        for id in &self.backends {
            let is_it = |record: &BackendRecord<'_>| record.is_called(id);
            let is_there = any_record(&is_it);
            replaced |= !is_there && any_at_place(&is_it);
            note("backend", id, is_there);
        }
        Selected { parts: selected, with_open, missing, replaced }
    }

    /// What would tell the listeners of all that may be at a selected one; none where nothing may.
    fn remedy(&self, reports: &[&HealthReport<'_>], listeners: &Listeners<'_, '_>) -> Option<&'static str> {
        let records = reports.iter().flat_map(|report| report.records.iter().map(move |record| (report, record)));
        let open = records.filter(|(_, record)| self.has_pool(record.pool_id.as_deref()) && self.has_backend(record));
        let mut open = open.filter(|(report, record)| listeners.of_record(report, record) == Whereabouts::Open);
        if let Some((_, first)) = open.next() {
            let is_of_pool = |record: &BackendRecord<'_>| record.scope == Scope::Pool || record.listener_id.is_some();
            return Some(if is_of_pool(first) { OF_POOL } else { OF_PLACE });
        }
        let mut pools = reports.iter().flat_map(|report| report.pools.iter().map(move |pool| (report, pool)));
        let is_open = |report: &HealthReport<'_>, pool: &PoolSummary<'_>| {
            self.has_pool(pool.pool_id.as_deref()) && listeners.of_pool(report, pool) == Whereabouts::Open
        };
        let (_, pool) = pools.find(|(report, pool)| self.backends.is_empty() && is_open(report, pool))?;
        Some(if pool.scope == Scope::Pool { OF_POOL } else { OF_PLACE })
    }

    /// What the selected parts say.
    pub(crate) fn latest<'r, 'a>(&self, selected: &[&'r HealthReport<'a>]) -> Latest<'r, 'a> {
        let selected = selected.iter().copied();
        // Where backends are selected, what stands was found out of the whole reports.
        if self.backends.is_empty() { Latest::of(selected) } else { Latest::of_unreplaced(selected) }
    }

    /// `stands` is told where backends are selected: records that a later report replaced are left out then.
    fn part_of<'a>(
        &self,
        report: &HealthReport<'a>,
        stands: Option<&Stands<'a>>,
        listeners: &Listeners<'_, '_>,
        with_open: bool,
    ) -> HealthReport<'a> {
        let is_in = |at| at == Whereabouts::Selected || (with_open && at == Whereabouts::Open);
        let mut part = report.clone();
        let mut own_records = report.records.iter();
        part.records.retain_mut(|record| {
            // What stands is known of the records of the report itself.
            let Some(own) = own_records.next() else { return false };
            let at = listeners.of_record(report, own);
            let is_asked_about = self.has_pool(own.pool_id.as_deref()) && is_in(at) && self.has_backend(own);
            if !is_asked_about || stands.is_some_and(|stands| !stands.has(own)) {
                return false;
            }
            let is_unplaced = own.warnings.contains(&WarningCode::OuterStatusUnplaced);
            // At a selected listener it may have the status that its reply has at none of those that it names.
            let may_have_another = is_unplaced && at == Whereabouts::Open;
            if may_have_another || stands.is_some_and(|stands| stands.left_out.contains(&std::ptr::from_ref(own))) {
                leave_open(record);
            }
            // That status is none of a listener that is told at all that are asked about.
            if is_unplaced && !self.listeners.is_empty() && listeners.are_all_told(report, own) {
                record.warnings.retain(|code| *code != WarningCode::OuterStatusUnplaced);
            }
            true
        });
        part.pools.retain(|pool| self.has_pool(pool.pool_id.as_deref()) && is_in(listeners.of_pool(report, pool)));
        let is_about_pool = !part.records.is_empty() || !part.pools.is_empty();
        if !self.pools.is_empty() && is_about_pool && report.records.iter().any(|record| record.pool_id.is_none()) {
            // A backend whose pool is not told beside those of a selected one may be in it.
            part.completeness = Completeness::Incomplete;
        }
        // Backends are selected.
        if let Some(stands) = stands {
            part.pools.clear();
            part.coverage = Coverage::Selected;
            if self.may_hide_one(report, stands, listeners) {
                part.completeness = Completeness::Incomplete;
            }
            // A token alone does not keep what is there from being what was asked for, unless that can be several; a lost element can be
            // about it.
            let is_one = |record: &BackendRecord<'_>| self.backends.iter().any(|name| names_no_other(name, record, report));
            if part.completeness == Completeness::Undetermined && part.records.iter().all(is_one) {
                part.completeness = Completeness::Complete;
            }
        }
        part
    }

    /// Whether a selected backend may be one that the report does not name: it has no name and is not well, or is counted and nobody knows how
    /// it is.
    fn may_hide_one<'a>(&self, report: &HealthReport<'a>, stands: &Stands<'a>, listeners: &Listeners<'_, '_>) -> bool {
        let is_nameless =
            |record: &BackendRecord<'a>| !record.health.is_well() && record.names().next().is_none() && stands.has(record);
        let mut nameless = report.records.iter().filter(|record| is_nameless(record));
        let is_open = |pool: &PoolSummary<'a>| {
            let is_latest = stands.figures.contains(&std::ptr::from_ref(pool));
            is_latest && pool.unlisted_health == Some(BackendHealth::Unknown) && pool.unlisted_count != Some(0)
        };
        let mut open = report.pools.iter().filter(|pool| is_open(pool));
        nameless
            .any(|record| self.has_pool(record.pool_id.as_deref()) && listeners.of_record(report, record) != Whereabouts::Elsewhere)
            || open.any(|pool| self.has_pool(pool.pool_id.as_deref()) && listeners.of_pool(report, pool) != Whereabouts::Elsewhere)
    }

    fn has_place(&self, pool_id: Option<&str>, listener_id: Option<&str>) -> bool {
        self.has_pool(pool_id) && fits(&self.listeners, listener_id)
    }

    fn has_pool(&self, pool_id: Option<&str>) -> bool {
        fits(&self.pools, pool_id)
    }

    fn has_backend(&self, record: &BackendRecord<'_>) -> bool {
        self.backends.is_empty() || self.backends.iter().any(|id| record.is_called(id))
    }

    /// Whether a selected backend that is missing may be one that the vendor leaves out because it is well.
    pub(crate) fn may_be_left_out(&self, reports: &[&HealthReport<'_>]) -> bool {
        let lists_some = |report: &&HealthReport<'_>| report.coverage == Coverage::NonHealthyOnly && !self.lists_all(report);
        !self.backends.is_empty() && reports.iter().any(lists_some)
    }

    /// Why a selected backend that is not in the reports may be registered all the same; none where they name all that are, by names of that
    /// kind, and every selected place. A report about one pool proves nothing of another.
    pub(crate) fn why_no_proof(&self, reports: &[&HealthReport<'_>]) -> Option<String> {
        if self.pools.is_empty() && have_unlisted_pools(reports) {
            return Some("the reports name pools of which they list no backends".to_owned());
        }
        if let Some(why) = self.backends.iter().find_map(|name| why_name_proves_nothing(name, reports)) {
            return Some(why);
        }
        if self.are_all_named(reports) {
            return None;
        }
        let at_one_port = self.backends.iter().find_map(|name| gone_at_one_port(name, reports));
        Some(at_one_port.unwrap_or_else(|| "the reports do not name all that are registered".to_owned()))
    }

    /// Whether the reports name all that are registered in what is selected.
    fn are_all_named(&self, reports: &[&HealthReport<'_>]) -> bool {
        let are_complete = reports.iter().all(|report| report.completeness == Completeness::Complete);
        let are_proved = match self.backends.as_slice() {
            [] => reports.iter().all(|report| self.lists_all(report)),
            names => names.iter().all(|name| self.is_proved(name, reports)),
        };
        !reports.is_empty() && are_complete && are_proved && self.are_places_named(reports)
    }

    /// Whether every selected place is in the reports.
    fn are_places_named(&self, reports: &[&HealthReport<'_>]) -> bool {
        let places = || reports.iter().flat_map(|report| report.places());
        self.pools.iter().all(|id| places().any(|place| place.pool_id == Some(id)))
            && self.listeners.iter().all(|id| places().any(|place| place.listener_id == Some(id)))
    }

    /// Whether the report lists everybody in the selected places, and says of everybody where it is.
    fn lists_all(&self, report: &HealthReport<'_>) -> bool {
        match report.coverage {
            Coverage::All => {
                (self.pools.is_empty() || report.records.iter().all(|record| record.pool_id.is_some()))
                    && (self.listeners.is_empty() || report.records.iter().all(|record| record.listener_id.is_some()))
            }
            Coverage::NonHealthyOnly => {
                // One of which the listener is not told may be at a selected one.
                let is_selected = |pool: &&PoolSummary<'_>| {
                    self.has_pool(pool.pool_id.as_deref())
                        && (pool.listener_id.is_none() || fits(&self.listeners, pool.listener_id.as_deref()))
                };
                let mut pools = report.pools.iter().filter(is_selected).peekable();
                pools.peek().is_some() && pools.all(|pool| pool.unlisted_count == Some(0))
            }
            _ => false,
        }
    }

    /// Whether each report tells whether a backend called so is registered, or is about who was asked for in pools of which others tell.
    fn is_proved(&self, name: &str, reports: &[&HealthReport<'_>]) -> bool {
        let tells = |report: &HealthReport<'_>| self.lists_all(report) || is_told_gone(name, report);
        let telling = reports.iter().filter(|report| tells(report)).flat_map(|report| &report.records);
        let pools: HashSet<&str> = telling.filter_map(|record| record.pool_id.as_deref()).collect();
        let is_told = |record: &BackendRecord<'_>| record.pool_id.as_deref().is_some_and(|pool| pools.contains(pool));
        // Who was asked for in a pool of which another report tells neither proves nor disproves anything.
        let is_about_others =
            |report: &HealthReport<'_>| report.coverage == Coverage::Selected && report.records.iter().all(is_told);
        reports.iter().all(|report| tells(report) || is_about_others(report))
    }
}

/// Takes back what is said of a backend, where something else may hold by now, or elsewhere.
fn leave_open(record: &mut BackendRecord<'_>) {
    (record.health, record.certainty, record.cause) = (BackendHealth::Unknown, Certainty::Ambiguous, None);
    (record.traffic, record.traffic_reason) = (Traffic::Unknown, None);
}

/// Whether it is one of those that are wanted; without any, all are.
fn fits(wanted: &[String], id: Option<&str>) -> bool {
    wanted.is_empty() || id.is_some_and(|id| wanted.iter().any(|wanted| wanted == id))
}

/// Whether pools are named of which nothing is listed, as those that are not in use.
fn have_unlisted_pools(reports: &[&HealthReport<'_>]) -> bool {
    let of_records = reports.iter().flat_map(|report| &report.records).map(|record| &record.pool_id);
    let of_pools = reports.iter().flat_map(|report| &report.pools).map(|pool| &pool.pool_id);
    let listed: HashSet<_> = of_records.chain(of_pools).collect();
    let mut told = reports.iter().flat_map(|report| &report.parents).filter(|parent| parent.kind == ParentKind::Pool);
    told.any(|pool| !listed.contains(&pool.id))
}

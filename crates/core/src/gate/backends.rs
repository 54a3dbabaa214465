//! What is asked of backends one by one.

use std::collections::HashMap;

use super::{Demand, Selection};
use crate::roll_up::summary::{UNNAMED_EMPTY_POOL, hides_an_empty_pool};
use crate::roll_up::{Backend, Latest, Observation};
use crate::{BackendHealth, BackendRecord, DecidingRecord, HealthReport, Policy, Rating, Standing, Traffic, TrafficReason};

/// How backends count that are asked for one by one.
const POLICY: Policy = Policy::Halves;

/// How one backend answers a demand.
struct Answer {
    verdict: Rating,
    standing: Standing,
    /// Whether a record of it decided that.
    decides: fn(&BackendRecord<'_>) -> bool,
}

/// What all backends answer.
struct Answers {
    demand: Demand,
    /// How many were asked.
    asked: u32,
    /// How many answer otherwise.
    against: u32,
    /// Of how many it cannot be told.
    open: u32,
    /// Why there may be more of them, and what would tell.
    why_not_all: Option<&'static str>,
}

impl Answers {
    /// Asks all of them; `None` leaves a backend out.
    fn of(name: impl Into<String>, latest: &Latest<'_, '_>, answer: impl Fn(&Backend<'_, '_>) -> Option<Answer>) -> Self {
        let demand = Demand::new(name, Rating::Ok, "");
        let mut all = Self { demand, asked: 0, against: 0, open: 0, why_not_all: None };
        for pool in latest.pools() {
            let (backends, is_total) = pool.backends();
            if !is_total {
                all.demand.verdict = graver(all.demand.verdict, Rating::Unknown);
                all.why_not_all.get_or_insert_with(|| pool.why_not_all());
            }
            for backend in &backends {
                let Some(answer) = answer(backend) else { continue };
                all.add(backend, &answer);
            }
        }
        all.demand.deciding_records.sort_by_key(|record| (record.standing, record.health));
        all
    }

    fn add(&mut self, backend: &Backend<'_, '_>, answer: &Answer) {
        self.asked = self.asked.saturating_add(backend.count);
        let others = match answer.verdict {
            Rating::Ok => return,
            Rating::Unknown => &mut self.open,
            _ => &mut self.against,
        };
        *others = others.saturating_add(backend.count);
        self.demand.verdict = graver(self.demand.verdict, answer.verdict);
        let deciders = backend.deciders(answer.decides).map(|record| DecidingRecord::of(record, answer.standing));
        self.demand.deciding_records.extend(deciders);
    }

    /// How many of them are up.
    fn up(&self) -> String {
        let least = if self.why_not_all.is_some() { "at least " } else { "" };
        let asked = self.asked;
        let mut texts: Vec<String> = match (self.against, self.open) {
            _ if asked == 0 => vec!["there is no backend that could be up".to_owned()],
            (0, 0) if self.why_not_all.is_some() => vec![format!("all {asked} that are known are up")],
            (0, 0) => vec![format!("all {asked} up")],
            (0, open) => vec![format!("{open} of {least}{asked} not known to be up")],
            (against, 0) => vec![format!("{against} of {least}{asked} not up")],
            (against, open) => vec![format!("{against} of {least}{asked} not up, {open} not known to be up")],
        };
        texts.extend(self.why_not_all.filter(|_| self.demand.verdict == Rating::Unknown || asked == 0).map(str::to_owned));
        texts.join("; ")
    }
}

/// The graver of two answers to a demand: that it holds with a warning says less than that nobody knows whether it holds.
fn graver(one: Rating, other: Rating) -> Rating {
    std::cmp::min_by_key(one, other, |rating| (*rating != Rating::Critical, *rating != Rating::Unknown, *rating))
}

/// Every backend is up. Copies and standbys do as they should and are left out. `nobody` is why a part of what was asked for may have none:
/// that is not up, nor known to be down.
pub(super) fn all_up(name: String, latest: &Latest<'_, '_>, nobody: Option<String>) -> Demand {
    let mut all = Answers::of(name, latest, |backend| {
        let all = || backend.observations.iter();
        let is_aside = |one: &Observation| POLICY.standing(one.health, one.traffic) == Standing::Aside;
        let waits = |one: &Observation| {
            one.traffic == Traffic::Standby && (one.health.is_verdict() || one.health == BackendHealth::Unmonitored)
        };
        let does_its_part = |one: &Observation| is_aside(one) && (one.traffic == Traffic::Mirrored || waits(one));
        if all().all(does_its_part) {
            return None;
        }
        let is = |health| all().any(|one| one.health == health);
        let standing = backend.standing(POLICY);
        let verdict = match standing {
            // Out of service at one listener is not up at all of them.
            _ if is(BackendHealth::Initializing) || all().any(|one| is_aside(one) && !does_its_part(one)) => Rating::Critical,
            Standing::Down | Standing::Aside => Rating::Critical,
            Standing::Undecided | Standing::Unrecognized => Rating::Unknown,
            Standing::Flagged => Rating::Warning,
            Standing::Up => Rating::Ok,
        };
        Some(Answer { verdict, standing, decides: |record| POLICY.standing(record.health, record.traffic) != Standing::Up })
    });
    all.demand.message = all.up();
    if all.asked == 0 {
        all.demand.verdict = Rating::Unknown;
    } else if let Some(why) = nobody {
        all.demand.verdict = graver(all.demand.verdict, Rating::Unknown);
        all.demand.message = format!("{}; {why}", all.demand.message);
    }
    all.demand
}

/// No backend is registered any more.
pub(super) fn all_gone(name: String, latest: &Latest<'_, '_>, backends: &[String], no_proof: Option<&str>) -> Demand {
    let Answers { mut demand, asked, .. } = Answers::of(name, latest, |backend| {
        let are_all_told = backend.observations.len() == backend.records.len();
        if are_all_told && !backend.records.is_empty() && backend.records.iter().all(|record| record.is_not_registered()) {
            return None;
        }
        Some(Answer { verdict: Rating::Critical, standing: backend.standing(POLICY), decides: |_| true })
    });
    if asked > 0 {
        demand.message = format!("{asked} still registered");
    } else if let Some(why) = no_proof {
        demand.verdict = Rating::Unknown;
        demand.message = format!("none is named as registered, and {why}");
    } else if demand.verdict != Rating::Ok {
        "none is named as registered, and there may be more backends than are known".clone_into(&mut demand.message);
    } else if backends.is_empty() {
        "none is registered".clone_into(&mut demand.message);
    } else {
        demand.message = format!("not registered: {}", listing(backends));
    }
    demand
}

/// Why there may be nobody in a part of what was asked for: a pool that was named is empty, or all those of a listener that was; or a report
/// may be about one that is.
pub(super) fn nobody(latest: &Latest<'_, '_>, reports: &[&HealthReport<'_>], selection: &Selection) -> Option<String> {
    let Selection { pools, listeners, .. } = selection;
    let mut peopled: HashMap<&str, bool> = HashMap::new();
    for pool in latest.pools() {
        let named = pool.id.filter(|id| pools.iter().any(|named| named == id));
        let named_listeners = pool.places.iter().filter_map(|place| place.listener_id());
        let named_listeners: Vec<_> = named_listeners.filter(|id| listeners.iter().any(|named| named == id)).collect();
        let is_empty = (named.is_some() || !named_listeners.is_empty()) && pool.backends().0.is_empty();
        if let Some(id) = named.filter(|_| is_empty) {
            return Some(format!("the pool {id} has no backends"));
        }
        if pool.may_be_several() && pool.has_empty_report() {
            return Some("of reports that may be about several pools one lists nobody".to_owned());
        }
        for id in named_listeners {
            *peopled.entry(id).or_default() |= !is_empty;
        }
    }
    if let Some(id) = listeners.iter().find(|id| peopled.get(id.as_str()) == Some(&false)) {
        return Some(format!("the listener {id} has no backends"));
    }
    let hides_one = pools.is_empty() && reports.iter().any(|report| hides_an_empty_pool(report));
    hides_one.then(|| UNNAMED_EMPTY_POOL.to_owned())
}

/// No backend waits for its first result. One of which nothing is known may, unless it is taken out for its weight: checks do not reach it.
pub(super) fn none_initializing(latest: &Latest<'_, '_>) -> Demand {
    let Answers { mut demand, against: initializing, open, .. } = Answers::of("no-initializing", latest, |backend| {
        let any = |is: fn(&Observation) -> bool| backend.observations.iter().any(is);
        let may_wait = |one: &Observation| {
            // Where it goes on with what it has, its vendor goes on checking it.
            let is_out = one.traffic == Traffic::Excluded && one.traffic_reason == Some(TrafficReason::ZeroWeight);
            one.health == BackendHealth::Unknown && !is_out
        };
        let (verdict, decides): (_, fn(&BackendRecord<'_>) -> bool) = if any(|one| one.health == BackendHealth::Initializing) {
            (Rating::Critical, |record| record.health == BackendHealth::Initializing)
        } else if any(may_wait) {
            (Rating::Unknown, |record| record.health == BackendHealth::Unknown)
        } else {
            (Rating::Ok, |_| false)
        };
        Some(Answer { verdict, standing: Standing::Undecided, decides })
    });
    if demand.verdict == Rating::Critical {
        // Those that wait come before those that may.
        demand.deciding_records.retain(|record| record.health == BackendHealth::Initializing);
    }
    demand.message = match demand.verdict {
        Rating::Ok => "none is initializing".to_owned(),
        Rating::Critical => format!("{initializing} initializing"),
        _ if open > 0 => format!("none is known to be initializing, and {open} may be"),
        _ => "none that is known is initializing, and there may be more".to_owned(),
    };
    demand
}

/// The first few of them.
fn listing(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

//! What is said of a pool as a whole.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::count;
use crate::model::owned::into_owned;
use crate::model::place::{place, place_key};
use crate::{BackendHealth, BackendRecord, Completeness, Coverage, HealthCounts, Place, Pointer, Scope, Traffic, WarningCode};

/// What is said of a pool as a whole at one place: whether it is checked, how many backends it has, and what may be said of those that
/// the vendor did not name.
///
/// The counts per health are all present, and then add up to `server_count` where that is known, or all absent. An absent count is not
/// known, never 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PoolSummary<'a> {
    /// Identity of the pool at this place: adapter, scope, listener (or rule, or load balancer) and pool, joined by `|`. The same as in
    /// its records.
    pub pool_key: Cow<'a, str>,
    /// The kind of place at which the pool is observed.
    pub scope: Scope,
    /// Id of the load balancer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_balancer_id: Option<Cow<'a, str>>,
    /// Id of the listener.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listener_id: Option<Cow<'a, str>>,
    /// Port of the listener.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listener_port: Option<u16>,
    /// Protocol of the listener, in upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listener_protocol: Option<Cow<'a, str>>,
    /// Id of the forwarding rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_id: Option<Cow<'a, str>>,
    /// Id of the pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<Cow<'a, str>>,
    /// Whether the pool's health check is on; absent where the vendor does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_enabled: Option<bool>,
    /// How many backends the pool has, by the vendor's own figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_count: Option<u32>,
    /// How many elements the vendor's list of backends has, those that could not be read included; absent where there is no list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed_count: Option<u32>,
    /// How many backends are `HEALTHY`, unlisted ones included where that may be said of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub healthy_count: Option<u32>,
    /// How many backends are `UNHEALTHY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unhealthy_count: Option<u32>,
    /// How many backends are `DEGRADED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degraded_count: Option<u32>,
    /// How many backends are `INITIALIZING`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initializing_count: Option<u32>,
    /// How many backends are `DRAINING`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draining_count: Option<u32>,
    /// How many backends are `UNMONITORED`, unlisted ones included where the check is off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unmonitored_count: Option<u32>,
    /// How many backends are `INACTIVE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inactive_count: Option<u32>,
    /// How many backends are `UNKNOWN`: elements that could not be read, and unlisted ones of which nothing may be said, included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown_count: Option<u32>,
    /// How many backends the vendor counts and does not list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted_count: Option<u32>,
    /// What may be said of every backend that is not listed. `HEALTHY` is inferred from absence and only where nothing speaks against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted_health: Option<BackendHealth>,
    /// What narrows the traffic of every backend that is not listed: `MIRRORED` where the pool gets copies, `UNKNOWN` where it is not known
    /// what it gets; absent where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted_traffic: Option<Traffic>,
    /// JSON Pointer to the object in the payload that describes the pool.
    pub path: Pointer,
}

into_owned!(PoolSummary {
    pool_key,
    scope,
    load_balancer_id,
    listener_id,
    listener_port,
    listener_protocol,
    rule_id,
    pool_id,
    check_enabled,
    server_count,
    listed_count,
    healthy_count,
    unhealthy_count,
    degraded_count,
    initializing_count,
    draining_count,
    unmonitored_count,
    inactive_count,
    unknown_count,
    unlisted_count,
    unlisted_health,
    unlisted_traffic,
    path,
});

impl<'a> PoolSummary<'a> {
    /// A summary at this place of which nothing else is known yet; a [`ReportBuilder`](crate::ReportBuilder) gives it its key.
    pub fn new(place: &Place<'a>, path: Pointer) -> Self {
        Self {
            pool_key: Cow::Borrowed(""),
            scope: place.scope,
            load_balancer_id: place.load_balancer_id.clone(),
            listener_id: place.listener_id.clone(),
            listener_port: place.listener_port,
            listener_protocol: place.listener_protocol.clone(),
            rule_id: place.rule_id.clone(),
            pool_id: place.pool_id.clone(),
            check_enabled: None,
            server_count: None,
            listed_count: None,
            healthy_count: None,
            unhealthy_count: None,
            degraded_count: None,
            initializing_count: None,
            draining_count: None,
            unmonitored_count: None,
            inactive_count: None,
            unknown_count: None,
            unlisted_count: None,
            unlisted_health: None,
            unlisted_traffic: None,
            path,
        }
    }

    /// Whether it says no more than that the list is empty.
    pub(crate) fn is_bare(&self) -> bool {
        self.listed_count == Some(0) && (self.check_enabled, self.server_count, self.unlisted_health) == (None, None, None)
    }

    /// Takes back that those that are not listed are healthy.
    pub(crate) fn doubt_unlisted(&mut self) {
        if self.unlisted_health == Some(BackendHealth::Healthy) {
            self.unlisted_health = Some(BackendHealth::Unknown);
        }
    }

    /// Concludes what may be said of backends that are not listed, from the check switch, the list and the report. `listed` is the health
    /// of those that are.
    ///
    /// They are `HEALTHY` only where the check is on, the operation lists nothing but what is not plainly normal, the list is there and has
    /// nothing in it that is plainly normal or not checked, and the report is complete.
    pub(crate) fn conclude(
        &mut self,
        coverage: Coverage,
        completeness: Completeness,
        mut listed: impl Iterator<Item = BackendHealth>,
    ) {
        let is_whole =
            coverage == Coverage::NonHealthyOnly && completeness == Completeness::Complete && self.listed_count.is_some();
        // One that is not checked says that the switch is told wrongly.
        let is_not_normal = |health: BackendHealth| !health.is_well();
        self.unlisted_health = Some(match self.check_enabled {
            Some(false) => BackendHealth::Unmonitored,
            Some(true) if is_whole && listed.all(is_not_normal) => BackendHealth::Healthy,
            _ => BackendHealth::Unknown,
        });
    }

    /// Counts the backends: those in `listed` by their health, elements that could not be read as unknown, and the unlisted ones as
    /// `unlisted_health`. Sets nothing where one of the figures is not known.
    ///
    /// # Errors
    ///
    /// [`CountContradictsList`] where `listed_count` is above `server_count`. There is no count then, and of unlisted backends nothing
    /// is concluded but that they are not checked.
    pub fn count(&mut self, listed: impl Iterator<Item = BackendHealth>) -> Result<(), CountContradictsList> {
        let (Some(server_count), Some(listed_count), Some(_)) = (self.server_count, self.listed_count, self.unlisted_health) else {
            return Ok(());
        };
        self.drop_contradicted_counts(0)?;
        let counts = HealthCounts::of(listed);
        let unreadable = listed_count.saturating_sub(counts.total());
        self.count_others(counts, server_count.saturating_sub(counts.total()), unreadable);
        Ok(())
    }

    /// The same for these records. Where one of them is there a second time nothing is counted, because it would be counted twice.
    ///
    /// # Errors
    ///
    /// As [`count`](Self::count).
    pub fn count_records(&mut self, listed: &[BackendRecord<'_>]) -> Result<(), CountContradictsList> {
        let doubled = listed.iter().filter(|record| record.warnings.contains(&WarningCode::DuplicateRecord)).count();
        if doubled == 0 {
            return self.count(listed.iter().map(|record| record.health));
        }
        self.drop_contradicted_counts(count(doubled))
    }

    /// Leaves no count where the vendor's list, in which `doubled` elements are there a second time, has more than the vendor counts.
    ///
    /// # Errors
    ///
    /// As [`count`](Self::count).
    pub(crate) fn drop_contradicted_counts(&mut self, doubled: u32) -> Result<(), CountContradictsList> {
        let listed_count = self.listed_count.map(|count| count.saturating_sub(doubled));
        if self.server_count.is_none() || listed_count <= self.server_count {
            return Ok(());
        }
        self.count_nobody();
        Err(CountContradictsList)
    }

    /// Counts the backends where every one of them is known.
    pub(crate) fn count_all(&mut self, all: impl Iterator<Item = BackendHealth>) {
        self.set_counts(Some(HealthCounts::of(all)), Some(0));
    }

    /// Counts the backends where these are all that are known by name; `unreadable` elements of the list are not. Where more are known than
    /// the vendor counts, no count is left.
    pub(crate) fn count_named(&mut self, named: impl Iterator<Item = BackendHealth>, unreadable: u32) {
        let (Some(server_count), Some(_)) = (self.server_count, self.unlisted_health) else { return };
        let counts = HealthCounts::of(named);
        match server_count.checked_sub(counts.total()) {
            None => self.count_nobody(),
            // Without a list that the count allows, there are counts only where nobody is left.
            Some(others) if others > 0 && self.listed_count.is_none_or(|listed| listed > server_count) => {}
            Some(others) => self.count_others(counts, others, unreadable),
        }
    }

    /// Takes all counts back, and what was concluded of unlisted backends but that they are not checked.
    fn count_nobody(&mut self) {
        if self.unlisted_health != Some(BackendHealth::Unmonitored) {
            self.unlisted_health = Some(BackendHealth::Unknown);
        }
        self.set_counts(None, None);
    }

    /// Counts so many others too: elements that could not be read, and backends that are not listed.
    fn count_others(&mut self, mut counts: HealthCounts, others: u32, unreadable: u32) {
        let unreadable = unreadable.min(others);
        counts.add(Some(BackendHealth::Unknown), unreadable);
        counts.add(self.unlisted_health, others - unreadable);
        self.set_counts(Some(counts), Some(others - unreadable));
    }

    fn set_counts(&mut self, counts: Option<HealthCounts>, unlisted: Option<u32>) {
        self.unlisted_count = unlisted;
        self.healthy_count = counts.map(|counts| counts.healthy_count);
        self.unhealthy_count = counts.map(|counts| counts.unhealthy_count);
        self.degraded_count = counts.map(|counts| counts.degraded_count);
        self.initializing_count = counts.map(|counts| counts.initializing_count);
        self.draining_count = counts.map(|counts| counts.draining_count);
        self.unmonitored_count = counts.map(|counts| counts.unmonitored_count);
        self.inactive_count = counts.map(|counts| counts.inactive_count);
        self.unknown_count = counts.map(|counts| counts.unknown_count);
    }

    /// How many backends the pool has: by the vendor's own figure, else by the counts, which are of all of them.
    pub fn backend_count(&self) -> Option<u32> {
        let counted =
            || BackendHealth::ALL.iter().try_fold(0, |sum: u32, health| Some(sum.saturating_add(self.count_of(*health)?)));
        self.server_count.or_else(counted)
    }

    /// How many backends have this health, where that is known.
    pub fn count_of(&self, health: BackendHealth) -> Option<u32> {
        match health {
            BackendHealth::Unhealthy => self.unhealthy_count,
            BackendHealth::Degraded => self.degraded_count,
            BackendHealth::Unknown => self.unknown_count,
            BackendHealth::Initializing => self.initializing_count,
            BackendHealth::Draining => self.draining_count,
            BackendHealth::Inactive => self.inactive_count,
            BackendHealth::Unmonitored => self.unmonitored_count,
            BackendHealth::Healthy => self.healthy_count,
        }
    }

    place!();
    place_key!();
}

/// The vendor lists more backends than it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the vendor lists more backends than it counts")]
#[non_exhaustive]
pub struct CountContradictsList;

//! How many backends are how.

use serde::{Deserialize, Serialize};

use crate::{BackendHealth, Standing, Traffic};

/// How many backends there are, and how many have each health and each traffic.
///
/// The counts in `health` add up to `known_count`, and so do those in `traffic`. Where `backend_count` is present it is the same number;
/// where it is absent there may be more backends than are known, so that every count reads "at least".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BackendCounts {
    /// How many backends there are; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_count: Option<u32>,
    /// How many backends are known of, with or without a name.
    pub known_count: u32,
    /// How many of the known ones the vendor counts and does not name.
    pub unlisted_count: u32,
    /// How many backends have each health.
    pub health: HealthCounts,
    /// How many backends have each traffic.
    pub traffic: TrafficCounts,
}

/// How many backends have each health. A backend counts once, however many observations there are of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HealthCounts {
    /// How many backends are `HEALTHY` wherever they are observed.
    pub healthy_count: u32,
    /// How many backends are `UNHEALTHY` wherever they are observed.
    pub unhealthy_count: u32,
    /// How many backends are `DEGRADED` wherever they are observed.
    pub degraded_count: u32,
    /// How many backends are `INITIALIZING` wherever they are observed.
    pub initializing_count: u32,
    /// How many backends are `DRAINING` wherever they are observed.
    pub draining_count: u32,
    /// How many backends are `UNMONITORED` wherever they are observed.
    pub unmonitored_count: u32,
    /// How many backends are `INACTIVE` wherever they are observed.
    pub inactive_count: u32,
    /// How many backends are `UNKNOWN` wherever they are observed.
    pub unknown_count: u32,
    /// How many backends are mixed: their observations differ in health.
    pub mixed_count: u32,
}

/// How many backends have each traffic. A backend counts once, however many observations there are of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TrafficCounts {
    /// How many backends are `ELIGIBLE` wherever they are observed.
    pub eligible_count: u32,
    /// How many backends are `EXCLUDED` wherever they are observed.
    pub excluded_count: u32,
    /// How many backends are `EXISTING_ONLY` wherever they are observed.
    pub existing_only_count: u32,
    /// How many backends are `MIRRORED` wherever they are observed.
    pub mirrored_count: u32,
    /// How many backends are `STANDBY` wherever they are observed.
    pub standby_count: u32,
    /// How many backends are `UNKNOWN` wherever they are observed.
    pub unknown_count: u32,
    /// How many backends are mixed: their observations differ in traffic.
    pub mixed_count: u32,
}

/// How many backends count in which way under the policy. They add up to `known_count`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StandingCounts {
    /// How many backends are `UP`.
    pub up_count: u32,
    /// How many backends are `FLAGGED`: up as far as is known, and worth a warning.
    pub flagged_count: u32,
    /// How many backends are `UNDECIDED`.
    pub undecided_count: u32,
    /// How many backends are `DOWN`.
    pub down_count: u32,
    /// How many backends are `ASIDE`: not in service, and left out of the reckoning.
    pub aside_count: u32,
}

fn raise(slot: &mut u32, count: u32) {
    *slot = slot.saturating_add(count);
}

impl BackendCounts {
    /// Counts so many backends; without a health or a traffic they are mixed.
    pub(crate) fn add(&mut self, health: Option<BackendHealth>, traffic: Option<Traffic>, count: u32) {
        raise(&mut self.known_count, count);
        self.health.add(health, count);
        raise(self.traffic.slot(traffic), count);
    }

    /// Counts the backends of a further pool.
    pub(crate) fn add_all(&mut self, other: &Self) {
        self.backend_count = self.backend_count.zip(other.backend_count).map(|(one, other)| one.saturating_add(other));
        raise(&mut self.known_count, other.known_count);
        raise(&mut self.unlisted_count, other.unlisted_count);
        for (health, count) in other.health.each() {
            self.health.add(health, count);
        }
        for traffic in Traffic::ALL.iter().copied().map(Some).chain([None]) {
            raise(self.traffic.slot(traffic), other.traffic.count(traffic));
        }
    }
}

impl HealthCounts {
    /// Counts backends with these healths.
    pub(crate) fn of(all: impl Iterator<Item = BackendHealth>) -> Self {
        let mut counts = Self::default();
        all.for_each(|health| counts.add(Some(health), 1));
        counts
    }

    /// Counts so many backends; without a health they are mixed.
    pub(crate) fn add(&mut self, health: Option<BackendHealth>, count: u32) {
        raise(self.slot(health), count);
    }

    /// How many backends there are in all.
    pub(crate) fn total(self) -> u32 {
        self.each().fold(0, |total, (_, count)| total.saturating_add(count))
    }

    /// Every health, the worst first, and how many backends have it; at last, without one, how many are mixed.
    pub fn each(self) -> impl Iterator<Item = (Option<BackendHealth>, u32)> {
        BackendHealth::ALL.iter().copied().map(Some).chain([None]).map(move |health| (health, self.count(health)))
    }

    /// How many backends have this health, or, without one, are mixed.
    pub fn count(mut self, health: Option<BackendHealth>) -> u32 {
        *self.slot(health)
    }

    fn slot(&mut self, health: Option<BackendHealth>) -> &mut u32 {
        match health {
            Some(BackendHealth::Healthy) => &mut self.healthy_count,
            Some(BackendHealth::Unhealthy) => &mut self.unhealthy_count,
            Some(BackendHealth::Degraded) => &mut self.degraded_count,
            Some(BackendHealth::Initializing) => &mut self.initializing_count,
            Some(BackendHealth::Draining) => &mut self.draining_count,
            Some(BackendHealth::Unmonitored) => &mut self.unmonitored_count,
            Some(BackendHealth::Inactive) => &mut self.inactive_count,
            Some(BackendHealth::Unknown) => &mut self.unknown_count,
            None => &mut self.mixed_count,
        }
    }
}

impl TrafficCounts {
    /// How many backends have this traffic, or, without one, are mixed.
    pub fn count(mut self, traffic: Option<Traffic>) -> u32 {
        *self.slot(traffic)
    }

    fn slot(&mut self, traffic: Option<Traffic>) -> &mut u32 {
        match traffic {
            Some(Traffic::Eligible) => &mut self.eligible_count,
            Some(Traffic::Excluded) => &mut self.excluded_count,
            Some(Traffic::ExistingOnly) => &mut self.existing_only_count,
            Some(Traffic::Mirrored) => &mut self.mirrored_count,
            Some(Traffic::Standby) => &mut self.standby_count,
            Some(Traffic::Unknown) => &mut self.unknown_count,
            None => &mut self.mixed_count,
        }
    }
}

impl StandingCounts {
    pub(crate) fn add(&mut self, standing: Standing, count: u32) {
        raise(
            match standing {
                Standing::Up => &mut self.up_count,
                Standing::Flagged => &mut self.flagged_count,
                Standing::Undecided | Standing::Unrecognized => &mut self.undecided_count,
                Standing::Down => &mut self.down_count,
                Standing::Aside => &mut self.aside_count,
            },
            count,
        );
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        raise(&mut self.up_count, other.up_count);
        raise(&mut self.flagged_count, other.flagged_count);
        raise(&mut self.undecided_count, other.undecided_count);
        raise(&mut self.down_count, other.down_count);
        raise(&mut self.aside_count, other.aside_count);
    }

    /// How many backends are in service, that is not `ASIDE`.
    pub fn in_service(&self) -> u32 {
        let all = [self.up_count, self.flagged_count, self.undecided_count, self.down_count];
        all.into_iter().fold(0, u32::saturating_add)
    }
}

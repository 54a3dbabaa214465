//! Policies: when a pool is well enough.

mod rule;

use std::fmt::{self, Display};
use std::num::NonZeroU32;
use std::str::FromStr;

pub(crate) use rule::{Parts, Tally, first_that_holds};
pub use rule::{Rule, VerdictReason};

use crate::model::word::words;
use crate::{BackendHealth, Traffic};

words! {
    /// The verdict of a policy, the most pressing first. The list is open: read a word you do not know as `UNKNOWN`.
    ///
    /// What is known to be wrong comes before what is not known.
    open Rating {
        /// Not well enough: somebody has to act.
        Critical,
        /// Well enough, but not as it should be.
        Warning,
        /// It could not be found out, or there is nothing to judge.
        Unknown,
        /// As it should be.
        Ok,
    }
}

words! {
    /// How one backend counts under a policy, the worst first. The list is open: read a word you do not know as `UNDECIDED`.
    open Standing {
        /// In service and not up.
        Down,
        /// In service, and it cannot be told whether it is up.
        Undecided,
        /// Up as far as is known, and worth a warning.
        Flagged,
        /// Up.
        Up,
        /// Not in service: it is left out of the reckoning.
        Aside,
    }
}

/// When a pool is well enough. As text: `halves`, `worst`, `any-eligible`, `quorum:N` or `quorum:P%`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Policy {
    /// One backend that gets new traffic is enough.
    AnyEligible,
    /// At least half of the backends in service are up; not all is a warning. The rule of Oracle's load balancers, in a fixed order.
    #[default]
    Halves,
    /// At least so many backends are up.
    Quorum(NonZeroU32),
    /// At least this share of the backends in service is up.
    QuorumPercent(Percent),
    /// As bad as the worst backend.
    Worst,
}

/// A share from 1 to 100 percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u8);

impl Percent {
    /// The share, if it is one from 1 to 100.
    pub const fn new(percent: u8) -> Option<Self> {
        if matches!(percent, 1..=100) { Some(Self(percent)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The least number of backends that is this share of so many.
    pub fn of(self, all: u32) -> u32 {
        let share = (u64::from(all) * u64::from(self.0)).div_ceil(100);
        u32::try_from(share).unwrap_or(u32::MAX)
    }
}

impl Policy {
    /// One policy of every kind, for tables.
    pub const EXAMPLES: &'static [Self] =
        &[Self::Halves, Self::Worst, Self::AnyEligible, Self::Quorum(NonZeroU32::MIN), Self::QuorumPercent(Percent(80))];

    /// Version of the policy's rules: it rises whenever the same input may get another verdict.
    pub const fn version(self) -> u32 {
        match self {
            Self::AnyEligible | Self::Halves | Self::Quorum(_) | Self::QuorumPercent(_) | Self::Worst => 1,
        }
    }

    /// How a backend with this health and this traffic counts.
    pub const fn standing(self, health: BackendHealth, traffic: Traffic) -> Standing {
        match self {
            Self::AnyEligible => by_traffic(health, traffic),
            Self::Halves | Self::Quorum(_) | Self::QuorumPercent(_) => by_health(health, traffic, Standing::Down),
            Self::Worst => by_health(health, traffic, Standing::Flagged),
        }
    }

    /// How a backend with several observations counts: as the worst of those that are not `ASIDE`, or, where one eligible place is enough,
    /// as the best of them.
    pub(crate) fn standing_of(self, observations: impl Iterator<Item = (BackendHealth, Traffic)>) -> Standing {
        let standings = observations.map(|(health, traffic)| self.standing(health, traffic));
        let in_service = standings.filter(|standing| *standing != Standing::Aside);
        // Standings are declared the worst first.
        match self {
            Self::AnyEligible => in_service.max(),
            _ => in_service.min(),
        }
        .unwrap_or(Standing::Aside)
    }

    /// How many of so many backends in service have to be up.
    pub(crate) fn needed(self, in_service: u32) -> u32 {
        match self {
            Self::AnyEligible => 1,
            Self::Halves => in_service.div_ceil(2),
            Self::Quorum(number) => number.get(),
            Self::QuorumPercent(percent) => percent.of(in_service),
            Self::Worst => in_service,
        }
    }

    /// The policy that asks for `N` or `P%` backends to be up.
    pub(crate) fn quorum(text: &str) -> Option<Self> {
        // `u32` reads a leading `+`, which no policy has.
        if !text.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        match text.strip_suffix('%') {
            Some(percent) => percent.parse().ok().and_then(Percent::new).map(Self::QuorumPercent),
            None => text.parse().ok().map(Self::Quorum),
        }
    }
}

/// Standing where the question is whether backends are up; an impaired one counts as `degraded`.
const fn by_health(health: BackendHealth, traffic: Traffic, degraded: Standing) -> Standing {
    if matches!(traffic, Traffic::Mirrored) {
        return Standing::Aside;
    }
    match health {
        BackendHealth::Unhealthy => Standing::Down,
        BackendHealth::Degraded => degraded,
        BackendHealth::Draining | BackendHealth::Inactive => Standing::Aside,
        BackendHealth::Initializing | BackendHealth::Unknown => match traffic {
            Traffic::Standby => Standing::Aside,
            _ => Standing::Undecided,
        },
        BackendHealth::Healthy => in_service(traffic, Standing::Up),
        BackendHealth::Unmonitored => in_service(traffic, Standing::Flagged),
    }
}

/// Standing of a backend that is `up` where it gets new traffic, and kept out of service where it is known to get none.
const fn in_service(traffic: Traffic, up: Standing) -> Standing {
    match traffic {
        Traffic::Eligible => up,
        Traffic::Unknown => Standing::Undecided,
        Traffic::Excluded | Traffic::ExistingOnly | Traffic::Mirrored | Traffic::Standby => Standing::Aside,
    }
}

/// Standing where the question is whether anybody gets new traffic.
const fn by_traffic(health: BackendHealth, traffic: Traffic) -> Standing {
    match (health, traffic) {
        (_, Traffic::Mirrored) => Standing::Aside,
        // A failing backend that gets traffic because all fail serves nobody.
        (BackendHealth::Unhealthy | BackendHealth::Draining | BackendHealth::Inactive, _)
        | (_, Traffic::Excluded | Traffic::ExistingOnly | Traffic::Standby) => Standing::Down,
        (_, Traffic::Unknown) => Standing::Undecided,
        (_, Traffic::Eligible) => Standing::Up,
    }
}

impl Display for Policy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyEligible => formatter.write_str("any-eligible"),
            Self::Halves => formatter.write_str("halves"),
            Self::Quorum(number) => write!(formatter, "quorum:{number}"),
            Self::QuorumPercent(percent) => write!(formatter, "quorum:{}%", percent.0),
            Self::Worst => formatter.write_str("worst"),
        }
    }
}

/// The text names no policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a policy; write halves, worst, any-eligible, quorum:N (N from 1 on) or quorum:P% (P a whole number from 1 to 100)"
)]
pub struct PolicyError(String);

impl FromStr for Policy {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        let policy = match text {
            "any-eligible" => Some(Self::AnyEligible),
            "halves" => Some(Self::Halves),
            "worst" => Some(Self::Worst),
            _ => text.strip_prefix("quorum:").and_then(Self::quorum),
        };
        policy.ok_or_else(|| PolicyError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use BackendHealth::{Degraded, Draining, Healthy, Inactive, Initializing, Unhealthy, Unknown, Unmonitored};
    use Standing::{Aside, Down, Flagged, Undecided, Up};

    use super::*;

    /// Columns: eligible, excluded, existing only, mirrored, standby, unknown.
    const TRAFFIC: [Traffic; 6] =
        [Traffic::Eligible, Traffic::Excluded, Traffic::ExistingOnly, Traffic::Mirrored, Traffic::Standby, Traffic::Unknown];

    fn holds(policies: &[&str], table: [(BackendHealth, [Standing; 6]); 8]) {
        for policy in policies {
            let policy: Policy = policy.parse().unwrap();
            for (health, row) in table {
                for (traffic, standing) in TRAFFIC.into_iter().zip(row) {
                    assert_eq!(policy.standing(health, traffic), standing, "{policy} {health} {traffic}");
                }
            }
        }
    }

    #[test]
    fn each_cell_where_the_share_that_is_up_counts() {
        holds(
            &["halves", "quorum:3", "quorum:80%"],
            [
                (Unhealthy, [Down, Down, Down, Aside, Down, Down]),
                (Degraded, [Down, Down, Down, Aside, Down, Down]),
                (Unknown, [Undecided, Undecided, Undecided, Aside, Aside, Undecided]),
                (Initializing, [Undecided, Undecided, Undecided, Aside, Aside, Undecided]),
                (Draining, [Aside; 6]),
                (Inactive, [Aside; 6]),
                (Unmonitored, [Flagged, Aside, Aside, Aside, Aside, Undecided]),
                (Healthy, [Up, Aside, Aside, Aside, Aside, Undecided]),
            ],
        );
    }

    #[test]
    fn each_cell_where_the_worst_counts() {
        holds(
            &["worst"],
            [
                (Unhealthy, [Down, Down, Down, Aside, Down, Down]),
                (Degraded, [Flagged, Flagged, Flagged, Aside, Flagged, Flagged]),
                (Unknown, [Undecided, Undecided, Undecided, Aside, Aside, Undecided]),
                (Initializing, [Undecided, Undecided, Undecided, Aside, Aside, Undecided]),
                (Draining, [Aside; 6]),
                (Inactive, [Aside; 6]),
                (Unmonitored, [Flagged, Aside, Aside, Aside, Aside, Undecided]),
                (Healthy, [Up, Aside, Aside, Aside, Aside, Undecided]),
            ],
        );
    }

    #[test]
    fn each_cell_where_traffic_counts() {
        holds(
            &["any-eligible"],
            [
                (Unhealthy, [Down, Down, Down, Aside, Down, Down]),
                (Degraded, [Up, Down, Down, Aside, Down, Undecided]),
                (Unknown, [Up, Down, Down, Aside, Down, Undecided]),
                (Initializing, [Up, Down, Down, Aside, Down, Undecided]),
                (Draining, [Down, Down, Down, Aside, Down, Down]),
                (Inactive, [Down, Down, Down, Aside, Down, Down]),
                (Unmonitored, [Up, Down, Down, Aside, Down, Undecided]),
                (Healthy, [Up, Down, Down, Aside, Down, Undecided]),
            ],
        );
    }

    #[test]
    fn several_observations_count_as_the_worst_in_service() {
        let healthy = (Healthy, Traffic::Eligible);
        let failing = (Unhealthy, Traffic::Excluded);
        let copied = (Unhealthy, Traffic::Mirrored);
        for (policy, observations, standing) in [
            ("halves", vec![healthy, failing], Down),
            ("worst", vec![healthy, failing], Down),
            ("any-eligible", vec![healthy, failing], Up),
            ("halves", vec![healthy, copied], Up),
            ("halves", vec![copied, copied], Aside),
            ("halves", vec![healthy, (Initializing, Traffic::Unknown)], Undecided),
            ("halves", vec![healthy, (Draining, Traffic::Unknown)], Up),
            ("any-eligible", vec![failing, copied], Down),
        ] {
            let policy: Policy = policy.parse().unwrap();
            assert_eq!(policy.standing_of(observations.iter().copied()), standing, "{policy} {observations:?}");
        }
    }

    #[test]
    fn text_is_read_as_it_is_written() {
        for policy in ["halves", "worst", "any-eligible", "quorum:1", "quorum:4294967295", "quorum:1%", "quorum:100%"] {
            assert_eq!(policy.parse::<Policy>().unwrap().to_string(), policy);
        }
        assert_eq!(Policy::default(), Policy::Halves);
    }

    #[test]
    fn other_text_is_refused_and_the_policies_are_named() {
        for text in [
            "",
            "half",
            "HALVES",
            "quorum",
            "quorum:",
            "quorum:0",
            "quorum:0%",
            "quorum:101%",
            "quorum:1.5%",
            "quorum:+1",
            "quorum:-1",
        ] {
            let error = text.parse::<Policy>().unwrap_err();
            let names = "write halves, worst, any-eligible, quorum:N (N from 1 on) or quorum:P% (P a whole number from 1 to 100)";
            assert_eq!(error.to_string(), format!("`{text}` is not a policy; {names}"));
        }
    }

    #[test]
    fn a_share_is_rounded_up() {
        let percent = |percent| Percent::new(percent).unwrap();
        assert_eq!(
            [percent(80).of(5), percent(80).of(4), percent(1).of(1), percent(100).of(7), percent(50).of(0)],
            [4, 4, 1, 7, 0]
        );
        assert_eq!(percent(100).of(u32::MAX), u32::MAX);
    }
}

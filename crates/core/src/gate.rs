//! A gate for monitoring and rollouts: is what was asked for the case?

mod backends;
mod listeners;
mod names;
mod selection;

use std::borrow::Borrow;
use std::fmt::{self, Display};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::schema_id::{Published, SchemaId};
use crate::roll_up::borrowed;
use crate::roll_up::policy::Percent;
use crate::roll_up::summary::{NOTHING_TOLD, deciding, tells_nothing};
use crate::{BackendCounts, DecidingRecord, HealthReport, Policy, Rating, Summary, SummaryPool};

use backends::{all_gone, all_up, nobody, none_initializing};
use selection::Selected;
pub use selection::Selection;

/// What has to hold of the selected backends, beside or in place of a policy. As text: `N`, `P%`, `all` or `gone`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Requirement {
    /// Every one of them is up. One that is draining is not.
    All,
    /// None of them is registered any more. One that is draining still is.
    Gone,
    /// At least so many of every pool are up, as `quorum:N` counts.
    Number(std::num::NonZeroU32),
    /// At least this share of every pool in service is up, as `quorum:P%` counts.
    Share(Percent),
}

impl Display for Requirement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => formatter.write_str("all"),
            Self::Gone => formatter.write_str("gone"),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Share(percent) => write!(formatter, "{}%", percent.get()),
        }
    }
}

/// The text is no requirement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a requirement; write a number from 1 on, a whole percentage from 1% to 100%, all or gone")]
pub struct RequirementError(String);

impl FromStr for Requirement {
    type Err = RequirementError;

    fn from_str(text: &str) -> Result<Self, RequirementError> {
        match text {
            "all" => Ok(Self::All),
            "gone" => Ok(Self::Gone),
            _ => match Policy::quorum(text) {
                Some(Policy::Quorum(number)) => Ok(Self::Number(number)),
                Some(Policy::QuorumPercent(percent)) => Ok(Self::Share(percent)),
                _ => Err(RequirementError(text.to_owned())),
            },
        }
    }
}

/// A gate: what is asked of health reports.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Check {
    /// The policy that every pool is judged by; without it, `halves` where nothing is required, else none.
    pub policy: Option<Policy>,
    /// What has to hold as well.
    pub require: Option<Requirement>,
    /// Whether no backend may be `INITIALIZING`.
    pub no_initializing: bool,
    /// What it is asked of.
    pub selection: Selection,
}

/// The answer of a gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CheckResult {
    /// Says that this is the answer of a gate of this major version.
    pub schema_id: SchemaId<CheckResult>,
    /// Program and version that wrote the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<String>,
    /// The most pressing verdict of the demands.
    pub verdict: Rating,
    /// What was asked, the most pressing answer first.
    pub demands: Vec<Demand>,
    /// The selected backends.
    pub counts: BackendCounts,
}

impl Published for CheckResult {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:check-result";
}

/// One thing that was asked, and the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Demand {
    /// What was asked: the name of a policy, `require WHAT`, `no-initializing`, `selection` (is everything that was selected there?) or
    /// `input` (could everything be read?).
    pub demand: String,
    /// The answer: `OK` where it holds, `UNKNOWN` where that could not be found out.
    pub verdict: Rating,
    /// The same for people, in English. The text may change at any time.
    pub message: String,
    /// The observations that decided it, the worst first; none where the answer is `OK`.
    pub deciding_records: Vec<DecidingRecord>,
}

impl Demand {
    fn new(demand: impl Into<String>, verdict: Rating, message: impl Into<String>) -> Self {
        Self { demand: demand.into(), verdict, message: message.into(), deciding_records: Vec::new() }
    }

    /// The answer where it may as well be the other one: with all that may be at a selected listener. `remedy` would tell.
    fn or(self, other: Self, remedy: &str) -> Self {
        if self.verdict == other.verdict {
            return self;
        }
        let message = format!(
            "{} without what may be at another listener, {} with it; {remedy} would tell; {}",
            self.verdict, other.verdict, other.message
        );
        Self { verdict: Rating::Unknown, message, ..other }
    }
}

/// Why a report leaves the answer open that tells of nothing that was selected, and is not whole, or names not all who are not well.
const MAY_BE_LISTED: &str =
    "a report is not complete, or a backend that is not well has no name in it, so what was selected may be in it as well";

impl Check {
    /// A gate that judges by `halves` and asks nothing else.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks it of reports, owned, boxed or borrowed, in the order in which they were made.
    pub fn of<'a, R: Borrow<HealthReport<'a>>>(&self, reports: &[R]) -> CheckResult {
        let reports: &[&HealthReport<'_>] = &borrowed(reports);
        let Selected { parts, with_open, missing, replaced } = self.selection.of(reports);
        let selected: Vec<&HealthReport<'_>> = parts.iter().collect();
        // Asked for only where something is missing, because it looks at every name.
        let no_proof = || self.selection.why_no_proof(reports);
        let nothing_told = if reports.iter().copied().any(tells_nothing) { NOTHING_TOLD } else { MAY_BE_LISTED };
        let (mut demands, counts) = self.demands(&selected, &no_proof, nothing_told);
        if let Some((parts, remedy)) = &with_open {
            let (others, _) = self.demands(&parts.iter().collect::<Vec<_>>(), &no_proof, nothing_told);
            demands = demands.into_iter().zip(others).map(|(demand, other)| demand.or(other, remedy)).collect();
        }
        if !missing.is_empty() && self.require != Some(Requirement::Gone) {
            let (verdict, why) = if self.require == Some(Requirement::All) && with_open.is_none() && no_proof().is_none() {
                (Rating::Critical, "not registered")
            } else {
                (Rating::Unknown, if replaced { "not in the latest of the reports" } else { "not in the reports" })
            };
            let hint = if verdict == Rating::Unknown && self.selection.may_be_left_out(reports) {
                "; the vendor lists only backends that are not plainly normal, `lbhealth normalize --with` adds the others"
            } else {
                ""
            };
            demands.push(Demand::new("selection", verdict, format!("{} {why}{hint}", missing.join(", "))));
        }
        let result = CheckResult::new(demands, counts);
        if selected.iter().copied().any(tells_nothing) { result.with_unreadable(nothing_told) } else { result }
    }

    /// What is asked of the selected parts of reports, and their counts.
    fn demands(
        &self,
        selected: &[&HealthReport<'_>],
        no_proof: &dyn Fn() -> Option<String>,
        nothing_told: &str,
    ) -> (Vec<Demand>, BackendCounts) {
        let latest = self.selection.latest(selected);
        // A further page of a listener can have further pools.
        let any_pool = self.selection.pools.is_empty();
        let summary = |policy| Summary::asked(&latest, selected, policy, any_pool, nothing_told);
        let mut demands = Vec::new();
        let policy = self.policy.or_else(|| self.require.is_none().then(Policy::default));
        let by_policy = summary(policy.unwrap_or_default());
        demands.extend(policy.map(|policy| judged(&policy.to_string(), &by_policy)));
        demands.extend(self.require.map(|require| {
            let name = format!("require {require}");
            match require {
                Requirement::All => all_up(name, &latest, nobody(&latest, selected, &self.selection)),
                Requirement::Gone => all_gone(name, &latest, &self.selection.backends, no_proof().as_deref()),
                Requirement::Number(number) => judged(&name, &summary(Policy::Quorum(number))),
                Requirement::Share(percent) => judged(&name, &summary(Policy::QuorumPercent(percent))),
            }
        }));
        if self.no_initializing {
            demands.push(none_initializing(&latest));
        }
        (demands, by_policy.counts)
    }
}

impl CheckResult {
    fn new(mut demands: Vec<Demand>, counts: BackendCounts) -> Self {
        demands.sort_by_key(|demand| demand.verdict);
        let verdict = demands.first().map_or(Rating::Unknown, |demand| demand.verdict);
        Self { schema_id: SchemaId::new(), producer: None, verdict, demands, counts }
    }

    /// The same answer, knowing that an input could not be read: it is `UNKNOWN` then, unless what was read is `CRITICAL`.
    #[must_use]
    pub fn with_unreadable(mut self, why: &str) -> Self {
        self.demands.push(Demand::new("input", Rating::Unknown, why));
        // What was not read can be worse than a warning.
        self.demands.sort_by_key(|demand| (demand.verdict != Rating::Critical, demand.demand != "input", demand.verdict));
        if self.verdict != Rating::Critical {
            self.verdict = Rating::Unknown;
        }
        self
    }
}

/// What a summary says, with the pools that decided it.
fn judged(name: &str, summary: &Summary) -> Demand {
    const SHOWN: usize = 3;
    if summary.deciding_pools.is_empty() {
        return Demand::new(name, summary.verdict, summary.message.clone());
    }
    let deciding = deciding(&summary.pools);
    let mut texts: Vec<String> =
        deciding.iter().take(SHOWN).map(|pool| format!("pool {}: {}", name_of(pool), pool.message)).collect();
    if deciding.len() > SHOWN {
        let more = deciding.len() - SHOWN;
        texts.push(format!("and {more} more pool{}", if more == 1 { "" } else { "s" }));
    }
    let mut demand = Demand::new(name, summary.verdict, texts.join("; "));
    demand.deciding_records = deciding.iter().flat_map(|pool| pool.deciding_records.iter().cloned()).collect();
    demand
}

/// The id of the pool; of one without an id, where it is.
fn name_of(pool: &SummaryPool) -> String {
    match (&pool.pool_id, pool.pool_keys.as_slice()) {
        (Some(id), _) => id.clone(),
        (None, [only]) => format!("without id at {}", only.trim_end_matches('|')),
        (None, _) => "without id".to_owned(),
    }
}

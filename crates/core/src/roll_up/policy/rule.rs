//! The order in which a policy asks its questions.

use super::{Policy, Rating, Standing};
use crate::StandingCounts;
use crate::model::word::words;

words! {
    /// Why a pool, or the whole, has its verdict. The list is open: the verdict stands beside it.
    open VerdictReason {
        /// Every backend in service is up.
        AllUp,
        /// The pool has no backends.
        Empty,
        /// As many backends are up as the policy asks for.
        EnoughUp,
        /// Every backend in service fails, so the load balancer sends traffic to all of them.
        FailOpen,
        /// There is no pool to judge.
        NoPool,
        /// The pool has backends, and none of them is in service.
        NoneInService,
        /// Not every backend in service is up.
        NotAllUp,
        /// Every backend of the pool gets copies only, so the pool is no serving capacity. It is left out of the whole.
        NotServing,
        /// Several reports are kept beside each other, because they name no pool or have no backend in common, or because one repeats a part of
        /// a list that was not whole: they may be about several, of which one may be worse than all of them together.
        NotToldApart,
        /// A backend in service is down.
        SomeDown,
        /// Fewer backends are up than the policy asks for.
        TooFewUp,
        /// How many backends there are is not known.
        TotalUnknown,
        /// Of too many backends in service it cannot be told whether they are up.
        TooManyUndecided,
        /// As many backends as the policy asks for are up only if those that nobody checks, or that are impaired, are counted.
        Unchecked,
        /// Pools are so; the first of them in the order of severity decide the whole.
        WorstPool,
    }
}

/// One question of a policy. The first whose answer is yes gives the verdict.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rule {
    /// What has to hold, in words; of the last rule, what holds where no other does.
    pub condition: &'static str,
    /// The verdict.
    pub rating: Rating,
    /// The reason of the verdict.
    pub reason: VerdictReason,
    /// Standings whose backends decided it.
    pub deciders: &'static [Standing],
    holds: fn(&Tally) -> bool,
}

/// The figures of a pool that rules ask for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Whether every backend is among those that are known.
    pub(crate) is_total: bool,
    /// How those that are known count under the policy.
    pub(crate) standing: StandingCounts,
    /// Backends that get copies only.
    pub(crate) mirrored: u32,
    /// Whether a failing backend gets traffic because all of them fail.
    pub(crate) is_fail_open: bool,
    /// Whether it may be several pools, taken for one.
    pub(crate) parts: Parts,
    /// How many have to be up.
    pub(crate) needed: u32,
}

/// Whether a pool may be several, taken for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Parts {
    /// It is one.
    #[default]
    One,
    /// It may be several, and all that is said of every backend is that it is up, or gets copies only.
    SeveralUp,
    /// It may be several, of which one may be worse than all of them together.
    Several,
}

impl Tally {
    fn known(&self) -> u32 {
        self.standing.in_service().saturating_add(self.standing.aside_count)
    }

    fn up_at_most(&self) -> u32 {
        self.standing.up_count.saturating_add(self.standing.flagged_count)
    }
}

const EMPTY: Rule = Rule {
    condition: "the pool is known to have no backends",
    rating: Rating::Unknown,
    reason: VerdictReason::Empty,
    deciders: &[],
    holds: |tally| tally.is_total && tally.known() == 0,
};

const NOT_SERVING: Rule = Rule {
    condition: "every backend gets copies only",
    rating: Rating::Unknown,
    reason: VerdictReason::NotServing,
    deciders: &[],
    holds: |tally| tally.is_total && tally.known() > 0 && tally.mirrored == tally.known(),
};

const TOTAL_UNKNOWN: Rule = Rule {
    condition: "it is not known how many backends there are",
    rating: Rating::Unknown,
    reason: VerdictReason::TotalUnknown,
    deciders: &[Standing::Undecided],
    holds: |tally| !tally.is_total,
};

const NONE_IN_SERVICE: Rule = Rule {
    condition: "no backend is in service",
    rating: Rating::Unknown,
    reason: VerdictReason::NoneInService,
    deciders: &[Standing::Aside],
    holds: |tally| tally.standing.in_service() == 0,
};

const FAIL_OPEN: Rule = Rule {
    condition: "every backend in service is down, and the load balancer sends traffic to all of them",
    rating: Rating::Critical,
    reason: VerdictReason::FailOpen,
    deciders: &[Standing::Down],
    holds: |tally| {
        let down = tally.standing.down_count;
        tally.is_total && tally.is_fail_open && down > 0 && down == tally.standing.in_service()
    },
};

const ALL_UP: Rule = Rule {
    condition: "every backend in service is up",
    rating: Rating::Ok,
    reason: VerdictReason::AllUp,
    deciders: &[],
    holds: |_| true,
};

const ENOUGH_UP: Rule = Rule {
    condition: "as many are up as needed",
    rating: Rating::Ok,
    reason: VerdictReason::EnoughUp,
    deciders: &[],
    holds: |tally| tally.standing.up_count >= tally.needed,
};

/// Where all are up and in service, a share of them is up in every part.
const SHARE_NOT_TOLD_APART: Rule = Rule {
    condition: "enough may be up, and several reports are kept beside each other and may be about several pools, and not every backend is in \
                service and up, or one lists nobody",
    rating: Rating::Unknown,
    reason: VerdictReason::NotToldApart,
    deciders: &[Standing::Down, Standing::Undecided, Standing::Flagged],
    holds: |tally| tally.parts == Parts::Several && tally.up_at_most() >= tally.needed,
};

/// Where all are up, one of them is up in every part that has any.
const NUMBER_NOT_TOLD_APART: Rule = Rule {
    condition: "enough may be up, and several reports are kept beside each other and may be about several pools, and one of these may have \
                too few up",
    rating: Rating::Unknown,
    reason: VerdictReason::NotToldApart,
    deciders: &[Standing::Down, Standing::Undecided, Standing::Flagged],
    holds: |tally| {
        let is_enough = tally.parts == Parts::SeveralUp && tally.standing.up_count == tally.known() && tally.needed == 1;
        tally.parts != Parts::One && !is_enough && tally.up_at_most() >= tally.needed
    },
};

const UNCHECKED: Rule = Rule {
    condition: "as many are up as needed, if FLAGGED ones are counted",
    rating: Rating::Warning,
    reason: VerdictReason::Unchecked,
    deciders: &[Standing::Flagged],
    holds: |tally| tally.up_at_most() >= tally.needed,
};

const MAY_BE_ENOUGH: Rule = Rule {
    condition: "as many would be up as needed, if UNDECIDED ones were up",
    rating: Rating::Unknown,
    reason: VerdictReason::TooManyUndecided,
    deciders: &[Standing::Undecided],
    holds: |tally| tally.up_at_most().saturating_add(tally.standing.undecided_count) >= tally.needed,
};

const TOO_FEW_UP: Rule = Rule {
    condition: "fewer are up than needed",
    rating: Rating::Critical,
    reason: VerdictReason::TooFewUp,
    deciders: &[Standing::Down, Standing::Undecided, Standing::Aside],
    holds: |_| true,
};

const HALVES: &[Rule] = &[
    EMPTY,
    NOT_SERVING,
    TOTAL_UNKNOWN,
    NONE_IN_SERVICE,
    Rule {
        condition: "more than half of those in service are UNDECIDED",
        rating: Rating::Unknown,
        reason: VerdictReason::TooManyUndecided,
        deciders: &[Standing::Undecided],
        holds: |tally| u64::from(tally.standing.undecided_count) * 2 > u64::from(tally.standing.in_service()),
    },
    FAIL_OPEN,
    Rule {
        condition: "fewer than half of those in service are up, FLAGGED ones counted",
        rating: Rating::Critical,
        reason: VerdictReason::TooFewUp,
        deciders: &[Standing::Down, Standing::Undecided],
        holds: |tally| tally.up_at_most() < tally.needed,
    },
    SHARE_NOT_TOLD_APART,
    Rule {
        condition: "a backend in service is not plainly up",
        rating: Rating::Warning,
        reason: VerdictReason::NotAllUp,
        deciders: &[Standing::Down, Standing::Undecided, Standing::Flagged],
        holds: |tally| tally.standing.up_count < tally.standing.in_service(),
    },
    ALL_UP,
];

const WORST: &[Rule] = &[
    EMPTY,
    NOT_SERVING,
    FAIL_OPEN,
    Rule {
        condition: "a backend in service is down",
        rating: Rating::Critical,
        reason: VerdictReason::SomeDown,
        deciders: &[Standing::Down],
        holds: |tally| tally.standing.down_count > 0,
    },
    Rule {
        condition: "a backend in service is FLAGGED",
        rating: Rating::Warning,
        reason: VerdictReason::NotAllUp,
        deciders: &[Standing::Flagged],
        holds: |tally| tally.standing.flagged_count > 0,
    },
    TOTAL_UNKNOWN,
    Rule {
        condition: "a backend in service is UNDECIDED",
        rating: Rating::Unknown,
        reason: VerdictReason::TooManyUndecided,
        deciders: &[Standing::Undecided],
        holds: |tally| tally.standing.undecided_count > 0,
    },
    NONE_IN_SERVICE,
    SHARE_NOT_TOLD_APART,
    ALL_UP,
];

const ANY_ELIGIBLE: &[Rule] =
    &[EMPTY, NOT_SERVING, NUMBER_NOT_TOLD_APART, ENOUGH_UP, FAIL_OPEN, TOTAL_UNKNOWN, MAY_BE_ENOUGH, TOO_FEW_UP];

const QUORUM: &[Rule] =
    &[NOT_SERVING, NUMBER_NOT_TOLD_APART, ENOUGH_UP, UNCHECKED, FAIL_OPEN, TOTAL_UNKNOWN, MAY_BE_ENOUGH, TOO_FEW_UP];

const QUORUM_PERCENT: &[Rule] = &[
    EMPTY,
    NOT_SERVING,
    TOTAL_UNKNOWN,
    NONE_IN_SERVICE,
    SHARE_NOT_TOLD_APART,
    ENOUGH_UP,
    UNCHECKED,
    FAIL_OPEN,
    MAY_BE_ENOUGH,
    TOO_FEW_UP,
];

impl Policy {
    /// The questions of the policy, in their order. The last is always answered with yes.
    pub const fn rules(self) -> &'static [Rule] {
        match self {
            Self::AnyEligible => ANY_ELIGIBLE,
            Self::Halves => HALVES,
            Self::Quorum(_) => QUORUM,
            Self::QuorumPercent(_) => QUORUM_PERCENT,
            Self::Worst => WORST,
        }
    }
}

/// The rule that decides.
pub(crate) fn first_that_holds(policy: Policy, mut tally: Tally) -> &'static Rule {
    tally.needed = policy.needed(tally.standing.in_service());
    let rules = policy.rules();
    rules.iter().find(|rule| (rule.holds)(&tally)).unwrap_or(&TOTAL_UNKNOWN)
}

#[cfg(test)]
mod tests;

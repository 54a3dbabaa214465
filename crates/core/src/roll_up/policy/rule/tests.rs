//! Every policy asks its questions in its order.

use super::*;

/// Backends as letters: `u`p, `f`lagged, `?` undecided, `d`own, `a`side, `m`irrored; a `+` says that there may be more, a `!` that
/// the pool is fail-open, a `|` that it may be several, a `*` that one that counts as up is not so wherever it is observed.
fn judged(policy: &str, backends: &str) -> (Rating, VerdictReason) {
    let count = |letters: &str| u32::try_from(backends.chars().filter(|one| letters.contains(*one)).count()).unwrap();
    let tally = Tally {
        is_total: count("+") == 0,
        standing: StandingCounts {
            up_count: count("u"),
            flagged_count: count("f"),
            undecided_count: count("?"),
            down_count: count("d"),
            aside_count: count("am"),
        },
        mirrored: count("m"),
        is_fail_open: count("!") > 0,
        parts: match (count("|"), count("f?da*")) {
            (0, _) => Parts::One,
            (_, 0) => Parts::SeveralUp,
            _ => Parts::Several,
        },
        needed: 0,
    };
    let rule = first_that_holds(policy.parse().unwrap(), tally);
    (rule.rating, rule.reason)
}

fn hold(policy: &str, cases: &[(&str, Rating, VerdictReason)]) {
    for (backends, rating, reason) in cases {
        assert_eq!(judged(policy, backends), (*rating, *reason), "{policy} {backends}");
    }
}

use Rating::{Critical, Ok, Unknown, Warning};
use VerdictReason::{
    AllUp, Empty, EnoughUp, FailOpen, NoneInService, NotAllUp, NotServing, NotToldApart, SomeDown, TooFewUp, TooManyUndecided,
    TotalUnknown, Unchecked,
};

#[test]
fn halves_in_its_order() {
    hold(
        "halves",
        &[
            ("", Unknown, Empty),
            ("mm", Unknown, NotServing),
            ("+", Unknown, TotalUnknown),
            ("uu+", Unknown, TotalUnknown),
            ("dd+", Unknown, TotalUnknown),
            ("aa", Unknown, NoneInService),
            ("am", Unknown, NoneInService),
            // One up and two not known fits two of the vendor's rules; the unknown one comes first.
            ("u??", Unknown, TooManyUndecided),
            ("d??", Unknown, TooManyUndecided),
            ("ud??", Critical, TooFewUp),
            ("dd!", Critical, FailOpen),
            ("dda!", Critical, FailOpen),
            ("ddu!", Critical, TooFewUp),
            ("udd", Critical, TooFewUp),
            ("d", Critical, TooFewUp),
            ("ud", Warning, NotAllUp),
            ("uu?", Warning, NotAllUp),
            ("u?", Warning, NotAllUp),
            ("f", Warning, NotAllUp),
            ("uf", Warning, NotAllUp),
            ("fdd", Critical, TooFewUp),
            ("fd", Warning, NotAllUp),
            ("u", Ok, AllUp),
            ("ua", Ok, AllUp),
            ("uuum", Ok, AllUp),
            ("uaaaa", Ok, AllUp),
            ("uu|", Ok, AllUp),
            ("uu|*", Unknown, NotToldApart),
            ("uu*", Ok, AllUp),
            ("uud|", Unknown, NotToldApart),
            ("uf|", Unknown, NotToldApart),
            ("udd|", Critical, TooFewUp),
        ],
    );
}

#[test]
fn worst_in_its_order() {
    hold(
        "worst",
        &[
            ("", Unknown, Empty),
            ("mm", Unknown, NotServing),
            ("dd!", Critical, FailOpen),
            ("uuud", Critical, SomeDown),
            ("d+", Critical, SomeDown),
            ("d?f", Critical, SomeDown),
            ("uf?", Warning, NotAllUp),
            ("f+", Warning, NotAllUp),
            ("u+", Unknown, TotalUnknown),
            ("+", Unknown, TotalUnknown),
            ("uuu?", Unknown, TooManyUndecided),
            ("aa", Unknown, NoneInService),
            ("uua", Ok, AllUp),
        ],
    );
}

#[test]
fn any_eligible_in_its_order() {
    hold(
        "any-eligible",
        &[
            ("", Unknown, Empty),
            ("mm", Unknown, NotServing),
            ("uddd", Ok, EnoughUp),
            ("uddd|", Unknown, NotToldApart),
            ("uu|", Ok, EnoughUp),
            ("uu|*", Unknown, NotToldApart),
            ("dd|", Critical, TooFewUp),
            ("u+", Ok, EnoughUp),
            ("dd!", Critical, FailOpen),
            ("dd+", Unknown, TotalUnknown),
            ("+", Unknown, TotalUnknown),
            ("d?", Unknown, TooManyUndecided),
            ("dd", Critical, TooFewUp),
        ],
    );
}

#[test]
fn a_number_in_its_order() {
    hold(
        "quorum:2",
        &[
            // The caller asked for two; that none are there is known.
            ("", Critical, TooFewUp),
            ("mmm", Unknown, NotServing),
            ("uu", Ok, EnoughUp),
            ("uudddd", Ok, EnoughUp),
            // Each of two pools may have one.
            ("uu|", Unknown, NotToldApart),
            ("ud|", Critical, TooFewUp),
            ("uu+", Ok, EnoughUp),
            ("uf", Warning, Unchecked),
            ("ff", Warning, Unchecked),
            ("dd!", Critical, FailOpen),
            ("u+", Unknown, TotalUnknown),
            ("u?", Unknown, TooManyUndecided),
            ("f?", Unknown, TooManyUndecided),
            ("uddd", Critical, TooFewUp),
            ("uaa", Critical, TooFewUp),
            ("aaa", Critical, TooFewUp),
        ],
    );
}

#[test]
fn a_share_in_its_order() {
    hold(
        "quorum:80%",
        &[
            ("", Unknown, Empty),
            ("mm", Unknown, NotServing),
            ("uuuuu+", Unknown, TotalUnknown),
            ("aa", Unknown, NoneInService),
            ("uuuud", Ok, EnoughUp),
            ("uuuu|", Ok, EnoughUp),
            ("uuuu|*", Unknown, NotToldApart),
            ("uuuud|", Unknown, NotToldApart),
            ("uuud", Critical, TooFewUp),
            ("uuuuaaaa", Ok, EnoughUp),
            ("uuufd", Warning, Unchecked),
            ("ddd!", Critical, FailOpen),
            ("uuu?d", Unknown, TooManyUndecided),
            ("uu??", Unknown, TooManyUndecided),
            ("u?ddd", Critical, TooFewUp),
        ],
    );
}

#[test]
fn the_last_rule_of_every_policy_always_holds() {
    for policy in Policy::EXAMPLES {
        let last = policy.rules().last().unwrap();
        for tally in tallies() {
            assert!((last.holds)(&tally), "{policy} {tally:?}");
        }
    }
}

/// Every tally whose counts are at most two.
fn tallies() -> impl Iterator<Item = Tally> {
    (0..3_u32.pow(10)).map(|number| {
        let digit = |place| number / 3_u32.pow(place) % 3;
        Tally {
            is_total: digit(0) > 0,
            standing: StandingCounts {
                up_count: digit(1),
                flagged_count: digit(2),
                undecided_count: digit(3),
                down_count: digit(4),
                aside_count: digit(5),
            },
            mirrored: digit(6),
            is_fail_open: digit(7) > 0,
            parts: match digit(8) {
                0 => Parts::One,
                1 => Parts::SeveralUp,
                _ => Parts::Several,
            },
            needed: digit(9),
        }
    })
}

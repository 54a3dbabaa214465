//! Our own words, of all lists.

use crate::explain::explanation::OwnWord;
use crate::model::word::of_list;
use crate::{BackendHealth, FailureReason, TrafficReason, Word};

/// Every word of the lists that records, pools, configurations, warnings, verdicts and comparisons have.
pub(crate) fn all() -> Vec<OwnWord> {
    macro_rules! words {
        ($($list:ident),+) => {
            [$(crate::$list::ALL.iter().map(|word| own(*word)).collect::<Vec<_>>()),+].concat()
        };
    }
    crate::every_list!(words)
}

fn own<W: Word>(word: W) -> OwnWord {
    let reason = of_list::<FailureReason>(word);
    let first_look = of_list(word).map(BackendHealth::first_look).or_else(|| of_list(word).map(TrafficReason::first_look));
    OwnWord {
        list_name: W::NAME,
        word: word.into(),
        meaning: sentence(word),
        phase: reason.map(FailureReason::phase),
        first_look: first_look.or_else(|| reason.map(FailureReason::first_look)),
        vendors: Vec::new(),
    }
}

/// What a word of ours means, as running text.
pub(crate) fn sentence(word: impl Word) -> String {
    word.documentation().split_whitespace().collect::<Vec<_>>().join(" ")
}

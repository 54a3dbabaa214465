//! Our own words, of all lists.

use crate::explain::explanation::OwnWord;
use crate::{
    BackendHealth, BackendKind, Certainty, ChangeKind, CodeKind, ComparisonWarningCode, Completeness, Coverage, DocumentKind,
    FailureReason, FindingCode, FindingSeverity, HostDefault, ParentKind, Phase, PoolChangeKind, Rating, Registration, Role, Scope,
    Standing, Traffic, TrafficReason, Trend, VerdictReason, WarningCode, Word,
};

/// Every word of the lists that records, pools, configurations, warnings, verdicts and comparisons have.
pub(crate) fn all() -> Vec<OwnWord> {
    let mut words = Vec::new();
    list::<BackendHealth>(&mut words, |word| (None, Some(word.first_look())));
    list::<Traffic>(&mut words, |_| (None, None));
    list::<TrafficReason>(&mut words, |word| (None, Some(word.first_look())));
    list::<FailureReason>(&mut words, |word| (Some(word.phase()), Some(word.first_look())));
    list::<Trend>(&mut words, |_| (None, None));
    list::<Phase>(&mut words, |_| (None, None));
    list::<Certainty>(&mut words, |_| (None, None));
    list::<WarningCode>(&mut words, |_| (None, None));
    list::<FindingCode>(&mut words, |_| (None, None));
    list::<FindingSeverity>(&mut words, |_| (None, None));
    list::<Coverage>(&mut words, |_| (None, None));
    list::<Completeness>(&mut words, |_| (None, None));
    list::<Scope>(&mut words, |_| (None, None));
    list::<Registration>(&mut words, |_| (None, None));
    list::<Role>(&mut words, |_| (None, None));
    list::<BackendKind>(&mut words, |_| (None, None));
    list::<ParentKind>(&mut words, |_| (None, None));
    list::<DocumentKind>(&mut words, |_| (None, None));
    list::<CodeKind>(&mut words, |_| (None, None));
    list::<HostDefault>(&mut words, |_| (None, None));
    list::<Rating>(&mut words, |_| (None, None));
    list::<VerdictReason>(&mut words, |_| (None, None));
    list::<Standing>(&mut words, |_| (None, None));
    list::<ChangeKind>(&mut words, |_| (None, None));
    list::<PoolChangeKind>(&mut words, |_| (None, None));
    list::<ComparisonWarningCode>(&mut words, |_| (None, None));
    words
}

fn list<T: Word>(words: &mut Vec<OwnWord>, more: impl Fn(T) -> (Option<Phase>, Option<&'static str>)) {
    for word in T::VARIANTS {
        let (phase, first_look) = more(*word);
        words.push(OwnWord {
            list_name: T::NAME,
            word: (*word).into(),
            meaning: sentence(*word),
            phase,
            first_look,
            vendors: Vec::new(),
        });
    }
}

/// What a word of ours means, as running text.
pub(crate) fn sentence(word: impl Word) -> String {
    word.documentation().split_whitespace().collect::<Vec<_>>().join(" ")
}

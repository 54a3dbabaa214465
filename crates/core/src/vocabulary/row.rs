//! What one word of a vendor means.

use crate::bytes::same;
use crate::model::word::{FIRST_RELEASE, words};
use crate::vocabulary::pattern::{fits, fits_trimmed};
use crate::{BackendHealth, Certainty, FailureReason, Registration, Traffic, TrafficReason, Trend, WarningCode};

words! {
    /// What a vendor's word is about. The list is open: pass over rows of a role you do not know.
    open Role {
        /// Whether a pool is checked at all. A row with the health `UNMONITORED` says that it is not.
        Flag,
        /// What is said of a load balancer, listener or pool as a whole. A row with the traffic `EXCLUDED` takes everything below it out of
        /// service, one with `UNKNOWN` leaves that open, as a status that it has from what is below it does of listeners only; no row is the
        /// verdict of a backend.
        Parent,
        /// Why a backend is in its status.
        Reason,
        /// Whether the backend is registered in its pool; not health.
        Registration,
        /// The backend's status.
        Status,
        /// The backend's share in new traffic. It narrows what the status gives.
        Traffic,
    }
}

/// One word of a vendor and what it means. Words match without regard to case and to blanks around them.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Row {
    /// The operations in whose replies the word has this meaning.
    pub operations: &'static [&'static str],
    /// What the word is about.
    pub role: Role,
    /// The field that holds it: names joined by `/` from the backend's object, a leading number going up that many levels.
    pub field: &'static str,
    /// The word. `*` at either end is any text, so `*` alone is any word that no row before it has.
    pub word: &'static str,
    /// A second field that has to hold a word too. Of the rows for one word, the first that fits counts.
    pub when: Option<When>,
    /// The health it stands for.
    pub health: Option<BackendHealth>,
    /// The traffic it stands for.
    pub traffic: Option<Traffic>,
    /// Why the traffic is so, where health alone does not explain it.
    pub traffic_reason: Option<TrafficReason>,
    /// The reason it stands for. A reason word without one is known, and leaves it to the status.
    pub reason: Option<FailureReason>,
    /// The registration it stands for.
    pub registration: Option<Registration>,
    /// Where the health is heading by the word.
    pub trend: Option<Trend>,
    /// How the health follows from the word.
    pub certainty: Certainty,
    /// How the reason follows from the word.
    pub reason_certainty: Certainty,
    /// What the word warns of.
    pub warning: Option<WarningCode>,
    /// The warning that every record has of which the adapter handed over this word, where it gives one.
    pub told_by: Option<WarningCode>,
    /// Whether the word is in the vendor's reference. A word that is not gives a warning, unless it is a reason beside `HEALTHY` that says
    /// again that nothing is wrong; a text for people does not.
    pub documented: bool,
    /// What the vendor means by it, in our words.
    pub meaning: &'static str,
    /// Where that is written: an address. Empty where no public page has it, which the meaning then says.
    pub source: &'static str,
    /// The release that brought the row, or that changed what it says.
    pub since: &'static str,
}

/// A second field and the word it has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct When {
    /// The field, written as in [`Row::field`].
    pub field: &'static str,
    /// The word. `*` at either end is any text, so `*` alone is any word.
    pub word: &'static str,
}

impl When {
    /// Whether the second field holds what the row wants.
    pub fn matches(&self, word: &str) -> bool {
        fits(self.word, word)
    }
}

impl Row {
    /// What the rows of one field have in common; [`word`](Self::word) and the others complete it.
    pub const fn of(operations: &'static [&'static str], role: Role, field: &'static str, source: &'static str) -> Self {
        Self {
            operations,
            role,
            field,
            word: "",
            when: None,
            health: None,
            traffic: None,
            traffic_reason: None,
            reason: None,
            registration: None,
            trend: None,
            certainty: Certainty::Exact,
            reason_certainty: Certainty::Exact,
            warning: None,
            told_by: None,
            documented: true,
            meaning: "",
            source,
            since: FIRST_RELEASE,
        }
    }

    /// The word and what the vendor means by it.
    #[must_use]
    pub const fn word(mut self, word: &'static str, meaning: &'static str) -> Self {
        self.word = word;
        self.meaning = meaning;
        self
    }

    /// Only where another field holds this word; `*` at either end is any text.
    #[must_use]
    pub const fn when(mut self, field: &'static str, word: &'static str) -> Self {
        self.when = Some(When { field, word });
        self
    }

    /// The health.
    #[must_use]
    pub const fn health(mut self, health: BackendHealth, certainty: Certainty) -> Self {
        self.health = Some(health);
        self.certainty = certainty;
        self
    }

    /// The traffic.
    #[must_use]
    pub const fn traffic(mut self, traffic: Traffic) -> Self {
        self.traffic = Some(traffic);
        self
    }

    /// Why the traffic is so.
    #[must_use]
    pub const fn traffic_because(mut self, reason: TrafficReason) -> Self {
        self.traffic_reason = Some(reason);
        self
    }

    /// The reason.
    #[must_use]
    pub const fn reason(mut self, reason: FailureReason, certainty: Certainty) -> Self {
        self.reason = Some(reason);
        self.reason_certainty = certainty;
        self
    }

    /// The registration.
    #[must_use]
    pub const fn registration(mut self, registration: Registration) -> Self {
        self.registration = Some(registration);
        self
    }

    /// Where the health is heading.
    #[must_use]
    pub const fn trend(mut self, trend: Trend) -> Self {
        self.trend = Some(trend);
        self
    }

    /// The release that brought the row, or that changed what it says, where it is not the first.
    #[must_use]
    pub const fn since(mut self, release: &'static str) -> Self {
        self.since = release;
        self
    }

    /// What the word warns of, beside what it says of health and traffic.
    #[must_use]
    pub const fn warning(mut self, code: WarningCode) -> Self {
        self.warning = Some(code);
        self
    }

    /// The warning that the adapter itself gives to every record of which it hands over the word, so that a report tells that it did.
    #[must_use]
    pub const fn told_by(mut self, code: WarningCode) -> Self {
        self.told_by = Some(code);
        self
    }

    /// A word that the vendor's reference does not have, and the address where it is found instead, or nothing.
    #[must_use]
    pub const fn undocumented(mut self, source: &'static str) -> Self {
        self.documented = false;
        self.source = source;
        self
    }

    /// Whether the row is about this word.
    pub fn matches(&self, word: &str) -> bool {
        fits(self.word, word)
    }

    /// Whether the row is about this word, which has no blanks around it, in this operation, and the second field that it names holds what
    /// it wants.
    pub(crate) fn fits<'w>(
        &self,
        operation: Option<&str>,
        field: Option<&str>,
        word: &str,
        second: impl Fn(&str) -> Option<&'w str>,
    ) -> bool {
        field.is_none_or(|field| same(field, self.field))
            && fits_trimmed(self.word, word)
            && operation.is_none_or(|operation| self.operations.iter().any(|own| same(own, operation)))
            && self.when.is_none_or(|when| second(when.field).is_some_and(|word| when.matches(word)))
    }

    /// Whether the row is about this word of this field in this operation, whatever the second field holds.
    pub(crate) fn fits_alone(&self, operation: &str, field: &str, word: &str) -> bool {
        same(field, self.field) && self.matches(word) && self.operations.iter().any(|own| same(own, operation))
    }
}

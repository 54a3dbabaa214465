//! What a vendor's words mean in ours: tables, and looking a word up in them.

use crate::wire::trimmed;
use crate::word::words;
use crate::{BackendHealth, Certainty, FailureReason, Registration, Traffic, TrafficReason};

words! {
    /// What a vendor's word is about. The list is open: pass over rows of a role you do not know.
    open Role {
        /// Whether a pool is checked at all. A row with the health `UNMONITORED` says that it is not.
        Flag,
        /// What is said of a load balancer, listener or pool as a whole. A row with the traffic `EXCLUDED` takes everything below it out of
        /// service; no row is the verdict of a backend.
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
    /// The word, or `*` for any word that no row before it has.
    pub word: &'static str,
    /// A second field that has to hold a word too. Of the rows for one word, the first that fits counts.
    pub when: Option<When>,
    /// The health it stands for.
    pub health: Option<BackendHealth>,
    /// The traffic it stands for.
    pub traffic: Option<Traffic>,
    /// Why the traffic is so, where health alone does not explain it.
    pub traffic_reason: Option<TrafficReason>,
    /// The reason it stands for.
    pub reason: Option<FailureReason>,
    /// The registration it stands for.
    pub registration: Option<Registration>,
    /// How the health follows from the word.
    pub certainty: Certainty,
    /// How the reason follows from the word.
    pub reason_certainty: Certainty,
    /// Whether the word is in the vendor's reference. A word that is not gives a warning.
    pub documented: bool,
    /// What the vendor means by it, in our words.
    pub meaning: &'static str,
    /// Where that is written.
    pub source: &'static str,
}

/// A second field and the word it has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct When {
    /// The field, written as in [`Row::field`].
    pub field: &'static str,
    /// The word, or `*` for any.
    pub word: &'static str,
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
            certainty: Certainty::Exact,
            reason_certainty: Certainty::Exact,
            documented: true,
            meaning: "",
            source,
        }
    }

    /// The word and what the vendor means by it.
    #[must_use]
    pub const fn word(mut self, word: &'static str, meaning: &'static str) -> Self {
        self.word = word;
        self.meaning = meaning;
        self
    }

    /// Only where another field holds this word; `*` is any.
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

    /// A word that the vendor's reference does not have, and where it is found instead.
    #[must_use]
    pub const fn undocumented(mut self, source: &'static str) -> Self {
        self.documented = false;
        self.source = source;
        self
    }

    /// Whether the row is about this word, without blanks around it, in this operation, and the second field that it names holds what it wants.
    pub(crate) fn fits<'w>(
        &self,
        operation: Option<&str>,
        field: Option<&str>,
        word: &str,
        second: impl Fn(&str) -> Option<&'w str>,
    ) -> bool {
        is(self.word, word)
            && field.is_none_or(|field| field == self.field)
            && operation.is_none_or(|operation| self.operations.iter().any(|own| same(own, operation)))
            && self.when.is_none_or(|when| second(when.field).is_some_and(|word| is(when.word, trimmed(word))))
    }

    /// Whether the row is about this word of this field in this operation, whatever the second field holds.
    fn fits_alone(&self, operation: &str, field: &str, word: &str) -> bool {
        is(self.word, trimmed(word)) && field == self.field && self.operations.contains(&operation)
    }
}

/// Whether two names are equal; nearly always they are the same text of an adapter's table.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && (std::ptr::eq(one.as_ptr(), other.as_ptr()) || one == other)
}

/// Whether the vendor sent this word of the vocabulary; `*` is any. What was sent is without blanks around it.
fn is(word: &str, sent: &str) -> bool {
    (word.len() == sent.len() && word.eq_ignore_ascii_case(sent)) || (word == "*" && !sent.is_empty())
}

/// All words of one adapter.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Vocabulary {
    /// Status words.
    pub statuses: &'static [Row],
    /// Reason words.
    pub reasons: &'static [Row],
    /// Words that say whether a pool is checked.
    pub flags: &'static [Row],
    /// Words that narrow the traffic.
    pub traffic: &'static [Row],
    /// Words that say whether a backend is registered.
    pub registrations: &'static [Row],
    /// Words for load balancers, listeners and pools as wholes.
    pub parents: &'static [Row],
    /// The field that holds the expected status codes, written as in [`Row::field`].
    pub expected_field: &'static str,
    /// The field that holds the observed status codes, written as in [`Row::field`].
    pub observed_field: &'static str,
}

impl Vocabulary {
    /// A vocabulary without words.
    pub const EMPTY: Self = Self {
        statuses: &[],
        reasons: &[],
        flags: &[],
        traffic: &[],
        registrations: &[],
        parents: &[],
        expected_field: "",
        observed_field: "",
    };

    /// The same with these status words.
    #[must_use]
    pub const fn statuses(mut self, rows: &'static [Row]) -> Self {
        self.statuses = rows;
        self
    }

    /// The same with these reason words.
    #[must_use]
    pub const fn reasons(mut self, rows: &'static [Row]) -> Self {
        self.reasons = rows;
        self
    }

    /// The same with these flag words.
    #[must_use]
    pub const fn flags(mut self, rows: &'static [Row]) -> Self {
        self.flags = rows;
        self
    }

    /// The same with these traffic words.
    #[must_use]
    pub const fn traffic(mut self, rows: &'static [Row]) -> Self {
        self.traffic = rows;
        self
    }

    /// The same with these registration words.
    #[must_use]
    pub const fn registrations(mut self, rows: &'static [Row]) -> Self {
        self.registrations = rows;
        self
    }

    /// The same with these words for wholes.
    #[must_use]
    pub const fn parents(mut self, rows: &'static [Row]) -> Self {
        self.parents = rows;
        self
    }

    /// The same with the fields that hold expected and observed status codes.
    #[must_use]
    pub const fn status_codes(mut self, expected: &'static str, observed: &'static str) -> Self {
        self.expected_field = expected;
        self.observed_field = observed;
        self
    }

    /// All rows, in the order in which they count.
    pub fn rows(&self) -> impl Iterator<Item = &'static Row> + use<> {
        self.statuses.iter().chain(self.reasons).chain(self.flags).chain(self.traffic).chain(self.registrations).chain(self.parents)
    }

    /// Whether this word switches a pool's check on (`true`) or off; `None` for a word that is not in the vocabulary.
    pub fn check_enabled(&self, operation: Option<&str>, field: &str, word: &str) -> Option<bool> {
        let row = self.flags.iter().find(|row| row.fits(operation, Some(field), trimmed(word), |_| None))?;
        Some(row.health != Some(BackendHealth::Unmonitored))
    }

    /// What is below a whole with this word: `Some(false)` where it is out of service, `None` for a word that is not in the vocabulary.
    pub fn is_in_service(&self, operation: &str, word: &str) -> Option<bool> {
        let row = self.parents.iter().find(|row| row.fits(Some(operation), None, trimmed(word), |_| None))?;
        Some(row.traffic != Some(Traffic::Excluded))
    }

    /// Whether a backend with this word is registered; `None` for a word that is not in the vocabulary.
    pub fn registration(&self, operation: &str, word: &str) -> Option<Registration> {
        self.registrations.iter().find(|row| row.fits(Some(operation), None, trimmed(word), |_| None))?.registration
    }

    /// What a traffic word makes of the traffic of a backend whose status is not known; `None` where it leaves that to the status.
    pub fn traffic_of(&self, operation: &str, field: &str, word: &str) -> Option<Traffic> {
        self.traffic.iter().find(|row| row.when.is_none() && row.fits_alone(operation, field, word))?.traffic
    }

    /// Whether the field's traffic word is one of the vocabulary's own, not merely caught by `*`.
    pub fn knows_traffic(&self, operation: &str, field: &str, word: &str) -> bool {
        self.traffic.iter().any(|row| row.word != "*" && row.fits_alone(operation, field, word))
    }
}

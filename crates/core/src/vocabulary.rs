//! What a vendor's words mean in ours: tables, and looking a word up in them.

pub(crate) mod judge;
pub(crate) mod message;
pub(crate) mod pattern;

use std::borrow::Cow;

use crate::bytes::{same, trimmed};
use crate::model::word::{FIRST_RELEASE, words};
use crate::vocabulary::pattern::{fits, fits_trimmed};
use crate::{
    BackendHealth, BackendKind, Certainty, FailureReason, Pointer, Registration, Traffic, TrafficReason, Trend, WarningCode,
    Warnings,
};

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

/// All words of one adapter.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Vocabulary {
    /// Status words.
    pub statuses: &'static [Row],
    /// Reason words. Rows whose field is the [`message_field`](Self::message_field) are about the vendor's text for people, and count where
    /// no reason word tells: they stand after the others.
    pub reasons: &'static [Row],
    /// Words that say whether a pool is checked.
    pub flags: &'static [Row],
    /// Words that narrow the traffic.
    pub traffic: &'static [Row],
    /// Words that say whether a backend is registered.
    pub registrations: &'static [Row],
    /// Words for load balancers, listeners and pools as wholes.
    pub parents: &'static [Row],
    /// Words for kinds of backends, and ours.
    pub kinds: &'static [(&'static str, BackendKind)],
    /// The field that holds the vendor's text for people, written as in [`Row::field`]. Rows can ask for it as a second field.
    pub message_field: &'static str,
    /// What stands before and after observed status codes in the vendor's text for people.
    pub codes_in_messages: &'static [(&'static str, &'static str)],
    /// What stands before and after expected status codes in the vendor's text for people.
    pub expected_in_messages: &'static [(&'static str, &'static str)],
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
        kinds: &[],
        message_field: "",
        codes_in_messages: &[],
        expected_in_messages: &[],
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

    /// The same with these words for kinds of backends.
    #[must_use]
    pub const fn kinds(mut self, kinds: &'static [(&'static str, BackendKind)]) -> Self {
        self.kinds = kinds;
        self
    }

    /// The same with the field that holds the vendor's text for people, and what stands before and after observed status codes in it;
    /// nothing after them means that they stand at its end.
    #[must_use]
    pub const fn messages(mut self, field: &'static str, codes: &'static [(&'static str, &'static str)]) -> Self {
        self.message_field = field;
        self.codes_in_messages = codes;
        self
    }

    /// The same with what stands before and after expected status codes in the vendor's text for people.
    #[must_use]
    pub const fn expected_in_messages(mut self, codes: &'static [(&'static str, &'static str)]) -> Self {
        self.expected_in_messages = codes;
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
        let word = trimmed(word);
        let row = self.flags.iter().find(|row| row.fits(operation, Some(field), word, |_| None))?;
        Some(row.health != Some(BackendHealth::Unmonitored))
    }

    /// As [`check_enabled`](Self::check_enabled); a word that is not in the vocabulary gives a warning.
    pub fn is_checked<'a>(
        &self,
        operation: &str,
        field: &str,
        word: Cow<'a, str>,
        at: impl FnOnce() -> Pointer,
        warnings: &mut Warnings<'a>,
    ) -> Option<bool> {
        let enabled = self.check_enabled(Some(operation), field, &word);
        if enabled.is_none() {
            let message = format!("`{}` does not tell whether the check is on", word.trim());
            warnings.push(WarningCode::UnrecognizedValue, at(), Some(word), message);
        }
        enabled
    }

    /// What a whole with this word in this field leaves to what is below it: `ELIGIBLE` where that is all that it gets otherwise. `None` for a
    /// word that is not in the vocabulary.
    pub fn traffic_below(&self, operation: &str, field: &str, word: &str) -> Option<Traffic> {
        let word = trimmed(word);
        let row = self.parents.iter().find(|row| row.fits(Some(operation), Some(field), word, |_| None))?;
        Some(row.traffic.unwrap_or(Traffic::Eligible))
    }

    /// Whether a backend with this word is registered. A word that is not in the vocabulary gives `UNKNOWN` and a warning.
    pub fn registration<'a>(
        &self,
        operation: &str,
        word: Cow<'a, str>,
        at: impl FnOnce() -> Pointer,
        warnings: &mut Warnings<'a>,
    ) -> Registration {
        let row = self.registrations.iter().find(|row| row.fits(Some(operation), None, trimmed(&word), |_| None));
        row.and_then(|row| row.registration).unwrap_or_else(|| {
            let message = format!("`{}` does not tell whether the backend is registered", word.trim());
            warnings.push(WarningCode::UnrecognizedValue, at(), Some(word), message);
            Registration::Unknown
        })
    }

    /// The kind of backend that the word stands for. A word that is not in the vocabulary gives nothing and a warning.
    pub fn kind<'a>(&self, word: Cow<'a, str>, at: impl FnOnce() -> Pointer, warnings: &mut Warnings<'a>) -> Option<BackendKind> {
        let known = self.kinds.iter().find(|(kind, _)| fits(kind, &word)).map(|(_, kind)| *kind);
        if known.is_none() {
            let message = format!("`{}` is not a kind of backend that this version knows", word.trim());
            warnings.push(WarningCode::UnrecognizedValue, at(), Some(word), message);
        }
        known
    }

    /// What a traffic word makes of the traffic of a backend whose status is not known; `None` where it leaves that to the status.
    pub fn traffic_of(&self, operation: &str, field: &str, word: &str) -> Option<Traffic> {
        self.traffic.iter().find(|row| row.when.is_none() && row.fits_alone(operation, field, word))?.traffic
    }

    /// Whether the field's traffic word is one of the vocabulary's own, not merely caught by `*`. One that is not gives a warning.
    pub fn knows_traffic<'a>(
        &self,
        operation: &str,
        field: &str,
        word: Cow<'a, str>,
        at: impl FnOnce() -> Pointer,
        warnings: &mut Warnings<'a>,
    ) -> bool {
        let known = self.traffic.iter().any(|row| row.word != "*" && row.fits_alone(operation, field, &word));
        if !known {
            let message = format!("`{}` is not a word that this version knows here", word.trim());
            warnings.push(WarningCode::UnrecognizedValue, at(), Some(word), message);
        }
        known
    }
}

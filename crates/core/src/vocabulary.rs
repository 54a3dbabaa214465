//! What a vendor's words mean in ours: tables, and looking a word up in them.

pub(crate) mod judge;
pub(crate) mod message;
pub(crate) mod pattern;
pub(crate) mod row;

use std::borrow::Cow;

use crate::bytes::trimmed;
use crate::vocabulary::pattern::fits;
use crate::vocabulary::row::Row;
use crate::{BackendHealth, BackendKind, Pointer, Registration, Traffic, Warnings};

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
        let row = plain_row(self.flags, operation, Some(field), word)?;
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
            warnings.unrecognized(at(), word, "does not tell whether the check is on");
        }
        enabled
    }

    /// What a whole with this word in this field leaves to what is below it: `ELIGIBLE` where that is all that it gets otherwise. `None` for a
    /// word that is not in the vocabulary.
    pub fn traffic_below(&self, operation: &str, field: &str, word: &str) -> Option<Traffic> {
        let row = plain_row(self.parents, Some(operation), Some(field), word)?;
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
        let row = plain_row(self.registrations, Some(operation), None, &word);
        row.and_then(|row| row.registration).unwrap_or_else(|| {
            warnings.unrecognized(at(), word, "does not tell whether the backend is registered");
            Registration::Unknown
        })
    }

    /// The kind of backend that the word stands for. A word that is not in the vocabulary gives nothing and a warning.
    pub fn kind<'a>(&self, word: Cow<'a, str>, at: impl FnOnce() -> Pointer, warnings: &mut Warnings<'a>) -> Option<BackendKind> {
        let known = self.kinds.iter().find(|(kind, _)| fits(kind, &word)).map(|(_, kind)| *kind);
        if known.is_none() {
            warnings.unrecognized(at(), word, "is not a kind of backend that this version knows");
        }
        known
    }

    /// What a traffic word makes of the traffic of a backend whose status is not known; `None` where it leaves that to the status.
    pub fn traffic_of(&self, operation: &str, field: &str, word: &str) -> Option<Traffic> {
        plain_row(self.traffic, Some(operation), Some(field), word)?.traffic
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
            warnings.unrecognized(at(), word, "is not a word that this version knows here");
        }
        known
    }
}

/// The first of these rows that is about this word whatever other fields hold; without a field, of any.
fn plain_row(rows: &'static [Row], operation: Option<&str>, field: Option<&str>, word: &str) -> Option<&'static Row> {
    let word = trimmed(word);
    rows.iter().find(|row| row.fits(operation, field, word, |_| None))
}

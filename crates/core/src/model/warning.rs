//! What was odd about a payload.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::owned::into_owned;
use crate::model::word::words;
use crate::{Pointer, wire};

words! {
    /// What was odd. The list is open: read a code you do not know as "something was odd here".
    open WarningCode {
        /// The vendor sees real requests to the backend fail more often than those to its neighbours, whatever its checks say.
        AnomalyDetected,
        /// The vendor says that the cloud server behind the backend does not exist.
        BackendMissing,
        /// Neither an id nor an address of the backend is given, so nothing tells it from others.
        BackendUnnamed,
        /// The pool's check switch contradicts a backend's status: off beside a result of a check, or on beside "not monitored". The
        /// status stands.
        CheckFlagContradictsStatus,
        /// Replies contradict each other about whether the pool is checked, or one leaves it open, so that is not known.
        CheckFlagDisputed,
        /// The caller's context names another id than the payload. The payload stands.
        ContextContradictsPayload,
        /// The vendor counts another number of backends than the inventory has, as during a rollout. Nothing is concluded from absence.
        CountContradictsInventory,
        /// The vendor's count and its list differ. With more listed than counted no counts are given; with fewer, some are missing; where only
        /// the count of one state differs, the list stands.
        CountContradictsList,
        /// Two elements of the payload have the same identity; the later record's key has `#2`, `#3` and so on at its end.
        DuplicateRecord,
        /// A list element is not what the list holds and was left out; its neighbours are kept.
        ElementSkipped,
        /// The vendor does not apply this setting here, so it was left out.
        FieldNotApplicable,
        /// A field holds a value of the wrong kind and counts as absent.
        FieldUnreadable,
        /// The payload has a verdict for a listener that the context does not name as bound.
        ListenerNotBound,
        /// A list that the operation always gives is absent or null, so nothing can be concluded from it.
        ListMissing,
        /// The vendor says that its list is not all there is, as where it did not reach a part of what it was asked about.
        ListPartial,
        /// The vendor did not list the backend, and what is known of it is not enough to call it healthy.
        NotConclusive,
        /// The backend is not in the inventory, although that is complete.
        NotInInventory,
        /// A mismatch was reported although the observed code is among the expected ones.
        ObservedMatchesExpected,
        /// The backend's outer status differs from every listener's, and it is not known which listener it is for; or its pool's
        /// differs from place to place.
        OuterStatusUnplaced,
        /// The list goes on from an earlier page. What was merged from all pages of an answer has no such warning.
        PageNotFirst,
        /// The vendor says that its own infrastructure may have a problem that bears on the backend, whatever its checks say.
        PlatformProblem,
        /// The reason of a failed probe stands beside a status that is not a failure, or any reason beside a healthy one. Both are kept.
        ReasonContradictsStatus,
        /// The check demands something that has no place in a health check here, such as a text in the answer. It is not part of what is made
        /// of this document.
        SettingNotKept,
        /// No status was given.
        StatusMissing,
        /// The word is known, but not from the vendor's reference, and says more than other words beside it.
        UndocumentedWord,
        /// Expected or observed status codes could not be read.
        UnreadableStatusCodes,
        /// The reason word is not in the vocabulary.
        UnrecognizedReason,
        /// The status word is not in the vocabulary.
        UnrecognizedStatus,
        /// Another word is not in the vocabulary.
        UnrecognizedValue,
        /// A number is outside the range that the vendor documents. It is kept.
        ValueOutOfRange,
        /// Two pages say different things of one backend. The later one stands.
        VerdictChanged,
    }
}

impl WarningCode {
    /// Whether it is about a setting of a health check that was there and could not be read.
    pub(crate) fn is_about_unread(self) -> bool {
        matches!(self, Self::FieldUnreadable | Self::UnreadableStatusCodes | Self::UnrecognizedValue)
    }
}

/// Something odd about a payload, and where. Nothing is dropped without one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Warning<'a> {
    /// What was odd.
    pub code: WarningCode,
    /// Key of the record it concerns, in an inventory of the member; absent where it concerns none or several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_key: Option<Cow<'a, str>>,
    /// JSON Pointer to the place in the payload.
    pub path: Pointer,
    /// What stood there, in the vendor's own words, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Cow<'a, str>>,
    /// The same for people, in English. The text may change at any time.
    pub message: Cow<'a, str>,
}

into_owned!(Warning { code, record_key, path, value, message });

impl<'a> Warning<'a> {
    /// A warning that concerns no record in particular.
    pub fn new(code: WarningCode, path: Pointer, value: Option<Cow<'a, str>>, message: impl Into<Cow<'a, str>>) -> Self {
        Self { code, record_key: None, path, value, message: message.into() }
    }

    /// The same, of the record or member with this key.
    pub(crate) fn about(self, key: &Cow<'a, str>) -> Self {
        Self { record_key: Some(key.clone()), ..self }
    }
}

/// The warnings of a document while it is being built.
#[derive(Debug, Default)]
pub struct Warnings<'a> {
    list: Vec<Warning<'a>>,
    /// Whether one of the objects that they are about has lost elements of lists.
    has_lost_elements: bool,
}

impl<'a> Warnings<'a> {
    /// An empty list.
    pub const fn new() -> Self {
        Self { list: Vec::new(), has_lost_elements: false }
    }

    /// Adds a warning.
    pub fn push(&mut self, code: WarningCode, path: Pointer, value: Option<Cow<'a, str>>, message: impl Into<Cow<'a, str>>) {
        self.list.push(Warning::new(code, path, value, message));
    }

    /// Adds a warning for a word that is not known; `what` says behind it what it is not.
    pub fn unrecognized(&mut self, path: Pointer, word: Cow<'a, str>, what: &str) {
        let message = format!("`{}` {what}", word.trim());
        self.push(WarningCode::UnrecognizedValue, path, Some(word), message);
    }

    /// Adds a warning for every field of the object at `at` that could not be read, and for every element of its lists that was skipped.
    pub fn unread<T: wire::Wire<'a>>(&mut self, object: &T, at: &Pointer) {
        self.unread_at(object, || at.clone());
    }

    /// The same for the object in this field of the one at `at`.
    pub fn unread_in<T: wire::Wire<'a>>(&mut self, object: &T, at: &Pointer, field: &str) {
        self.unread_at(object, || at.join(field));
    }

    fn unread_at<T: wire::Wire<'a>>(&mut self, object: &T, at: impl FnOnce() -> Pointer) {
        let reading = object.reading();
        self.has_lost_elements |= reading.has_lost_elements();
        if !reading.is_clean() {
            object.report(&at(), self);
        }
    }

    /// Adds a warning for the backend at this place, of which neither an id nor an address is given.
    #[cold]
    pub(crate) fn unnamed_backend(&mut self, at: &Pointer) {
        let message = "the backend has neither an id nor an address, so nothing tells it from others";
        self.push(WarningCode::BackendUnnamed, at.clone(), None, message);
    }

    /// Adds a warning where a list that the operation always gives is absent or null. One of the wrong kind has its warning already.
    pub fn missing_list<T: wire::Wire<'a>, L>(&mut self, object: &T, name: &'static str, list: Option<&L>, at: &Pointer) {
        if list.is_none() && !object.is_unreadable(name) {
            self.missing(name, at);
        }
    }

    /// Adds a warning for the list of this name, which is absent or null.
    pub(crate) fn missing(&mut self, name: &str, at: &Pointer) {
        let message = format!("`{name}` is absent or null, so nothing can be concluded from it");
        self.push(WarningCode::ListMissing, at.join(name), None, message);
    }

    /// Notes that a list is not there as a whole: what is made of it is not complete.
    pub(crate) fn note_lost_elements(&mut self) {
        self.has_lost_elements = true;
    }

    /// Whether an element or the whole of a list could not be read.
    pub(crate) const fn has_lost_elements(&self) -> bool {
        self.has_lost_elements
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The codes of the warnings from `start` on, each once.
    pub fn codes_since(&self, start: usize) -> Vec<WarningCode> {
        let mut codes = Vec::new();
        for warning in self.list.iter().skip(start) {
            if !codes.contains(&warning.code) {
                codes.push(warning.code);
            }
        }
        codes
    }

    /// The warnings of the range, to complete them.
    pub(crate) fn range_mut(&mut self, range: std::ops::Range<usize>) -> &mut [Warning<'a>] {
        self.list.get_mut(range).unwrap_or_default()
    }

    /// The list.
    pub(crate) fn into_vec(self) -> Vec<Warning<'a>> {
        self.list
    }
}

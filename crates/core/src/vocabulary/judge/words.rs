//! What a vendor said about one backend.

use std::borrow::Cow;

use crate::Pointer;
use crate::bytes::trimmed;

/// What a vendor said about one backend: the words, and where they stood.
///
/// ```
/// # use lbhealth_core::Words;
/// let words = Words::new("OFFLINE").reason("CONNECT_REFUSED").facts(&[("weight", "1")]);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Words<'w, 'a> {
    /// The status word; absent where the vendor gave none.
    pub status: Option<Cow<'a, str>>,
    /// The field that held it, where that is not the one of the vocabulary's first status.
    pub status_field: Option<&'w str>,
    /// The reason word.
    pub reason: Option<Cow<'a, str>>,
    /// Text for people that came with it.
    pub message: Option<Cow<'a, str>>,
    /// The status codes that the check expects, in the vendor's spelling.
    pub expected: Option<Cow<'a, str>>,
    /// The status codes that the backend answered with.
    pub observed: Option<Cow<'a, str>>,
    /// The port that is probed.
    pub probe_port: Option<u16>,
    /// Other fields that bear on the verdict, as field and word. The vocabulary names the fields, see [`Row::when`](crate::Row::when). A
    /// blank word counts as absent.
    pub facts: &'w [(&'w str, &'w str)],
    /// The operation whose reply it was; without it the first row of the vocabulary that fits counts.
    pub operation: Option<&'w str>,
    /// The object in the payload that held the status.
    pub at: Pointer,
}

impl<'w, 'a> Words<'w, 'a> {
    /// A status word.
    pub fn new(status: impl Into<Cow<'a, str>>) -> Self {
        Self::maybe(Some(status.into()))
    }

    /// A status word, or none where the vendor gave none.
    pub fn maybe(status: Option<Cow<'a, str>>) -> Self {
        Self {
            status,
            status_field: None,
            reason: None,
            message: None,
            expected: None,
            observed: None,
            probe_port: None,
            facts: &[],
            operation: None,
            at: Pointer::ROOT,
        }
    }

    /// With a reason word.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<Cow<'a, str>>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The status stood in this field.
    #[must_use]
    pub fn status_field(mut self, field: &'w str) -> Self {
        self.status_field = Some(field);
        self
    }

    /// With the vendor's text for people.
    #[must_use]
    pub fn message(mut self, message: impl Into<Cow<'a, str>>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// With the codes that the check expects.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<Cow<'a, str>>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// With the codes that the backend answered with.
    #[must_use]
    pub fn observed(mut self, observed: impl Into<Cow<'a, str>>) -> Self {
        self.observed = Some(observed.into());
        self
    }

    /// With other fields that bear on the verdict.
    #[must_use]
    pub fn facts(mut self, facts: &'w [(&'w str, &'w str)]) -> Self {
        self.facts = facts;
        self
    }

    /// In the reply of this operation.
    #[must_use]
    pub fn operation(mut self, operation: &'w str) -> Self {
        self.operation = Some(operation);
        self
    }

    /// At this place of the payload.
    #[must_use]
    pub fn at(mut self, at: Pointer) -> Self {
        self.at = at;
        self
    }

    /// The other fields that are there.
    pub(super) fn given_facts(&self) -> impl Iterator<Item = &'w (&'w str, &'w str)> + use<'w> {
        self.facts.iter().filter(|(_, word)| !trimmed(word).is_empty())
    }

    /// Blank text counts as absent.
    pub(super) fn drop_blanks(&mut self) {
        for word in [&mut self.status, &mut self.reason, &mut self.message, &mut self.expected, &mut self.observed] {
            if word.as_ref().is_some_and(|word| trimmed(word).is_empty()) {
                *word = None;
            }
        }
    }
}

//! A status and its reason, wherever in a member they stand.

use lbhealth_core::wire::{self, Text, Value};
use lbhealth_core::{Pointer, Warnings};

use crate::wire::Reason;

/// A status, and the reason that belongs to it.
#[derive(Clone)]
pub(super) struct Said<'a> {
    pub(super) at: Pointer,
    pub(super) status: Option<Text<'a>>,
    pub(super) code: Option<Text<'a>>,
    pub(super) expected: Option<Text<'a>>,
    pub(super) actual: Option<Text<'a>>,
    /// Whether a reason was given, even one that could not be read.
    pub(super) has_reason: bool,
    /// Whether the reason is that of the outer status, which says the same.
    pub(super) has_outer_reason: bool,
}

impl<'a> Said<'a> {
    /// `is_unreadable`: whether the reason is there and could not be read.
    pub(super) fn at(
        at: Pointer,
        status: Option<Text<'a>>,
        reason: Option<Reason<'a>>,
        is_unreadable: bool,
        warnings: &mut Warnings<'a>,
    ) -> Self {
        let reason = reason.unwrap_or_default();
        warnings.unread_in(&reason, &at, "reason");
        let has_words = reason.code.is_some() || reason.expected.is_some() || reason.actual.is_some();
        let has_reason = is_unreadable || has_words || !reason.reading().is_clean();
        let Reason { code, expected, actual, .. } = reason;
        Self { at, status, code, expected, actual, has_reason, has_outer_reason: false }
    }

    /// Takes the reason of the outer status, where that says the same and has one.
    pub(super) fn borrow_reason(&mut self, outer: &Self) {
        let word = |said: &Self| said.status.as_deref().map(|word| word.trim().to_ascii_uppercase());
        if !self.has_reason && outer.has_reason && word(self) == word(outer) {
            self.code.clone_from(&outer.code);
            self.expected.clone_from(&outer.expected);
            self.actual.clone_from(&outer.actual);
            (self.has_reason, self.has_outer_reason) = (true, true);
        }
    }

    /// Whether the other says the same, as far as this says anything.
    pub(super) fn is_said_by(&self, other: &Self) -> bool {
        let same = |ours: Option<&Text<'a>>, theirs: Option<&Text<'a>>| {
            ours.is_none_or(|ours| theirs.is_some_and(|theirs| ours == theirs || wire::is_word(ours, theirs.trim())))
        };
        same(self.status.as_ref(), other.status.as_ref()) && same(self.code.as_ref(), other.code.as_ref())
    }
}

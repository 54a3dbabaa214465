//! What a list says of itself.

use lbhealth_core::wire::{self, Id, Text, Wire};
use lbhealth_core::{Completeness, Pointer, WarningCode, Warnings};

use crate::vocabulary::LIST_NOTES;
use crate::wire::ListWarning;

/// The field with the vendor's note on a list.
const NOTE: &str = "warning";

/// Whether the reply holds the whole list, and the token of its next page. An empty list is left out.
pub(super) fn page<'a>(
    reply: &impl Wire<'a>,
    token: Option<&Id<'a>>,
    note: Option<ListWarning<'a>>,
    warnings: &mut Warnings<'a>,
) -> (Completeness, Option<Text<'a>>) {
    let (completeness, next_page) = wire::page(reply, true, &[("nextPageToken", token)]);
    let noted = match note {
        Some(note) => noted(note, warnings),
        None if reply.is_unreadable(NOTE) => Completeness::Undetermined,
        None => Completeness::Complete,
    };
    (completeness.max(noted), next_page)
}

/// How complete the list is by the vendor's note on it.
fn noted<'a>(note: ListWarning<'a>, warnings: &mut Warnings<'a>) -> Completeness {
    let at = Pointer::at("/warning", []);
    warnings.unread(&note, &at);
    let known = note.code.as_deref().and_then(|code| LIST_NOTES.iter().find(|(known, _)| wire::is_word(code, known)));
    match known {
        Some((_, Completeness::Complete)) => Completeness::Complete,
        Some((code, completeness)) => {
            let message = format!("the vendor says that the list is not all there is: {code}");
            warnings.push(WarningCode::ListPartial, at, note.message, message);
            *completeness
        }
        None => {
            let message = "the vendor's note on the list is none that this version knows, so it may not be all there is";
            warnings.push(WarningCode::UnrecognizedValue, at.join("code"), note.code, message);
            Completeness::Undetermined
        }
    }
}

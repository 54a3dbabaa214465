//! Pages of a list.

use super::{Id, List, Text, Wire};
use crate::{Completeness, Pointer, Warnings};

/// Whether a list reply holds everything, and the token of its next page: the first that is there of the fields in which one can stand.
///
/// For vendors whose token is there exactly if there is another page. One of the wrong kind is still a sign of another page.
pub fn page<'a>(reply: &impl Wire<'a>, has_list: bool, tokens: &[(&str, Option<&Id<'a>>)]) -> (Completeness, Option<Text<'a>>) {
    let last_page = tokens.iter().all(|(field, token)| token.is_none() && !reply.is_unreadable(field));
    let complete = last_page && has_list && !reply.reading().has_lost_elements();
    let token = tokens.iter().find_map(|(_, token)| token.cloned()).map(Id::into_text);
    (if complete { Completeness::Complete } else { Completeness::Incomplete }, token)
}

/// The same of a reply with this list. Warns of what could not be read of the reply, and of a list that is missing.
pub fn list_page<'a, T>(
    reply: &impl Wire<'a>,
    name: &'static str,
    list: Option<&List<'a, T>>,
    tokens: &[(&str, Option<&Id<'a>>)],
    warnings: &mut Warnings<'a>,
) -> (Completeness, Option<Text<'a>>) {
    warnings.unread(reply, &Pointer::ROOT);
    warnings.missing_list(reply, name, list, &Pointer::ROOT);
    page(reply, list.is_some(), tokens)
}

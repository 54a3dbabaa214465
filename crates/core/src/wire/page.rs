//! Pages of a list.

use super::{Id, Text, Wire};
use crate::Completeness;

/// Whether a list reply holds everything, and the token of its next page: the first that is there of the fields in which one can stand.
///
/// For vendors whose token is there exactly if there is another page. One of the wrong kind is still a sign of another page.
pub fn page<'a>(reply: &impl Wire<'a>, has_list: bool, tokens: &[(&str, Option<&Id<'a>>)]) -> (Completeness, Option<Text<'a>>) {
    let last_page = tokens.iter().all(|(field, token)| token.is_none() && !reply.is_unreadable(field));
    let complete = last_page && has_list && !reply.reading().has_lost_elements();
    let token = tokens.iter().find_map(|(_, token)| token.cloned()).map(Id::into_text);
    (if complete { Completeness::Complete } else { Completeness::Incomplete }, token)
}

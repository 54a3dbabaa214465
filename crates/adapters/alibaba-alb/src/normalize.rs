//! From the payload to the document: a module per kind of reply.

mod check;
mod health;
mod inventory;
mod templates;

use lbhealth_core::Completeness;
use lbhealth_core::wire::{Id, Text, Wire};

pub(crate) use health::health;
pub(crate) use inventory::{groups, servers};
pub(crate) use templates::{template, templates};

/// Whether a list reply is complete, and the token of its next page. A token of the wrong kind is still a sign of another page.
fn page<'a>(reply: &impl Wire<'a>, has_list: bool, token: Option<&Id<'a>>) -> (Completeness, Option<Text<'a>>) {
    let last_page = token.is_none() && !reply.is_unreadable("NextToken");
    let complete = last_page && has_list && !reply.reading().has_lost_elements();
    (if complete { Completeness::Complete } else { Completeness::Incomplete }, token.cloned().map(Id::into_text))
}

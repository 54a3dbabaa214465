//! From the payload to the document: a module per kind of reply.

mod master_slave;
mod member;
mod members;
mod monitors;
mod pools;
mod said;
mod tree;
mod v2;

use lbhealth_core::wire::{Id, List, Reference, Text, Wire};
use lbhealth_core::{Completeness, Context, Pointer, WarningCode, Warnings};
use lbhealth_octavia::References;

pub(crate) use master_slave::{master_slave, master_slaves};
pub(crate) use members::{member, members, some_members};
pub(crate) use monitors::{monitor, monitors};
pub(crate) use pools::{pool, pools};
pub(crate) use tree::tree;
pub(crate) use v2::{member as member_v2, members as members_v2};

use crate::wire::PageInfo;

/// The only one of several, if there is just one.
fn only(references: Option<References<'_>>) -> Option<Id<'_>> {
    references.filter(|all| all.len() == 1)?.into_all().next().map(Reference::into_id)
}

/// What tells where the next page starts.
#[derive(Clone, Copy)]
enum Marker<'r, 'a> {
    /// What the reply says of its page.
    In(Option<&'r PageInfo<'a>>),
    /// Nothing: replies of version 2 say nothing of pages.
    Never,
}

/// Whether a reply with this list holds everything, and the marker to go on at. Warns of what could not be read of both.
///
/// A marker is only the id of the last element, so its presence proves nothing; its absence is the end, and so is a page that has fewer
/// elements than the caller asked for.
fn page<'a, T>(
    reply: &impl Wire<'a>,
    name: &'static str,
    list: Option<&List<'a, T>>,
    marker: Marker<'_, 'a>,
    context: &Context<'a>,
    warnings: &mut Warnings<'a>,
) -> (Completeness, Option<Text<'a>>) {
    warnings.unread(reply, &Pointer::ROOT);
    warnings.missing_list(reply, name, list, &Pointer::ROOT);
    let (may_go_on, marker) = match marker {
        Marker::In(page_info) => {
            let mut is_lost = reply.is_unreadable("page_info");
            if let Some(page_info) = page_info {
                warnings.unread_in(page_info, &Pointer::ROOT, "page_info");
                is_lost |= page_info.is_unreadable("next_marker");
            }
            let marker = page_info.and_then(|page_info| page_info.next_marker.clone()).map(Id::into_text);
            (marker.is_some() || is_lost, marker)
        }
        // Without a limit of the caller's, everything is returned.
        Marker::Never => (context.page_limit.is_some(), None),
    };
    let Some(list) = list.filter(|_| !reply.reading().has_lost_elements()) else {
        return (Completeness::Incomplete, marker);
    };
    let limit = context.page_limit.filter(|_| may_go_on).map(usize::try_from).and_then(Result::ok);
    match limit {
        Some(limit) if list.len() > limit => {
            let message =
                format!("the context has {limit} as the page limit and the payload {} elements; the payload stands", list.len());
            warnings.push(WarningCode::ContextContradictsPayload, Pointer::ROOT.join(name), None, message);
            (Completeness::Undetermined, marker)
        }
        Some(limit) if list.len() < limit => (Completeness::Complete, None),
        _ if may_go_on => (Completeness::Undetermined, marker),
        _ => (Completeness::Complete, None),
    }
}

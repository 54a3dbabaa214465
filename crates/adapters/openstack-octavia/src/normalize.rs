//! From the payload to the document: a module per kind of reply.

mod members;
mod monitors;
mod pools;
mod tree;

use lbhealth_core::wire::{self, List, Text, Wire};
use lbhealth_core::{Completeness, Pointer, Warnings};

pub(crate) use members::{conclude, member, members, printed_members};
pub(crate) use monitors::{monitor, monitors, printed_monitor};
pub(crate) use pools::{pool, pools};
pub(crate) use tree::{printed_tree, tree};

use crate::vocabulary::NEXT;
use crate::wire::Link;

/// Whether a list reply holds everything, and the address of its next page, to which a link leads exactly if there is one.
fn page<'a>(
    reply: &impl Wire<'a>,
    has_list: bool,
    field: &str,
    links: Option<&List<'a, Link<'a>>>,
    warnings: &mut Warnings<'a>,
) -> (Completeness, Option<Text<'a>>) {
    let is_next = |link: &Link<'a>| link.rel.as_deref().is_some_and(|rel| rel.trim().eq_ignore_ascii_case(NEXT));
    for (index, link) in links.into_iter().flat_map(List::iter) {
        warnings.unread(link, &Pointer::ROOT.join(&format!("{field}/{index}")));
    }
    let next = links.into_iter().flat_map(List::iter).map(|(_, link)| link).find(|link| is_next(link));
    let (completeness, token) = wire::page(reply, has_list, &[(field, next.and_then(|link| link.href.as_ref()))]);
    (if next.is_some() { Completeness::Incomplete } else { completeness }, token)
}

//! From the payload to the document: a module per kind of reply.

mod members;
mod monitors;
mod pools;
mod tree;

use lbhealth_core::wire::{self, List, Text, Wire};
use lbhealth_core::{Completeness, Pointer, WarningCode, Warnings};

pub(crate) use members::{conclude, member, members, printed_members};
pub(crate) use monitors::{monitor, monitors, printed_monitor};
pub(crate) use pools::{pool, pools};
pub(crate) use tree::{printed_tree, tree};

use crate::vocabulary::{NEXT, PREVIOUS};
use crate::wire::Link;

/// The word for a switch, as the API writes it.
const fn switch(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

/// Whether a reply with this list holds everything, and the address of its next page, to which a link leads exactly if there is one. So
/// does one to the page before, unless the page is empty. Warns of what could not be read of list and links.
fn page<'a, T>(
    reply: &impl Wire<'a>,
    name: &'static str,
    list: Option<&List<'a, T>>,
    links: Option<&List<'a, Link<'a>>>,
    warnings: &mut Warnings<'a>,
) -> (Completeness, Option<Text<'a>>) {
    warnings.unread(reply, &Pointer::ROOT);
    let field = format!("{name}_links");
    let links = || links.into_iter().flat_map(List::iter);
    let at = |index: u32| Pointer::ROOT.join(&format!("{field}/{index}"));
    for (index, link) in links() {
        warnings.unread(link, &at(index));
    }
    let to = |rel: &str| links().find(|(_, link)| link.rel.as_deref().is_some_and(|word| wire::is_word(word, rel)));
    let (next, previous) = (to(NEXT).map(|(_, link)| link), to(PREVIOUS));
    let (completeness, token) = wire::page(reply, list.is_some(), &[(&field, next.and_then(|link| link.href.as_ref()))]);
    // One of which nobody can say where it leads may lead to the next page.
    let is_unclear =
        |link: &Link<'a>| link.rel.as_deref().is_none_or(|word| !wire::is_word(word, NEXT) && !wire::is_word(word, PREVIOUS));
    let unclear: Vec<_> = links().filter(|(_, link)| is_unclear(link)).collect();
    for (index, link) in unclear.iter().copied().filter(|(_, link)| !link.is_unreadable("rel")) {
        let message = "it is not known which page the link leads to, so it may be the next one";
        warnings.push(WarningCode::UnrecognizedValue, at(index).join("rel"), link.rel.clone(), message);
    }
    // The pages before one that may go on do not hold all of the rest.
    if let Some((index, link)) = previous.filter(|_| unclear.is_empty()) {
        let message = "there are pages before this one, which hold the rest of the list";
        warnings.push(WarningCode::PageNotFirst, at(index).join("rel"), link.rel.clone(), message);
    }
    warnings.missing_list(reply, name, list, &Pointer::ROOT);
    let is_part = next.is_some() || previous.is_some() || !unclear.is_empty();
    (if is_part { Completeness::Incomplete } else { completeness }, token)
}

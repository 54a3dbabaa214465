//! From the payload to the document: a module per kind of reply.

mod group;
mod health;
mod listener;

use lbhealth_core::Warnings;
use lbhealth_core::wire::{List, Wire, Wrapped};

pub(crate) use group::group;
pub(crate) use health::health;
pub(crate) use listener::{http, https, tcp, udp};

/// The servers of a reply, in whichever form they stand there, and the template of their places. Warns of a list that is missing.
fn servers<'a, O: Wire<'a>, T>(
    servers: Option<Wrapped<O, List<'a, T>>>,
    reply: &impl Wire<'a>,
    list: impl FnOnce(O) -> Option<List<'a, T>>,
    warnings: &mut Warnings<'a>,
) -> (Option<List<'a, T>>, &'static str) {
    let is_bare = matches!(servers, Some(Wrapped::Bare(_)));
    let template = if is_bare { "/BackendServers/#" } else { "/BackendServers/BackendServer/#" };
    (Wrapped::open(servers, reply, ["BackendServers", "BackendServer"], list, warnings), template)
}

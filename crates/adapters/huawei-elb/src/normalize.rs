//! From the payload to the document: a module per kind of reply.

mod master_slave;
mod members;
mod monitors;
mod pools;
mod tree;
mod v2;

use lbhealth_core::Completeness;
use lbhealth_core::wire::Wire;

pub(crate) use master_slave::master_slave;
pub(crate) use members::{created, member, members};
pub(crate) use monitors::{monitor, monitors};
pub(crate) use pools::{pool, pools};
pub(crate) use tree::tree;
pub(crate) use v2::{member as member_v2, members as members_v2};

/// Whether a reply with this marker of a next page holds everything.
///
/// A marker is only the id of the last record, so its presence proves nothing; its absence is the end.
fn completeness<'a>(reply: &impl Wire<'a>, has_list: bool, marker: Option<&str>) -> Completeness {
    if reply.reading().has_lost_elements() || !has_list {
        Completeness::Incomplete
    } else if marker.is_some() {
        Completeness::Undetermined
    } else {
        Completeness::Complete
    }
}

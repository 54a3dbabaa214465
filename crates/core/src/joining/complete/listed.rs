//! The backends that a vendor lists, beside those of an inventory.

use std::collections::{HashMap, HashSet};

use super::index::Index;
use crate::model::key::is_interface;
use crate::{BackendRecord, InventoryMember};

/// The backends of a pool that the vendor lists.
pub(super) struct Listed {
    /// The keys of those that are told apart, as the inventory has them.
    pub(super) keys: HashSet<String>,
    /// Ids and addresses of those that the inventory does not have.
    strangers: HashSet<String>,
    /// Network interfaces of which another address can be meant too: their ids, and the ports that are listed.
    interfaces: HashMap<String, Vec<Option<u16>>>,
    /// Whether one of those has no id.
    has_stranger_without_id: bool,
    /// Whether there are more than the inventory can have, so that nothing is concluded from absence: one is called as another is, or is by no
    /// name a member that is not listed, as where the pool has changed between the two calls, or where it has no name.
    pub(super) has_surplus: bool,
}

impl Listed {
    pub(super) fn new<'r>(
        records: impl Iterator<Item = &'r BackendRecord<'r>>,
        members: &[&InventoryMember<'_>],
        index: &Index<'_, '_>,
    ) -> Self {
        let (mut keys, mut strangers) = (HashSet::new(), Vec::new());
        let mut interfaces: HashMap<_, Vec<_>> = HashMap::new();
        let mut has_surplus = false;
        for record in records {
            let member = index.member(record);
            let (id, address) = (record.backend_id.as_deref(), record.address.as_deref());
            match member {
                None => strangers.push([id, address]),
                Some(member) if address.is_none() || member.backend_key != record.backend_key => {
                    if let Some(id) = id.filter(|id| is_interface(id)) {
                        interfaces.entry(id.to_owned()).or_default().push(record.port);
                    }
                }
                Some(_) => {}
            }
            has_surplus |= !keys.insert(member.map_or(&record.backend_key, |member| &member.backend_key).to_string());
        }
        let unlisted = members.iter().filter(|member| !keys.contains(&*member.backend_key));
        let unlisted: Vec<_> = unlisted.map(|member| names_of(member)).collect();
        let names_of_unlisted: HashSet<&str> = unlisted.iter().flatten().flatten().copied().collect();
        let is_unlisted = |names: &[Option<&str>; 2]| names.iter().flatten().any(|name| names_of_unlisted.contains(name));
        let names: HashSet<String> = strangers.iter().flatten().flatten().map(|name| (*name).to_owned()).collect();
        // Each of them is another member.
        let possible = unlisted.iter().filter(|own| own.iter().flatten().any(|name| names.contains(*name))).count();
        Self {
            has_stranger_without_id: strangers.iter().any(|[id, _]| id.is_none()),
            has_surplus: has_surplus || strangers.len() > possible || !strangers.iter().all(is_unlisted),
            strangers: names,
            interfaces,
            keys,
        }
    }

    /// Whether one of those that the inventory does not have may be this member, as long as they are no surplus: nothing is concluded from
    /// absence then.
    pub(super) fn may_have(&self, member: &InventoryMember<'_>) -> bool {
        let has_no_id = member.backend_id.is_none() && !(self.strangers.is_empty() && self.interfaces.is_empty());
        let has_no_address = member.address.is_none() && self.has_stranger_without_id;
        let ports = member.backend_id.as_deref().and_then(|id| self.interfaces.get(id));
        let is_same = |port: &Option<u16>| port.zip(member.port).is_none_or(|(one, other)| one == other);
        has_no_id
            || has_no_address
            || ports.is_some_and(|ports| ports.iter().any(is_same))
            || names_of(member).into_iter().flatten().any(|name| self.strangers.contains(name))
    }
}

/// What a member is called by: its id and its address.
fn names_of<'m>(member: &'m InventoryMember<'_>) -> [Option<&'m str>; 2] {
    [member.backend_id.as_deref(), member.address.as_deref()]
}

//! The backends that a vendor lists, beside those of an inventory.

use std::collections::{HashMap, HashSet};

use super::matching::{Matching, can_all_be, names_of};
use crate::model::key::is_interface;
use crate::{BackendRecord, HealthReport, InventoryMember};

/// The backends of a pool that the vendor lists at one place.
pub(super) struct Listed {
    /// The keys of those that are told apart, as the inventory has them.
    pub(super) keys: HashSet<String>,
    /// Ids and addresses of those that the inventory does not have.
    strangers: HashSet<String>,
    /// Network interfaces of which another address can be meant too: their ids, and the ports that are listed.
    interfaces: HashMap<String, Vec<Option<u16>>>,
    /// Whether one of those has no id.
    has_stranger_without_id: bool,
    /// Whether there are more than the inventory can have, so that nothing is concluded from absence: one is called as another is, or can be
    /// no member that is not listed, as where the pool has changed between the two calls, or where it has no name.
    pub(super) has_surplus: bool,
}

impl Listed {
    pub(super) fn new<'r, 'a: 'r>(
        records: impl Iterator<Item = &'r BackendRecord<'a>>,
        members: &[&InventoryMember<'_>],
        matching: &Matching<'_, '_>,
    ) -> Self {
        let (mut keys, mut strangers) = (HashSet::new(), Vec::new());
        let mut interfaces: HashMap<_, Vec<_>> = HashMap::new();
        let mut is_doubled = false;
        for record in records {
            let member = matching.member(record);
            match member {
                None => strangers.push(record),
                // One that has no address on either side can be each that the inventory has.
                Some(member) if member.address.is_none() && member.backend_key == record.backend_key => {
                    if let Some(id) = record.backend_id.as_deref().filter(|id| is_interface(id)) {
                        interfaces.entry(id.to_owned()).or_default().push(record.port);
                    }
                }
                Some(_) => {}
            }
            is_doubled |= !keys.insert(member.map_or(&record.backend_key, |member| &member.backend_key).to_string());
        }
        let unlisted: Vec<_> = members.iter().copied().filter(|member| !keys.contains(&*member.backend_key)).collect();
        let names = |record: &&BackendRecord<'_>| {
            [record.backend_id.as_deref(), record.address.as_deref()].map(|name| name.map(str::to_owned))
        };
        Self {
            has_stranger_without_id: strangers.iter().any(|stranger| stranger.backend_id.is_none()),
            has_surplus: is_doubled || !can_all_be(&strangers, &unlisted),
            strangers: strangers.iter().flat_map(names).flatten().collect(),
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

/// The pools of which the report lists more backends than the inventory can have, all places of each taken together.
pub(super) fn pools_with_surplus(report: &HealthReport<'_>, matching: &Matching<'_, '_>) -> HashSet<String> {
    let mut pools: HashMap<&str, (HashSet<&str>, Vec<&BackendRecord<'_>>)> = HashMap::new();
    for record in report.records.iter().filter(|record| matching.candidates(record).is_empty()) {
        let Some(id) = record.pool_id.as_deref() else { continue };
        let (keys, records) = pools.entry(id).or_default();
        if keys.insert(matching.member(record).map_or(&*record.backend_key, |member| &*member.backend_key)) {
            records.push(record);
        }
    }
    let has_surplus = |(id, (_, records)): &(&str, (_, Vec<&BackendRecord<'_>>))| {
        let members = matching.index.members_in(id);
        Listed::new(records.iter().copied(), members, matching).has_surplus
    };
    pools.into_iter().filter(has_surplus).map(|(id, _)| id.to_owned()).collect()
}

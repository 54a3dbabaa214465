//! The backends that a vendor lists, beside those of an inventory.

use std::collections::HashSet;

use super::known::Known;
use crate::{BackendRecord, InventoryMember, WarningCode};

/// The backends of a pool that the vendor lists.
pub(super) struct Listed {
    /// The keys of those that are told apart, as the inventory has them.
    pub(super) keys: HashSet<String>,
    /// Ids and addresses of those that the inventory does not have.
    strangers: HashSet<String>,
    /// Whether one of those has no id.
    has_stranger_without_id: bool,
    /// Whether one of those has neither, or some are called alike.
    has_nameless: bool,
    /// Whether one of those is none of the members by any name: the pool has changed between the two calls.
    pub(super) has_former: bool,
}

impl Listed {
    pub(super) fn new<'r>(
        records: impl Iterator<Item = &'r BackendRecord<'r>>,
        members: &[&InventoryMember<'_>],
        known: &Known<'_, '_>,
    ) -> Self {
        let mut listed = Self {
            keys: HashSet::new(),
            strangers: HashSet::new(),
            has_stranger_without_id: false,
            has_nameless: false,
            has_former: false,
        };
        let of_members = members.iter().flat_map(|member| [member.backend_id.as_deref(), member.address.as_deref()]);
        let names_of_members: HashSet<&str> = of_members.flatten().collect();
        for record in records {
            let member = known.member(record);
            if member.is_none() {
                let names = [record.backend_id.as_deref(), record.address.as_deref()];
                listed.has_stranger_without_id |= record.backend_id.is_none();
                listed.has_nameless |= names.iter().all(Option::is_none);
                listed.has_former |= !names.iter().flatten().any(|name| names_of_members.contains(name));
                listed.strangers.extend(names.into_iter().flatten().map(str::to_owned));
            }
            // Nobody can tell which backends those are that are called alike.
            listed.has_nameless |= record.warnings.contains(&WarningCode::DuplicateRecord);
            listed.keys.insert(member.map_or(&record.backend_key, |member| &member.backend_key).to_string());
        }
        listed
    }

    /// Whether one of those that the inventory does not have may be this member: nothing is concluded from absence then.
    pub(super) fn may_have(&self, member: &InventoryMember<'_>) -> bool {
        let names = [member.backend_id.as_deref(), member.address.as_deref()];
        let has_no_id = member.backend_id.is_none() && !self.strangers.is_empty();
        let has_no_address = member.address.is_none() && self.has_stranger_without_id;
        self.has_nameless || has_no_id || has_no_address || names.into_iter().flatten().any(|name| self.strangers.contains(name))
    }
}

//! The backends that a vendor lists, beside those of an inventory.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::matching::{Matching, can_all_be};
use super::names::{Called, spelled_key};
use crate::{BackendRecord, HealthReport, InventoryMember};

/// The backends of a pool that the vendor lists at one place.
pub(super) struct Listed {
    /// Their keys, also as the inventory has them, every address in one spelling.
    keys: HashSet<String>,
    /// Ids and addresses of those of which it is not told which member they are.
    strangers: HashSet<String>,
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
        let (mut keys, mut known, mut strangers) = (HashSet::new(), HashSet::new(), Vec::new());
        let mut is_doubled = false;
        for record in records {
            let is_new = keys.insert(spelled_key(&record.backend_key).into_owned());
            if let Some(member) = matching.member(record) {
                is_doubled |= !known.insert(&*member.backend_key);
            } else {
                is_doubled |= !is_new && matching.candidates(record).is_empty();
                strangers.push(record);
            }
        }
        let unlisted: Vec<_> = members.iter().copied().filter(|member| !known.contains(&*member.backend_key)).collect();
        keys.extend(known.into_iter().map(|key| spelled_key(key).into_owned()));
        Self {
            has_stranger_without_id: strangers.iter().any(|stranger| Called::record(stranger).id.is_none()),
            has_surplus: is_doubled || !can_all_be(&strangers, &unlisted, matching.index),
            strangers: strangers.iter().flat_map(|stranger| Called::record(stranger).names()).map(Cow::into_owned).collect(),
            keys,
        }
    }

    /// Whether the member is listed.
    pub(super) fn has(&self, member: &InventoryMember<'_>) -> bool {
        self.keys.contains(&*spelled_key(&member.backend_key))
    }

    /// Whether one of those that the inventory does not have may be this member, as long as they are no surplus: nothing is concluded from
    /// absence then.
    pub(super) fn may_have(&self, member: &InventoryMember<'_>) -> bool {
        let called = Called::member(member);
        let has_no_id = called.id.is_none() && !self.strangers.is_empty();
        let has_no_address = called.address.is_none() && self.has_stranger_without_id;
        has_no_id || has_no_address || called.names().any(|name| self.strangers.contains(&*name))
    }
}

/// The pools at several places of which the report lists more backends than the inventory can have, at one place or at all together.
pub(super) fn pools_with_surplus(report: &HealthReport<'_>, matching: &Matching<'_, '_>) -> HashSet<String> {
    let mut pools: HashMap<&str, Places<'_, '_>> = HashMap::new();
    for pool in &report.pools {
        if let Some(id) = pool.pool_id.as_deref() {
            // A place at which nobody is listed is one as well.
            pools.entry(id).or_default().each.entry(&pool.pool_key).or_default();
        }
    }
    for record in &report.records {
        let Some(id) = record.pool_id.as_deref() else { continue };
        let places = pools.entry(id).or_default();
        places.each.entry(&record.pool_key).or_default().push(record);
        // An interface whose address is not told, or one whose port or id is not, can be one that is listed elsewhere.
        let tells_all = record.address.is_some() && record.port.is_some() && record.backend_id.is_some();
        let is_told = matching.candidates(record).is_empty() || tells_all;
        let key = spelled_key(matching.member(record).map_or(&*record.backend_key, |member| &*member.backend_key));
        if is_told && places.keys.insert(key) {
            places.together.push(record);
        }
    }
    let has_surplus = |(id, places): &(&str, Places<'_, '_>)| {
        let members = matching.index.members_in(id);
        places
            .each
            .values()
            .chain([&places.together])
            .any(|records| Listed::new(records.iter().copied(), members, matching).has_surplus)
    };
    let pools = pools.into_iter().filter(|(_, places)| places.each.len() > 1);
    pools.filter(has_surplus).map(|(id, _)| id.to_owned()).collect()
}

/// The records of one pool.
#[derive(Default)]
struct Places<'r, 'a> {
    each: HashMap<&'r str, Vec<&'r BackendRecord<'a>>>,
    /// Those of different backends.
    together: Vec<&'r BackendRecord<'a>>,
    keys: HashSet<Cow<'r, str>>,
}

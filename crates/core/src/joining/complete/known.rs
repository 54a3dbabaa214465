//! An inventory, as a report is completed by it.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::{Completeness, Inventory, InventoryMember, InventoryPool, PoolSummary, WarningCode};

/// An inventory by pool.
pub(super) struct Known<'i, 'a> {
    inventory: &'i Inventory<'a>,
    /// Distinct members of every pool, in their order.
    members: HashMap<&'i str, Vec<&'i InventoryMember<'a>>>,
    /// The same by key.
    by_key: HashMap<&'i str, &'i InventoryMember<'a>>,
    /// What is said of every pool that has an id.
    pools: HashMap<&'i str, Vec<&'i InventoryPool<'a>>>,
    /// Whether it is not said of some members which pool they are in: they can be in any.
    has_members_of_no_pool: bool,
    /// Where members stand of which a field could not be read.
    read_in_part: HashSet<String>,
    /// The keys of members of which it says two things.
    told_twice: HashSet<&'i str>,
    /// The keys of those that have two weights.
    weighed_twice: HashSet<&'i str>,
    /// Whether a pool of the report stands at one place twice.
    pub(super) has_numbered_pools: bool,
    /// How many sources the report had before.
    pub(super) offset: usize,
}

impl<'i, 'a> Known<'i, 'a> {
    pub(super) fn new(inventory: &'i Inventory<'a>, offset: usize) -> Self {
        let mut members: HashMap<_, Vec<_>> = HashMap::new();
        let mut by_key: HashMap<&str, &InventoryMember<'a>> = HashMap::new();
        let (mut told_twice, mut weighed_twice) = (HashSet::new(), HashSet::new());
        for member in &inventory.members {
            match by_key.entry(&member.backend_key) {
                Entry::Vacant(entry) => {
                    entry.insert(member);
                    members.entry(member.pool_id.as_deref().unwrap_or_default()).or_default().push(member);
                }
                Entry::Occupied(first) => {
                    if first.get().weight != member.weight {
                        weighed_twice.insert(*first.key());
                    }
                    if first.get().registration != member.registration {
                        told_twice.insert(*first.key());
                    }
                }
            }
        }
        told_twice.extend(&weighed_twice);
        let mut pools: HashMap<_, Vec<_>> = HashMap::new();
        for pool in &inventory.pools {
            if let Some(id) = pool.pool_id.as_deref() {
                pools.entry(id).or_default().push(pool);
            }
        }
        let has_members_of_no_pool = inventory.members.iter().any(|member| member.pool_id.is_none());
        let unreadable = inventory.warnings.iter().filter(|warning| warning.code == WarningCode::FieldUnreadable);
        let holder = |path: String| path.rsplit_once('/').map(|(holder, _)| holder.to_owned());
        let read_in_part = unreadable.filter_map(|warning| holder(warning.path.to_string())).collect();
        Self {
            inventory,
            members,
            by_key,
            pools,
            has_members_of_no_pool,
            read_in_part,
            told_twice,
            weighed_twice,
            has_numbered_pools: false,
            offset,
        }
    }

    /// Whether everything that it says of the member is known, and nothing else is said of it.
    pub(super) fn is_clear(&self, member: &InventoryMember<'_>) -> bool {
        (self.read_in_part.is_empty() || !self.read_in_part.contains(&*member.evidence.path.text()))
            && !self.told_twice.contains(&*member.backend_key)
    }

    /// The member's weight, where it is one.
    pub(super) fn weight_of(&self, member: &InventoryMember<'_>) -> Option<f64> {
        member.weight.filter(|_| !self.weighed_twice.contains(&*member.backend_key))
    }

    /// The member with this key.
    pub(super) fn member(&self, backend_key: &str) -> Option<&'i InventoryMember<'a>> {
        self.by_key.get(backend_key).copied()
    }

    /// Whether it says of the pool what the vendor says elsewhere: that it is checked, and how many members it has.
    pub(super) fn agrees_with(&self, pool: &PoolSummary<'_>, total: u32) -> bool {
        let is_checked = (pool.check_enabled, self.check_enabled(pool.pool_id.as_deref())) != (Some(true), Some(false));
        is_checked && self.pools_of(pool.pool_id.as_deref()).all(|pool| pool.server_count.is_none_or(|count| count == total))
    }

    pub(super) fn members_of(&self, pool_id: Option<&str>) -> &[&'i InventoryMember<'a>] {
        self.members.get(pool_id.unwrap_or_default()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the members that it has for this pool are of its load balancer. Where they are of no pool, each load balancer is one.
    pub(super) fn is_about(&self, pool: &PoolSummary<'_>) -> bool {
        pool.pool_id.is_some()
            || match self.inventory.pools.as_slice() {
                [only] => {
                    only.load_balancer_ids.is_empty()
                        || pool.load_balancer_id.as_ref().is_some_and(|id| only.load_balancer_ids.contains(id))
                }
                _ => false,
            }
    }

    /// Whether all members of the pool are known.
    pub(super) fn is_whole(&self, pool_id: Option<&str>) -> bool {
        self.inventory.completeness == Completeness::Complete && (pool_id.is_none() || !self.has_members_of_no_pool)
    }

    /// Whether backends of the pool get traffic from other zones, where the inventory says so.
    pub(super) fn cross_zone(&self, pool_id: Option<&str>) -> Option<bool> {
        self.pools_of(pool_id).find_map(|pool| pool.cross_zone)
    }

    /// Whether it is known that the pool forwards to all of its backends once all of them fail.
    pub(super) fn fails_open(&self, pool_id: Option<&str>) -> bool {
        let mut said = self.pools_of(pool_id).map(|pool| pool.fail_open).peekable();
        said.peek().is_some() && said.all(|fails_open| fails_open == Some(true))
    }

    /// Whether the pool is checked, where the inventory says so.
    pub(super) fn check_enabled(&self, pool_id: Option<&str>) -> Option<bool> {
        self.pools_of(pool_id).find_map(|pool| pool.check.as_ref()?.enabled)
    }

    pub(super) fn pools_of(&self, pool_id: Option<&str>) -> impl Iterator<Item = &'i InventoryPool<'a>> {
        pool_id.and_then(|id| self.pools.get(id)).into_iter().flatten().copied()
    }
}

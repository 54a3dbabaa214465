//! An inventory by pool and by member.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use super::names::spelled_key;
use crate::model::inventory::member_of;
use crate::model::key;
use crate::roll_up::agreed;
use crate::{BackendRecord, Completeness, Inventory, InventoryMember, InventoryPool, PoolSummary, Registration, WarningCode};

/// An inventory by pool and by member, as a report asks it.
pub(super) struct Index<'i, 'a> {
    pub(super) inventory: &'i Inventory<'a>,
    /// Distinct members of every pool, in their order; of every load balancer where they are in no pool.
    members: HashMap<&'i str, Vec<&'i InventoryMember<'a>>>,
    /// The same by key. In keys here, every address is in one spelling.
    by_key: HashMap<(&'i str, Cow<'i, str>), &'i InventoryMember<'a>>,
    /// What is said of every pool that has an id.
    pools: HashMap<&'i str, Vec<&'i InventoryPool<'a>>>,
    /// Whether it is not said of some members which pool they are in: they can be in any.
    has_members_of_no_pool: bool,
    /// The keys of members of which a field could not be read, or it says two things.
    unclear: HashSet<Cow<'i, str>>,
    /// The keys of those that another list of the same pool does not have, although it is whole.
    disputed: HashSet<Cow<'i, str>>,
    /// The keys of those that have two weights.
    weighed_twice: HashSet<Cow<'i, str>>,
    /// The keys of those of which two things are said of whether they are registered.
    registered_twice: HashSet<Cow<'i, str>>,
    /// Network interfaces by what they are members of, and their key without the address.
    interfaces: HashMap<&'i str, HashMap<String, Vec<&'i InventoryMember<'a>>>>,
    /// The keys of network interfaces without an address that are there several times, and how many more times: each has another address.
    doubled: HashMap<Cow<'i, str>, u32>,
}

impl<'i, 'a> Index<'i, 'a> {
    pub(super) fn new(inventory: &'i Inventory<'a>) -> Self {
        let warned_of = |code| -> HashSet<Cow<'i, str>> {
            let warnings = inventory.warnings.iter().filter(move |warning| warning.code == code);
            warnings.filter_map(|warning| warning.record_key.as_deref()).map(spelled_key).collect()
        };
        let mut unclear = warned_of(WarningCode::FieldUnreadable);
        let (mut weighed_twice, mut registered_twice, mut doubled) = (HashSet::new(), HashSet::new(), HashMap::new());
        let mut members: HashMap<_, Vec<_>> = HashMap::new();
        let mut by_key: HashMap<_, &InventoryMember<'a>> = HashMap::new();
        let mut interfaces: HashMap<_, HashMap<_, Vec<_>>> = HashMap::new();
        for member in &inventory.members {
            let is_interface = member.backend_id.as_deref().is_some_and(key::is_interface);
            let key = spelled_key(&member.backend_key);
            match by_key.entry((member.member_of(), key.clone())) {
                Entry::Vacant(entry) => {
                    entry.insert(member);
                    members.entry(member.member_of()).or_default().push(member);
                    if is_interface {
                        let bare = key::without_addresses(&key);
                        interfaces.entry(member.member_of()).or_default().entry(bare).or_default().push(member);
                    }
                }
                Entry::Occupied(first) => {
                    if is_interface && member.address.is_none() {
                        *doubled.entry(key.clone()).or_default() += 1;
                    }
                    if first.get().weight != member.weight {
                        weighed_twice.insert(key.clone());
                    }
                    if first.get().registration != member.registration {
                        registered_twice.insert(key);
                    }
                }
            }
        }
        unclear.extend(weighed_twice.union(&registered_twice).cloned());
        let mut pools: HashMap<_, Vec<_>> = HashMap::new();
        for pool in &inventory.pools {
            if let Some(id) = pool.pool_id.as_deref() {
                pools.entry(id).or_default().push(pool);
            }
        }
        let has_members_of_no_pool = inventory.members.iter().any(|member| member.pool_id.is_none());
        Self {
            inventory,
            members,
            by_key,
            pools,
            has_members_of_no_pool,
            unclear,
            disputed: warned_of(WarningCode::NotInInventory),
            weighed_twice,
            registered_twice,
            interfaces,
            doubled,
        }
    }

    /// Whether everything that it says of the member is known, and nothing else is said of it.
    pub(super) fn is_clear(&self, member: &InventoryMember<'_>) -> bool {
        !self.unclear.contains(&spelled_key(&member.backend_key))
    }

    /// Whether everything that it has says that the member is registered.
    pub(super) fn is_undisputed(&self, member: &InventoryMember<'_>) -> bool {
        !self.disputed.contains(&spelled_key(&member.backend_key))
    }

    /// The member's weight, where it is one.
    pub(super) fn weight_of(&self, member: &InventoryMember<'_>) -> Option<f64> {
        member.weight.filter(|_| !self.weighed_twice.contains(&spelled_key(&member.backend_key)))
    }

    /// Whether the member is registered.
    pub(super) fn registration_of(&self, member: &InventoryMember<'_>) -> Registration {
        let is_told_twice = self.registered_twice.contains(&spelled_key(&member.backend_key));
        if is_told_twice { Registration::Unknown } else { member.registration }
    }

    /// The member with this key of this pool; of this load balancer where it is in no pool.
    pub(super) fn member(&self, whole: &str, key: &str) -> Option<&'i InventoryMember<'a>> {
        self.by_key.get(&(whole, spelled_key(key))).copied()
    }

    /// The addresses of the network interface that has this key without them.
    pub(super) fn interfaces(&self, whole: &str, bare: &str) -> &[&'i InventoryMember<'a>] {
        self.interfaces.get(whole).and_then(|interfaces| interfaces.get(bare)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the member is a network interface that is there several times without its address.
    pub(super) fn has_several(&self, member: &InventoryMember<'_>) -> bool {
        self.further(member) > 0
    }

    /// How many more times the member is there, as a network interface without its address.
    pub(super) fn further(&self, member: &InventoryMember<'_>) -> u32 {
        self.doubled.get(&spelled_key(&member.backend_key)).copied().unwrap_or_default()
    }

    /// Whether the vendor says elsewhere that the pool is checked, and it says that it is not.
    pub(super) fn disputes_check(&self, pool: &PoolSummary<'_>) -> bool {
        let is_off = |known: &InventoryPool<'_>| known.check_enabled() == Some(false);
        pool.check_enabled == Some(true) && self.pools_of(pool.pool_id.as_deref()).any(is_off)
    }

    /// Whether it counts the members of the pool, and not so many.
    pub(super) fn counts_others(&self, pool: &PoolSummary<'_>, total: RangeInclusive<u32>) -> bool {
        let is_another = |known: &InventoryPool<'_>| known.server_count.is_some_and(|count| !total.contains(&count));
        self.pools_of(pool.pool_id.as_deref()).any(is_another)
    }

    /// The members of the pool; of its load balancer where it has no id.
    pub(super) fn members_of(&self, pool: &PoolSummary<'_>) -> &[&'i InventoryMember<'a>] {
        self.members_in(member_of(pool.pool_id.as_deref(), pool.load_balancer_id.as_deref()))
    }

    /// The members of what has this id.
    pub(super) fn members_in(&self, whole: &str) -> &[&'i InventoryMember<'a>] {
        self.members.get(whole).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether all members of the pool are known.
    pub(super) fn is_whole(&self, pool_id: Option<&str>) -> bool {
        self.inventory.completeness == Completeness::Complete && (pool_id.is_none() || !self.has_members_of_no_pool)
    }

    /// Whether backends of the pool get traffic from other zones, where the inventory says so.
    pub(super) fn cross_zone(&self, pool_id: Option<&str>) -> Option<bool> {
        agreed(self.pools_of(pool_id).filter_map(|pool| pool.cross_zone))
    }

    /// Whether it is known that the pool forwards to all of its backends once all of them fail.
    pub(super) fn fails_open(&self, pool_id: Option<&str>) -> bool {
        let mut said = self.pools_of(pool_id).map(|pool| pool.fail_open).peekable();
        said.peek().is_some() && said.all(|fails_open| fails_open == Some(true))
    }

    /// Whether the pool is checked, where the inventory says so.
    pub(super) fn check_enabled(&self, pool_id: Option<&str>) -> Option<bool> {
        agreed(self.pools_of(pool_id).filter_map(InventoryPool::check_enabled))
    }

    pub(super) fn pools_of(&self, pool_id: Option<&str>) -> impl DoubleEndedIterator<Item = &'i InventoryPool<'a>> {
        pool_id.and_then(|id| self.pools.get(id)).into_iter().flatten().copied()
    }
}

/// What the backend of the record is a member of.
pub(super) fn whole_of<'r>(record: &'r BackendRecord<'_>) -> &'r str {
    member_of(record.pool_id.as_deref(), record.load_balancer_id.as_deref())
}

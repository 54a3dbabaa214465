//! Which member of an inventory a backend of a report is. Where only one side tells the addresses of a network interface, their keys differ.

use std::collections::{HashMap, HashSet};

use super::index::{Index, whole_of};
use crate::model::key;
use crate::{BackendRecord, HealthReport, InventoryMember};

/// The members of an inventory, as the records of a report are about them.
pub(super) struct Matching<'i, 'a> {
    pub(super) index: &'i Index<'i, 'a>,
    /// Network interfaces that the inventory may have by another key, by place and by the report's key.
    interfaces: HashMap<String, HashMap<String, Interface<'i, 'a>>>,
}

/// A network interface, as the inventory has it.
enum Interface<'i, 'a> {
    Member(&'i InventoryMember<'a>),
    /// Any of these, or of others.
    OneOf(Vec<&'i InventoryMember<'a>>),
    /// Any of these, and no others.
    OneOfThese(Vec<&'i InventoryMember<'a>>),
}

/// A network interface at a place.
struct Seen<'r, 'a> {
    first: &'r BackendRecord<'a>,
    is_repeated: bool,
}

/// A network interface of the report, and the members that it can be.
struct Open<'r, 'i, 'a> {
    place: &'r str,
    own: &'r str,
    seen: &'r Seen<'r, 'a>,
    members: Vec<&'i InventoryMember<'a>>,
}

impl<'i, 'a> Matching<'i, 'a> {
    pub(super) fn new(report: &HealthReport<'a>, index: &'i Index<'i, 'a>) -> Self {
        let mut places: HashMap<&str, HashMap<&str, Seen<'_, 'a>>> = HashMap::new();
        for record in report.records.iter().filter(|record| record.backend_id.as_deref().is_some_and(key::is_interface)) {
            let keys = places.entry(&record.pool_key).or_default();
            let seen = keys.entry(&record.backend_key).and_modify(|seen| seen.is_repeated = true);
            seen.or_insert(Seen { first: record, is_repeated: false });
        }
        let open: Vec<_> = places.iter().flat_map(|(place, keys)| open_at(place, keys, index)).collect();
        // Two addresses can stand at two places, and be one member at neither.
        let mut claims: HashMap<(&str, &str), HashSet<&str>> = HashMap::new();
        for Open { own, members, .. } in &open {
            for member in members {
                claims.entry((member.member_of(), &*member.backend_key)).or_default().insert(*own);
            }
        }
        let mut interfaces: HashMap<String, HashMap<String, Interface<'i, 'a>>> = HashMap::new();
        for Open { place, own, seen, members } in open {
            let is_only_claim = |member: &&InventoryMember<'_>| {
                claims.get(&(member.member_of(), &*member.backend_key)).is_some_and(|claims| claims.len() == 1)
            };
            let is_alone = members.iter().all(|member| is_only_claim(member) && !index.has_several(member));
            let is_all = is_alone && !seen.is_repeated && index.is_whole(seen.first.pool_id.as_deref());
            let interface = match members.as_slice() {
                [only] if is_all => Interface::Member(only),
                _ if is_all => Interface::OneOfThese(members),
                _ => Interface::OneOf(members),
            };
            interfaces.entry(place.to_owned()).or_default().insert(own.to_owned(), interface);
        }
        Self { index, interfaces }
    }

    /// The member that this record is about.
    pub(super) fn member(&self, record: &BackendRecord<'_>) -> Option<&'i InventoryMember<'a>> {
        match self.interface(record) {
            Some(Interface::Member(member)) => Some(member),
            Some(Interface::OneOf(_) | Interface::OneOfThese(_)) => None,
            None => self.index.member(whole_of(record), &record.backend_key),
        }
    }

    /// Those of which it is one, where nobody can say which.
    pub(super) fn candidates(&self, record: &BackendRecord<'_>) -> &[&'i InventoryMember<'a>] {
        match self.interface(record) {
            Some(Interface::OneOf(members) | Interface::OneOfThese(members)) => members,
            _ => &[],
        }
    }

    /// The same, where it cannot be another.
    pub(super) fn only_candidates(&self, record: &BackendRecord<'_>) -> &[&'i InventoryMember<'a>] {
        match self.interface(record) {
            Some(Interface::OneOfThese(members)) => members,
            _ => &[],
        }
    }

    fn interface(&self, record: &BackendRecord<'_>) -> Option<&Interface<'i, 'a>> {
        self.interfaces.get(&*record.pool_key)?.get(&*record.backend_key)
    }
}

/// The network interfaces of one place of which it is not plain, by their keys alone, which members they are.
fn open_at<'r, 'i, 'a>(
    place: &'r str,
    keys: &'r HashMap<&'r str, Seen<'r, 'a>>,
    index: &'i Index<'i, 'a>,
) -> impl Iterator<Item = Open<'r, 'i, 'a>> {
    keys.iter().filter_map(move |(own, seen)| {
        let bare = key::without_addresses(own);
        let has_address = |key: &str| key != bare;
        let members = index.interfaces(whole_of(seen.first), &bare);
        let is_plain = match members {
            [only] => *only.backend_key == **own && !index.has_several(only),
            _ => has_address(own) && index.member(whole_of(seen.first), own).is_some(),
        };
        // Of two addresses, both are told; and one that is told here is none that is not.
        let may_be = |member: &&&InventoryMember<'_>| {
            let key = &*member.backend_key;
            !has_address(key) || !(has_address(own) || keys.contains_key(key))
        };
        let members: Vec<_> = members.iter().filter(may_be).copied().collect();
        (!is_plain && !members.is_empty()).then_some(Open { place, own, seen, members })
    })
}

/// Whether each of these backends, which the inventory does not have, can be another of these members: it shares an id or an address with
/// it. Some of those that could are not found; then nothing is concluded.
pub(super) fn can_all_be(strangers: &[&BackendRecord<'_>], members: &[&InventoryMember<'_>], index: &Index<'_, '_>) -> bool {
    let mut by_name: HashMap<&str, Vec<(usize, &InventoryMember<'_>)>> = HashMap::new();
    for (number, member) in members.iter().enumerate() {
        for name in names_of(member).into_iter().flatten() {
            by_name.entry(name).or_default().push((number, member));
        }
    }
    // They stand under their other name still.
    let mut taken = HashSet::new();
    strangers.iter().all(|stranger| {
        called(stranger).into_iter().flatten().any(|name| {
            let Some(free) = by_name.get_mut(name) else { return false };
            let is_free = |(number, member): &(usize, &InventoryMember<'_>)| !taken.contains(number) && may_be(stranger, member);
            let Some(at) = free.iter().position(is_free) else { return false };
            // Of one that is there several times nobody can say how often.
            if free.get(at).is_some_and(|(_, member)| !index.has_several(member)) {
                taken.insert(free.swap_remove(at).0);
            }
            true
        })
    })
}

/// Whether nothing tells them apart that share a name: two addresses of one network interface are two backends.
fn may_be(record: &BackendRecord<'_>, member: &InventoryMember<'_>) -> bool {
    let is_interface = record.backend_id.as_deref().is_some_and(key::is_interface);
    let addresses = record.address.as_deref().zip(member.address.as_deref());
    !is_interface || addresses.is_none_or(|(one, other)| one == other)
}

/// What a backend is called by: its id and its address.
pub(super) fn called<'r>(record: &'r BackendRecord<'_>) -> [Option<&'r str>; 2] {
    [record.backend_id.as_deref(), record.address.as_deref()]
}

/// The same of a member.
pub(super) fn names_of<'m>(member: &'m InventoryMember<'_>) -> [Option<&'m str>; 2] {
    [member.backend_id.as_deref(), member.address.as_deref()]
}

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

impl<'i, 'a> Matching<'i, 'a> {
    pub(super) fn new(report: &HealthReport<'a>, index: &'i Index<'i, 'a>) -> Self {
        let mut places: HashMap<&str, HashMap<&str, Seen<'_, 'a>>> = HashMap::new();
        for record in report.records.iter().filter(|record| record.backend_id.as_deref().is_some_and(key::is_interface)) {
            let keys = places.entry(&record.pool_key).or_default();
            let seen = keys.entry(&record.backend_key).and_modify(|seen| seen.is_repeated = true);
            seen.or_insert(Seen { first: record, is_repeated: false });
        }
        let at_place = |(place, keys): (&&str, &HashMap<&str, Seen<'_, 'a>>)| {
            let interfaces = interfaces_at(keys, index);
            (!interfaces.is_empty()).then(|| ((*place).to_owned(), interfaces))
        };
        Self { index, interfaces: places.iter().filter_map(at_place).collect() }
    }

    /// The member that this record is about.
    pub(super) fn member(&self, record: &BackendRecord<'_>) -> Option<&'i InventoryMember<'a>> {
        match self.interface(record) {
            Some(Interface::Member(member)) => Some(member),
            _ => self.index.member(whole_of(record), &record.backend_key),
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

/// The network interfaces of one place that the inventory may have by another key.
fn interfaces_at<'i, 'a>(keys: &HashMap<&str, Seen<'_, 'a>>, index: &'i Index<'i, 'a>) -> HashMap<String, Interface<'i, 'a>> {
    let mut open = Vec::new();
    let mut claims: HashMap<&str, usize> = HashMap::new();
    for (own, seen) in keys.iter().filter(|(own, seen)| index.member(whole_of(seen.first), own).is_none()) {
        let bare = key::without_addresses(own);
        // Of two addresses, both are told.
        let may_be = |member: &&&InventoryMember<'_>| *own == bare || *member.backend_key == *bare;
        let members =
            index.interfaces(whole_of(seen.first), &bare).iter().filter(|member| !keys.contains_key(&*member.backend_key));
        let members: Vec<_> = members.filter(may_be).copied().collect();
        for member in &members {
            *claims.entry(&*member.backend_key).or_default() += 1;
        }
        if !members.is_empty() {
            open.push((*own, seen, members));
        }
    }
    let interface = |(own, seen, members): (&str, &Seen<'_, 'a>, Vec<&'i InventoryMember<'a>>)| {
        let is_alone = members.iter().all(|member| claims.get(&*member.backend_key) == Some(&1) && !index.has_several(member));
        let is_all = is_alone && !seen.is_repeated && index.is_whole(seen.first.pool_id.as_deref());
        let interface = match members.as_slice() {
            [only] if is_all => Interface::Member(only),
            _ if is_all => Interface::OneOfThese(members),
            _ => Interface::OneOf(members),
        };
        (own.to_owned(), interface)
    };
    open.into_iter().map(interface).collect()
}

/// Whether each of these backends, which the inventory does not have, can be another of these members: it shares an id or an address with
/// it. Some of those that could are not found; then nothing is concluded.
pub(super) fn can_all_be(strangers: &[&BackendRecord<'_>], members: &[&InventoryMember<'_>]) -> bool {
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, member) in members.iter().enumerate() {
        for name in names_of(member).into_iter().flatten() {
            by_name.entry(name).or_default().push(number);
        }
    }
    let mut taken = HashSet::new();
    strangers.iter().all(|stranger| {
        let names = [stranger.backend_id.as_deref(), stranger.address.as_deref()];
        let is_free =
            |number: &usize| !taken.contains(number) && members.get(*number).is_some_and(|member| may_be(stranger, member));
        let found = names.into_iter().flatten().find_map(|name| {
            let numbers = by_name.get_mut(name)?;
            let at = numbers.iter().position(is_free)?;
            Some(numbers.swap_remove(at))
        });
        found.is_some_and(|number| taken.insert(number))
    })
}

/// Whether nothing tells them apart that share a name: two addresses of one network interface are two backends.
fn may_be(record: &BackendRecord<'_>, member: &InventoryMember<'_>) -> bool {
    let is_interface = record.backend_id.as_deref().is_some_and(key::is_interface);
    let addresses = record.address.as_deref().zip(member.address.as_deref());
    !is_interface || addresses.is_none_or(|(one, other)| one == other)
}

/// What a member is called by: its id and its address.
pub(super) fn names_of<'m>(member: &'m InventoryMember<'_>) -> [Option<&'m str>; 2] {
    [member.backend_id.as_deref(), member.address.as_deref()]
}

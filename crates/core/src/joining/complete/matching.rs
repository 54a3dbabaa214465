//! Which member of an inventory a backend of a report is. Where one side tells less than the other, their keys differ: of a network interface
//! its addresses, of any backend its port or its id.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::index::{Index, whole_of};
use super::names::{AllNames, Called, spelled_key};
use crate::model::key;
use crate::{BackendRecord, HealthReport, InventoryMember};

/// The members of an inventory, as the records of a report are about them.
pub(super) struct Matching<'i, 'a> {
    pub(super) index: &'i Index<'i, 'a>,
    /// Backends that the inventory may have by another key, by place and by the report's key. In keys here, every address is in one
    /// spelling.
    others: HashMap<String, HashMap<String, Other<'i, 'a>>>,
}

/// A backend, as the inventory has it by another key.
enum Other<'i, 'a> {
    Member(&'i InventoryMember<'a>),
    /// Any of these, or of others.
    OneOf(Vec<&'i InventoryMember<'a>>),
    /// Any of these, and no others.
    OneOfThese(Vec<&'i InventoryMember<'a>>),
}

/// A backend at a place.
struct Seen<'r, 'a> {
    first: &'r BackendRecord<'a>,
    is_repeated: bool,
}

/// A backend of the report, and the members that it can be.
struct Open<'r, 'i, 'a> {
    place: &'r str,
    own: &'r str,
    seen: &'r Seen<'r, 'a>,
    members: Vec<&'i InventoryMember<'a>>,
    /// Whether it shares a name with all of them.
    is_sharing: bool,
}

/// The backends of a place by key.
type Keys<'r, 'a> = HashMap<Cow<'r, str>, Seen<'r, 'a>>;

impl<'i, 'a> Matching<'i, 'a> {
    pub(super) fn new(report: &HealthReport<'a>, index: &'i Index<'i, 'a>) -> Self {
        let mut places: HashMap<&str, Keys<'_, 'a>> = HashMap::new();
        for record in &report.records {
            let keys = places.entry(&record.pool_key).or_default();
            let seen = keys.entry(spelled_key(&record.backend_key)).and_modify(|seen| seen.is_repeated = true);
            seen.or_insert(Seen { first: record, is_repeated: false });
        }
        let mut names = AllNames::new(index);
        let mut open = Vec::new();
        for (place, keys) in &places {
            open.extend(keys.iter().filter_map(|(own, seen)| open_at(place, own, seen, keys, index, &mut names)));
        }
        // Two addresses can stand at two places, and be one member at neither.
        let mut claims: HashMap<(&str, &str), HashSet<&str>> = HashMap::new();
        for Open { own, members, .. } in &open {
            for member in members {
                claims.entry((member.member_of(), &*member.backend_key)).or_default().insert(*own);
            }
        }
        let mut others: HashMap<String, HashMap<String, Other<'i, 'a>>> = HashMap::new();
        for Open { place, own, seen, members, is_sharing } in open {
            let is_only_claim = |member: &&InventoryMember<'_>| {
                claims.get(&(member.member_of(), &*member.backend_key)).is_some_and(|claims| claims.len() == 1)
            };
            let is_alone = members.iter().all(|member| is_only_claim(member) && !index.has_several(member));
            let is_all = is_sharing && is_alone && !seen.is_repeated && index.is_whole(seen.first.pool_id.as_deref());
            let other = match members.as_slice() {
                [only] if is_all => Other::Member(only),
                _ if is_all => Other::OneOfThese(members),
                _ => Other::OneOf(members),
            };
            others.entry(place.to_owned()).or_default().insert(own.to_owned(), other);
        }
        Self { index, others }
    }

    /// The member that this record is about.
    pub(super) fn member(&self, record: &BackendRecord<'_>) -> Option<&'i InventoryMember<'a>> {
        match self.other(record) {
            Some(Other::Member(member)) => Some(member),
            Some(Other::OneOf(_) | Other::OneOfThese(_)) => None,
            None => self.index.member(whole_of(record), &record.backend_key),
        }
    }

    /// Those of which it is one, where nobody can say which.
    pub(super) fn candidates(&self, record: &BackendRecord<'_>) -> &[&'i InventoryMember<'a>] {
        match self.other(record) {
            Some(Other::OneOf(members) | Other::OneOfThese(members)) => members,
            _ => &[],
        }
    }

    /// The same, where it cannot be another.
    pub(super) fn only_candidates(&self, record: &BackendRecord<'_>) -> &[&'i InventoryMember<'a>] {
        match self.other(record) {
            Some(Other::OneOfThese(members)) => members,
            _ => &[],
        }
    }

    fn other(&self, record: &BackendRecord<'_>) -> Option<&Other<'i, 'a>> {
        self.others.get(&*record.pool_key)?.get(&*spelled_key(&record.backend_key))
    }
}

/// The members that a backend can be, where it is not plain by its key alone which one it is.
fn open_at<'r, 'i, 'a>(
    place: &'r str,
    own: &'r str,
    seen: &'r Seen<'r, 'a>,
    keys: &Keys<'r, 'a>,
    index: &'i Index<'i, 'a>,
    names: &mut AllNames<'i, 'a>,
) -> Option<Open<'r, 'i, 'a>> {
    let whole = whole_of(seen.first);
    let mut members = addresses_of(own, seen.first, keys, index);
    // One that is told here is none that is not.
    let is_untold = |member: &&InventoryMember<'_>| !keys.contains_key(&spelled_key(&member.backend_key));
    if members.is_empty() {
        if index.member(whole, own).is_some() {
            return None;
        }
        members = names.of(seen.first).sharing(seen.first);
        members.retain(is_untold);
    }
    let shared = members.len();
    members.extend(names.of(seen.first).beside(seen.first).into_iter().filter(is_untold));
    let is_sharing = members.len() == shared;
    (!members.is_empty()).then_some(Open { place, own, seen, members, is_sharing })
}

/// The members of the network interface that a backend can be, where it is not plain by its key alone which one it is.
fn addresses_of<'i, 'a>(
    own: &str,
    record: &BackendRecord<'a>,
    keys: &Keys<'_, 'a>,
    index: &'i Index<'i, 'a>,
) -> Vec<&'i InventoryMember<'a>> {
    if !record.backend_id.as_deref().is_some_and(key::is_interface) {
        return Vec::new();
    }
    let bare = key::without_addresses(own);
    let has_address = |key: &str| key != bare;
    let members = index.interfaces(whole_of(record), &bare);
    let is_plain = match members {
        [only] => spelled_key(&only.backend_key) == own && !index.has_several(only),
        _ => has_address(own) && index.member(whole_of(record), own).is_some(),
    };
    if is_plain {
        return Vec::new();
    }
    // Of two addresses, both are told; and one that is told here is none that is not.
    let may_be = |member: &&&InventoryMember<'_>| {
        let key = spelled_key(&member.backend_key);
        !has_address(&key) || !(has_address(own) || keys.contains_key(&key))
    };
    members.iter().filter(may_be).copied().collect()
}

/// Whether each of these backends, which the inventory does not have, can be another of these members: it shares an id or an address with
/// it. Some of those that could are not found; then nothing is concluded.
pub(super) fn can_all_be(strangers: &[&BackendRecord<'_>], members: &[&InventoryMember<'_>], index: &Index<'_, '_>) -> bool {
    let mut by_name: HashMap<Cow<'_, str>, Vec<(usize, &InventoryMember<'_>)>> = HashMap::new();
    for (number, member) in members.iter().enumerate() {
        for name in Called::member(member).names() {
            by_name.entry(name).or_default().push((number, member));
        }
    }
    // They stand under their other name still.
    let mut taken = HashSet::new();
    strangers.iter().all(|stranger| {
        Called::record(stranger).names().any(|name| {
            let Some(free) = by_name.get_mut(&name) else { return false };
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
    let record = Called::record(record);
    !record.is_interface() || record.is_same_address(&Called::member(member))
}

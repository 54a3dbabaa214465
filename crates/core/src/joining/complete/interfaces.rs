//! Network interfaces of which only the report, or only the inventory, tells the addresses, so that their keys differ.

use std::collections::{HashMap, HashSet};

use super::index::whole_of;
use crate::model::key;
use crate::{BackendRecord, HealthReport, InventoryMember};

/// Network interfaces that the inventory may have by another key than the report.
pub(super) struct Interfaces<'i> {
    /// By what they are members of, and the report's key.
    known: HashMap<String, HashMap<String, Interface<'i>>>,
}

/// A network interface, as the inventory has it.
#[derive(Clone, Copy)]
pub(super) enum Interface<'i> {
    /// The member with this key.
    Member(&'i str),
    /// Several can be meant.
    OneOfSeveral,
}

/// Keys of one interface that the other side has not.
#[derive(Default)]
struct Unmatched<'r, 'i> {
    listed: Vec<&'r str>,
    members: Vec<&'i str>,
}

impl<'i> Interfaces<'i> {
    /// `members` are those of the inventory, by what they are members of and their key; `doubled` the keys that it has several times.
    pub(super) fn new(
        report: &HealthReport<'_>,
        members: &HashMap<(&'i str, &'i str), &'i InventoryMember<'_>>,
        doubled: &HashSet<&str>,
    ) -> Self {
        let is_interface = |id: Option<&str>| id.is_some_and(key::is_interface);
        let listed = report.records.iter().filter(|record| is_interface(record.backend_id.as_deref()));
        let listed: HashSet<(&str, &str)> = listed.map(|record| (whole_of(record), &*record.backend_key)).collect();
        let mut unmatched: HashMap<(&str, String), Unmatched<'_, 'i>> = HashMap::new();
        for (whole, own) in listed.iter().filter(|place| !members.contains_key(*place)) {
            unmatched.entry((whole, key::without_addresses(own))).or_default().listed.push(own);
        }
        if unmatched.is_empty() {
            return Self { known: HashMap::new() };
        }
        let interfaces = members.iter().filter(|(_, member)| is_interface(member.backend_id.as_deref()));
        for (place, _) in interfaces.filter(|(place, _)| !listed.contains(*place)) {
            let (whole, own) = *place;
            if let Some(unmatched) = unmatched.get_mut(&(whole, key::without_addresses(own))) {
                unmatched.members.push(own);
            }
        }
        let mut known: HashMap<String, HashMap<String, Interface<'i>>> = HashMap::new();
        for ((whole, bare), Unmatched { listed, members }) in unmatched {
            let is_one_without_address = listed.iter().chain(&members).any(|own| **own == *bare);
            let interface = match (listed.as_slice(), members.as_slice()) {
                // Of two addresses, both are told.
                _ if !is_one_without_address => continue,
                (_, []) => continue,
                // Twice without its address, it has several.
                ([_], [only]) if !(**only == *bare && doubled.contains(only)) => Interface::Member(only),
                _ => Interface::OneOfSeveral,
            };
            known.entry(whole.to_owned()).or_default().extend(listed.into_iter().map(|own| (own.to_owned(), interface)));
        }
        Self { known }
    }

    /// The interface of the record, where the inventory may have it by another key.
    pub(super) fn get(&self, record: &BackendRecord<'_>) -> Option<Interface<'i>> {
        self.known.get(whole_of(record))?.get(&*record.backend_key).copied()
    }
}

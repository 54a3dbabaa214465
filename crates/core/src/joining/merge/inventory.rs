//! One inventory from the pages of an answer, and which of its lists contradict each other.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{not_alike, tell_no_pages};
use crate::joining::answers::{Answers, worst};
use crate::model::source::shifted;
use crate::{Completeness, Error, ErrorKind, Inventory, InventoryMember, Source, Warning, WarningCode};

impl Inventory<'_> {
    /// One inventory from several of one adapter: pages of one answer, or answers of several calls.
    ///
    /// # Errors
    ///
    /// [`NotMergeable`](ErrorKind::NotMergeable) where they are of different adapters, [`NothingToMerge`](ErrorKind::NothingToMerge) where
    /// there are none.
    pub fn merge(pages: impl IntoIterator<Item = Self>) -> Result<Self, Error> {
        let mut pages = pages.into_iter().peekable();
        let mut merged = pages.next().ok_or(ErrorKind::NothingToMerge)?;
        if pages.peek().is_none() {
            return Ok(merged);
        }
        merged.sources = Source::all_of(&merged.sources, &merged.operation, merged.request_id.as_ref());
        let mut answers = Answers::default();
        answers.add_inventory(&merged);
        let mut lists = Lists::default();
        lists.add(&merged);
        let mut told = Told::default();
        told.add(&merged.members, 0);
        for page in pages {
            if page.adapter != merged.adapter {
                return Err(not_alike(&merged.adapter, &page.adapter));
            }
            if answers.add_inventory(&page) {
                lists.add(&page);
            } else if page.pools.iter().all(|pool| merged.pools.contains(pool))
                && page.members.iter().all(|member| told.has(member, &merged.members))
            {
                // The same list, fetched for another listener: its members are not there twice.
                continue;
            }
            if merged.member_count != page.member_count {
                merged.member_count = None;
            }
            let offset = merged.sources.len();
            merged.sources.extend(Source::all_of(&page.sources, &page.operation, page.request_id.as_ref()));
            merged.pools.extend(page.pools);
            merged.warnings.extend(page.warnings);
            let first = merged.members.len();
            for mut member in page.members {
                member.evidence.source = shifted(member.evidence.source, offset);
                merged.members.push(member);
            }
            told.add(merged.members.get(first..).unwrap_or_default(), first);
        }
        (merged.completeness, merged.next_page) = worst(&answers.endings());
        tell_no_pages(&mut merged.warnings, merged.completeness);
        if merged.completeness == Completeness::Complete {
            // What the last page missed stands on those before it.
            merged.warnings.retain(|warning| warning.code != WarningCode::CountContradictsList);
        }
        let disputed = merged.members.iter().filter(|member| lists.dispute(member)).map(|member| {
            let message = "another list of the members of its pool, which says that it is whole, does not have it";
            Warning::new(WarningCode::NotInInventory, member.evidence.path.clone(), None, message).about(&member.backend_key)
        });
        merged.warnings.extend(disputed);
        Ok(merged)
    }
}

/// The numbers of the members that were told, by key.
#[derive(Default)]
struct Told<'a>(HashMap<Cow<'a, str>, Vec<usize>>);

impl<'a> Told<'a> {
    /// Adds these members, whose numbers begin with this one.
    fn add(&mut self, members: &[InventoryMember<'a>], first: usize) {
        for (number, member) in (first..).zip(members) {
            self.0.entry(member.backend_key.clone()).or_default().push(number);
        }
    }

    /// Whether one of these members is the member, told in another reply.
    fn has(&self, member: &InventoryMember<'a>, members: &[InventoryMember<'a>]) -> bool {
        let alike = self.0.get(&member.backend_key).into_iter().flatten().filter_map(|number| members.get(*number));
        let mut alike = alike.filter(|known| known.evidence.path == member.evidence.path);
        alike.any(|known| {
            let mut member = member.clone();
            member.evidence.source = known.evidence.source;
            member == *known
        })
    }
}

/// The lists of members that are whole, as far as they say.
#[derive(Default)]
struct Lists<'a> {
    /// How many there are, and how many of them have each member, by what these are members of.
    of: HashMap<String, (usize, HashMap<Cow<'a, str>, usize>)>,
    /// Those of the pages of which the last has not come, by operation and what they are members of.
    begun: HashMap<(Cow<'a, str>, String), Keys<'a>>,
}

type Keys<'a> = HashSet<Cow<'a, str>>;

impl<'a> Lists<'a> {
    fn add(&mut self, inventory: &Inventory<'a>) {
        let mut own: HashMap<String, Keys<'a>> = HashMap::new();
        for member in &inventory.members {
            own.entry(member.member_of().to_owned()).or_default().insert(member.backend_key.clone());
        }
        for (whole, mut keys) in own {
            let begun = (inventory.operation.clone(), whole);
            if inventory.next_page.is_some() {
                self.begun.entry(begun).or_default().extend(keys);
                continue;
            }
            let before = self.begun.remove(&begun);
            // One that is short stands on pages that come later.
            if before.is_some() || inventory.completeness == Completeness::Complete {
                keys.extend(before.into_iter().flatten());
                let (lists, having) = self.of.entry(begun.1).or_default();
                *lists += 1;
                for key in keys {
                    *having.entry(key).or_default() += 1;
                }
            }
        }
    }

    /// Whether one of the lists of its pool has the member, and another has not.
    fn dispute(&self, member: &InventoryMember<'_>) -> bool {
        let Some((lists, having)) = self.of.get(member.member_of()) else { return false };
        having.get(&*member.backend_key).is_some_and(|having| having < lists)
    }
}

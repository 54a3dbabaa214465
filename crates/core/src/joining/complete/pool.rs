//! One pool of a report, completed. Its records are told by their `numbers` among those of the report.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Completion;
use super::listed::Listed;
use super::member::refine;
use super::names::spelled_key;
use crate::model::count;
use crate::{BackendHealth, BackendRecord, Certainty, Coverage, Pointer, PoolSummary, Traffic, Warning, WarningCode};

impl<'a> Completion<'_, 'a> {
    pub(super) fn complete_pool(&mut self, pool: &mut PoolSummary<'a>, numbers: &mut Vec<usize>) {
        let members = self.index.members_of(pool);
        let unreadable = pool.listed_count.unwrap_or_default().saturating_sub(count(numbers.len()));
        let disputes_check = self.index.disputes_check(pool);
        if disputes_check {
            let message = "the reply says that the pool is checked and the inventory that it is not, so that is not known";
            self.doubt(pool, WarningCode::CheckFlagDisputed, None, message);
            pool.check_enabled = None;
        }
        let total = count(members.len());
        // A network interface that is there several times without its address has that many.
        let most = members.iter().fold(total, |most, member| most.saturating_add(self.index.further(member)));
        let is_whole = self.index.is_whole(pool.pool_id.as_deref());
        let agrees = pool.server_count.is_none_or(|count| count == most);
        let another = pool.server_count.filter(|count| !(total..=most).contains(count));
        // Of an inventory that is not whole, or has only the pool, there can only be too many.
        let has_others = !members.is_empty() && another.is_some_and(|count| is_whole || count < total);
        let is_told = pool.server_count.is_some() || (is_whole && !members.is_empty());
        let counts_others = is_told && self.index.counts_others(pool, another.map_or(total..=most, |count| count..=count));
        if has_others || counts_others {
            // What was concluded for the vendor's figure is not true of these members.
            let message = if has_others {
                format!("the inventory has {total} members of the pool, so nothing is concluded from absence").into()
            } else {
                Cow::Borrowed("the inventory counts another number of backends, so nothing is concluded from absence")
            };
            self.doubt(pool, WarningCode::CountContradictsInventory, pool.server_count, message);
        }
        if members.is_empty() {
            self.open_failing(pool, numbers);
            return self.count(pool, numbers, unreadable, false);
        }
        self.refine_listed(pool, numbers);
        if most == total {
            self.open_failing(pool, numbers);
        }
        let listed = Listed::new(self.numbered(numbers), members, &self.matching);
        let has_surplus = listed.has_surplus || pool.pool_id.as_deref().is_some_and(|id| self.surplus.contains(id));
        let contradicts = is_whole && (has_surplus || disputes_check || counts_others);
        if contradicts {
            pool.doubt_unlisted();
        }
        numbers.extend(self.add_unlisted(pool, &listed, agrees && is_whole && !contradicts));
        // One that is listed and may be a member that has a record of its own would be counted twice, and the addresses of an interface that
        // have one record once.
        let is_plain = most == total && !members.iter().any(|member| !listed.has(member) && listed.may_have(member));
        self.count(pool, numbers, unreadable, is_plain && is_whole && !contradicts && pool.listed_count.is_some());
    }

    /// Takes back what was concluded of the pool, because of this figure or another contradiction.
    fn doubt(&mut self, pool: &mut PoolSummary<'a>, code: WarningCode, figure: Option<u32>, message: impl Into<Cow<'a, str>>) {
        pool.doubt_unlisted();
        self.doubted.insert(pool.pool_key.clone());
        let value = figure.map(|figure| figure.to_string().into());
        self.report.warnings.push(Warning::new(code, pool.path.clone(), value, message));
    }

    /// Completes a place where the report lists backends and says nothing of the pool as a whole. Of a report that has only what was asked
    /// for, nobody is missing.
    pub(super) fn complete_place(&mut self, numbers: &[usize]) {
        let Some(first) = self.numbered(numbers).next() else { return };
        let mut pool = PoolSummary::new(&first.place(), Pointer::ROOT);
        pool.pool_key.clone_from(&first.pool_key);
        let members = self.index.members_of(&pool);
        if !members.is_empty() {
            self.refine_listed(&pool, numbers);
        }
        self.open_failing(&pool, numbers);
        if self.report.coverage != Coverage::Selected {
            let listed = Listed::new(self.numbered(numbers), members, &self.matching);
            self.add_unlisted(&pool, &listed, false);
        }
    }

    /// Gives listed records what the inventory knows of them.
    fn refine_listed(&mut self, pool: &PoolSummary<'a>, numbers: &[usize]) {
        let cross_zone = self.index.cross_zone(pool.pool_id.as_deref());
        let is_concluded = self.concluded(numbers);
        for number in numbers {
            let Some(record) = self.report.records.get_mut(*number) else { continue };
            let Some(member) = self.matching.member(record) else {
                if self.index.is_whole(pool.pool_id.as_deref()) && self.matching.candidates(record).is_empty() {
                    record.warn(WarningCode::NotInInventory);
                    let message = "the backend is listed and not in the inventory";
                    let warning = Warning::new(WarningCode::NotInInventory, record.evidence.path.clone(), None, message);
                    self.report.warnings.push(warning.about(&record.record_key));
                    if is_concluded.contains(number) {
                        // It was registered when an earlier inventory was, and is not any more.
                        (record.health, record.traffic, record.traffic_reason) = (BackendHealth::Unknown, Traffic::Unknown, None);
                        record.warn(WarningCode::NotConclusive);
                    }
                }
                continue;
            };
            refine(record, member, self.index.weight_of(member), cross_zone);
        }
    }

    /// The numbers of those that are well only because the reply of an earlier completion did not list them.
    fn concluded(&self, numbers: &[usize]) -> HashSet<usize> {
        if self.report.coverage != Coverage::NonHealthyOnly {
            return HashSet::new();
        }
        let is_inferred =
            |record: &BackendRecord<'_>| (record.health, record.certainty) == (BackendHealth::Healthy, Certainty::Inferred);
        let is_concluded = |record: &BackendRecord<'_>| is_inferred(record) && !self.report.is_listed(record);
        numbers.iter().copied().filter(|number| self.report.records.get(*number).is_some_and(is_concluded)).collect()
    }

    /// Counts the backends of the pool: its records, which may be `all`, and elements of its list that could not be read. Where a record is
    /// there a second time nothing is counted, because it would be counted twice.
    fn count(&self, pool: &mut PoolSummary<'a>, numbers: &[usize], unreadable: u32, all: bool) {
        let distinct: HashSet<_> = self.numbered(numbers).map(|record| spelled_key(&record.backend_key)).collect();
        if distinct.len() != numbers.len() {
            return;
        }
        match pool.server_count {
            None if all => pool.count_all(self.healths(numbers)),
            _ => pool.count_named(self.healths(numbers), unreadable),
        }
    }

    /// The records with these numbers.
    pub(super) fn numbered<'s>(&'s self, numbers: &'s [usize]) -> impl Iterator<Item = &'s BackendRecord<'a>> {
        numbers.iter().filter_map(|number| self.report.records.get(*number))
    }

    pub(super) fn healths<'s>(&'s self, numbers: &'s [usize]) -> impl Iterator<Item = BackendHealth> {
        self.numbered(numbers).map(|record| record.health)
    }
}

//! Which reports are pages of one answer.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::merge::in_order;
use crate::model::place::PlaceKey;
use crate::roll_up::agreed;
use crate::{HealthReport, PoolSummary};

impl<'a> HealthReport<'a> {
    /// The same reports, of which those that are pages of one answer are merged: a report that names a next page and the next one about the
    /// same listener or pool, where both are replies of one operation. A list of members that is known to be over several pools goes on with
    /// any pool of one of its load balancers, in the reply that follows it. No page of an answer is a report that has a record of it once
    /// more, because lists do not repeat their elements, or tells of a place that another answer has told of since. They are in the order in
    /// which they were observed, where all about the same say when that was. What only the whole tells is left to [`conclude`](Self::conclude).
    pub fn join_pages(reports: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut gathered = Gathered::default();
        for report in in_order(reports) {
            gathered.take(report);
        }
        // Pages are of one adapter, so merging does not fail.
        gathered.answers.into_iter().filter_map(|answer| Self::merge(answer.pages).ok()).collect()
    }

    /// What it is about.
    fn subjects(&self) -> BTreeSet<Subject> {
        let ids = |place: PlaceKey<'_>| {
            let listener = place.listener_id.map(|id| Subject::Listener(id.to_owned()));
            [listener, place.pool_id.map(|id| Subject::Pool(id.to_owned()))]
        };
        self.places().flat_map(ids).flatten().collect()
    }

    /// The keys of the places that it tells of.
    pub(super) fn place_keys(&self) -> HashSet<&Cow<'a, str>> {
        self.records.iter().map(|record| &record.pool_key).chain(self.pools.iter().map(|pool| &pool.pool_key)).collect()
    }

    /// Whether both are of one list, as far as these subjects of the next one tell.
    fn shares_subjects(&self, next: &Self, others: &BTreeSet<Subject>) -> bool {
        if self.of_one_pool || next.of_one_pool {
            // Several pools can be used at one listener.
            return self.is_of_pool_of(next);
        }
        let own = self.subjects();
        let is_listener = |subject: &&Subject| matches!(subject, Subject::Listener(_));
        if own.iter().any(|subject| is_listener(&subject)) {
            // A pool can be that of another listener too.
            own.iter().filter(is_listener).any(|subject| others.contains(subject))
        } else {
            !own.is_disjoint(others)
        }
    }

    /// Whether it is a list of members that can be over several pools, all of which it names.
    fn lists_members(&self) -> bool {
        !self.of_one_pool
            && !self.records.is_empty()
            && self.records.iter().all(|record| record.pool_id.is_some())
            && self.pools.iter().all(PoolSummary::is_bare)
    }
}

/// What a report is about: the id of a listener or a pool.
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Subject {
    Listener(String),
    Pool(String),
}

/// Reports as pages of answers.
#[derive(Default)]
struct Gathered<'a> {
    /// The answers, in the order in which they began.
    answers: Vec<Answer<'a>>,
    /// The last answer about each listener and pool: pages of several answers can be mixed.
    last: HashMap<Subject, usize>,
    /// The answer that told of each place last.
    told: HashMap<Cow<'a, str>, usize>,
    /// The answer that the last report of each adapter and operation is a page of.
    before: HashMap<[Cow<'a, str>; 2], usize>,
    /// The answer that told of each record last.
    holders: HashMap<Cow<'a, str>, usize>,
}

/// Pages of one answer.
struct Answer<'a> {
    pages: Vec<HealthReport<'a>>,
    /// Whether a later report began the list anew, so that none is a further page of this one.
    is_over: bool,
}

impl<'a> Gathered<'a> {
    fn take(&mut self, report: HealthReport<'a>) {
        let subjects = report.subjects();
        let mut about: Vec<usize> = subjects.iter().filter_map(|id| self.last.get(id).copied()).collect();
        about.sort_unstable();
        about.dedup();
        let of_operation = [report.adapter.clone(), report.operation.clone()];
        let goes_on = |number: &usize| self.answers.get(*number).is_some_and(|answer| answer.goes_on_in(&report, &subjects));
        let lists_on = |number: &usize| self.answers.get(*number).is_some_and(|answer| answer.lists_on_in(&report));
        let places = report.place_keys();
        let is_open = |number: &usize| !places.iter().any(|place| self.told.get(*place).is_some_and(|last| last > number));
        let before = || self.before.get(&of_operation).copied().filter(|number| lists_on(number) && is_open(number));
        let repeated = self.repeated_by(&report);
        let is_page = repeated.is_empty();
        let open = about.iter().copied().find(|number| goes_on(number) && is_open(number)).or_else(before).filter(|_| is_page);
        let is_last = |number: &usize| self.answers.get(*number).is_some_and(|answer| answer.pages.last() == Some(&report));
        // What was said last, given twice, says nothing new, and is no later answer.
        if open.is_none() && !about.is_empty() && about.iter().all(is_last) {
            return;
        }
        for number in repeated {
            self.answers.get_mut(number).into_iter().for_each(|answer| answer.is_over = true);
        }
        let number = open.unwrap_or(self.answers.len());
        self.last.extend(subjects.into_iter().map(|id| (id, number)));
        self.told.extend(places.into_iter().map(|place| (place.clone(), number)));
        self.before.insert(of_operation, number);
        self.holders.extend(report.records.iter().map(|record| (record.record_key.clone(), number)));
        match self.answers.get_mut(number) {
            Some(answer) => answer.pages.push(report),
            None => self.answers.push(Answer { pages: vec![report], is_over: false }),
        }
    }

    /// The answers that wait for a page and have a record that the report has once more. A list does not repeat its elements, so that the report
    /// is no page of any, and begins them anew.
    fn repeated_by(&self, report: &HealthReport<'a>) -> BTreeSet<usize> {
        let holders = report.records.iter().filter_map(|record| self.holders.get(&record.record_key).copied());
        // Records have few holders, and asking one takes as long as its last page.
        let mut holders: BTreeSet<usize> = holders.collect();
        holders.retain(|number| self.answers.get(*number).is_some_and(|answer| answer.pending(report).is_some()));
        holders
    }
}

impl<'a> Answer<'a> {
    /// The last page, where it announces another of the operation of this report.
    fn pending(&self, next: &HealthReport<'a>) -> Option<&HealthReport<'a>> {
        let page = self.pages.last().filter(|page| !self.is_over && page.next_page.is_some())?;
        let is_alike = (&page.adapter, &page.operation) == (&next.adapter, &next.operation);
        (is_alike && page != next).then_some(page)
    }

    /// Whether the report is its next page by what both are about.
    fn goes_on_in(&self, next: &HealthReport<'a>, subjects: &BTreeSet<Subject>) -> bool {
        self.pending(next).is_some_and(|page| page.shares_subjects(next, subjects))
    }

    /// Whether the report, which follows it, is its next page because both are of a list over several pools. Where each names just one pool,
    /// both can be lists of one; and where they have no load balancer in common, of two regions.
    fn lists_on_in(&self, next: &HealthReport<'a>) -> bool {
        let is_list = |page: &HealthReport<'_>| page.lists_members() && next.lists_members();
        if !self.pending(next).is_some_and(is_list) {
            return false;
        }
        let load_balancers: HashSet<_> = next.records.iter().filter_map(|record| record.load_balancer_id.as_ref()).collect();
        let of_pages = || self.pages.iter().flat_map(|page| &page.records);
        let shares_one = of_pages().any(|record| record.load_balancer_id.as_ref().is_some_and(|id| load_balancers.contains(id)));
        let names_several = |report: &HealthReport<'_>| agreed(report.records.iter().map(|record| &record.pool_id)).is_none();
        shares_one && (self.pages.iter().any(names_several) || names_several(next))
    }
}

//! A health report completed by who is registered: the backends that the vendor did not list get records too.

mod interfaces;
mod known;
mod listed;
mod member;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use self::known::Known;
use self::listed::Listed;
use self::member::{conclude, fill, refine, traffic};
use crate::model::count;
use crate::model::source::shifted;
use crate::{
    Adapter, BackendHealth, BackendRecord, Certainty, Completeness, Coverage, FailureReason, HealthReport, Inventory,
    InventoryMember, Pointer, PoolSummary, Registration, Scope, Source, Traffic, TrafficReason, Verdict, Warning, WarningCode,
};

impl<'a> HealthReport<'a> {
    /// The report with a record for every backend of its pools that the vendor did not list.
    ///
    /// Such a backend is `HEALTHY`, `INFERRED` only if all of this holds: `unlisted_health` of the pool is `HEALTHY`, the inventory is
    /// complete, the backend is registered and was read whole, its weight is not 0, the pool has as many members as the vendor counts
    /// everywhere, the inventory does not contradict the reply or itself, and it has all backends that the vendor lists. Otherwise it is
    /// what its registration or the check switch says, or `UNKNOWN` with the warning `NOT_CONCLUSIVE`. Listed backends keep their verdict;
    /// weight, zone and the like come along from the inventory, and a weight of 0 makes `ELIGIBLE` into `EXCLUDED`. Where a pool is told to
    /// forward to all of its backends once all of them fail, and they do, they are `ELIGIBLE`, `FAIL_OPEN`. What else only the whole
    /// tells, the adapter that read the report [concludes](Self::conclude), if it is among these. Of a backend that is being added or
    /// removed nobody says whether it gets traffic, whatever was concluded. An inventory of another adapter completes nothing, and is
    /// warned of.
    #[must_use]
    pub fn complete_with(mut self, inventory: &Inventory<'a>, adapters: &[&dyn Adapter]) -> Self {
        // What only several pages tell together stands before the inventory is asked, as what a single one tells does.
        self.conclude(adapters);
        if inventory.adapter != self.adapter {
            let message = format!("the inventory is of `{}`, so it completes nothing", inventory.adapter);
            let value = Some(inventory.adapter.clone());
            self.warnings.push(Warning::new(WarningCode::NotInInventory, Pointer::ROOT, value, message));
            return self;
        }
        self.sources = Source::all_of(&self.sources, &self.operation, self.request_id.as_ref());
        let known = Known::new(inventory, &self);
        let unread_switches = self.unread_switches(adapters);
        self.sources.extend(Source::all_of(&inventory.sources, &inventory.operation, inventory.request_id.as_ref()));
        // They concern members, not records.
        self.warnings.extend(inventory.warnings.iter().cloned().map(|warning| Warning { record_key: None, ..warning }));
        let told: HashSet<_> = self.pools.iter().map(|pool| pool.pool_key.clone()).collect();
        self.bind_listeners(&told, &known);
        let mut keys = self.has_numbered_pools().then(|| Keys::of(&self.records));
        let mut by_pool = self.records_by_pool();
        let mut pools = std::mem::take(&mut self.pools);
        for pool in &mut pools {
            let numbers = by_pool.entry(pool.pool_key.clone()).or_default();
            // A switch that is there and cannot be read is not told by others.
            if pool.check_enabled.is_none() && !unread_switches.contains(&pool.path.to_string()) {
                self.switch_check(pool, numbers, &known);
            }
            self.complete_pool(pool, numbers, &known, &mut keys);
        }
        self.pools = pools;
        self.complete_places(&told, &known, &mut keys);
        self.conclude(adapters);
        self.narrow_traffic(&known);
        self.place_in_pools(&known);
        self.tell_what_is_missing(inventory);
        self
    }

    /// Says why absence proves nothing where the inventory is the reason.
    fn tell_what_is_missing(&mut self, inventory: &Inventory<'a>) {
        let is_open = || self.records.iter().any(|record| record.warnings.contains(&WarningCode::NotConclusive));
        if inventory.completeness == Completeness::Complete || !is_open() {
            return;
        }
        let message = match &inventory.next_page {
            Some(token) => {
                format!("the page of the inventory that `{token}` leads to is missing, so nothing is concluded from absence")
            }
            None => "the inventory is not complete, so nothing is concluded from absence".to_owned(),
        };
        let token = inventory.next_page.clone();
        self.warnings.push(Warning::new(WarningCode::NotConclusive, Pointer::ROOT, token, message));
    }

    /// Takes back traffic that the inventory leaves open. Of a backend that is coming or going nobody says whether it gets traffic already,
    /// or still, nor of one of which the inventory says two things; and where a pool has a backend that does not fail, it need not forward
    /// to those that do.
    fn narrow_traffic(&mut self, known: &Known<'_, 'a>) {
        let is_open = |record: &BackendRecord<'a>| {
            record.health == BackendHealth::Unhealthy && record.traffic_reason == Some(TrafficReason::FailOpen)
        };
        let mut open: HashSet<_> =
            self.records.iter().filter(|record| is_open(record)).map(|record| record.pool_key.clone()).collect();
        for record in self.records.iter().filter(|record| record.health != BackendHealth::Unhealthy) {
            open.remove(&record.pool_key);
        }
        for record in self.records.iter_mut().filter(|record| record.traffic == Traffic::Eligible) {
            let is_left_open = known.member(record).is_some_and(|member| {
                // In any other state it is coming or going, or nobody knows.
                member.registration != Registration::Registered || !known.is_clear(member)
            });
            if is_left_open || is_open(record) && !open.contains(&record.pool_key) {
                record.traffic = Traffic::Unknown;
                record.traffic_reason = None;
            }
        }
    }

    /// A record gets what all backends of its pool share: their kind, and their load balancer where there is just one.
    fn place_in_pools(&mut self, known: &Known<'_, 'a>) {
        for record in &mut self.records {
            let Some(pool) = known.pools_of(record.pool_id.as_deref()).next_back() else { continue };
            record.backend_kind = record.backend_kind.or(pool.backend_kind);
            if let (None, [only]) = (&record.load_balancer_id, pool.load_balancer_ids.as_slice()) {
                record.load_balancer_id = Some(only.clone());
            }
        }
    }

    /// A record that is not told apart by listener becomes one per listener that its pool is bound to. What is observed at a listener
    /// already stands, and so does what is said of a pool as a whole.
    fn bind_listeners(&mut self, told: &HashSet<Cow<'a, str>>, known: &Known<'_, 'a>) {
        let mut keys: HashSet<_> = self.records.iter().map(|record| record.record_key.clone()).collect();
        let mut bound_keys = HashSet::new();
        let mut records = Vec::with_capacity(self.records.len());
        for record in std::mem::take(&mut self.records) {
            let is_bound = record.scope == Scope::Pool && !told.contains(&record.pool_key);
            let pools = known.pools_of(record.pool_id.as_deref()).filter(|_| is_bound);
            let first = records.len();
            for listener in pools.flat_map(|pool| &pool.listener_ids) {
                let mut bound = record.clone();
                bound.scope = Scope::Listener;
                bound.listener_id = Some(listener.clone());
                if bound.certainty == Certainty::Exact {
                    bound.certainty = Certainty::Inferred;
                }
                bound.set_keys(&self.adapter);
                if keys.insert(bound.record_key.clone()) {
                    records.push(bound);
                }
            }
            if records.len() > first {
                bound_keys.insert(record.record_key);
            } else {
                records.push(record);
            }
        }
        let concerns_several = |warning: &&mut Warning<'a>| warning.record_key.as_ref().is_some_and(|key| bound_keys.contains(key));
        for warning in self.warnings.iter_mut().filter(concerns_several) {
            warning.record_key = None;
        }
        self.records = records;
    }

    /// Where pools stand whose check switch is there and could not be read.
    fn unread_switches(&self, adapters: &[&dyn Adapter]) -> HashSet<String> {
        let own = adapters.iter().filter(|adapter| adapter.id() == self.adapter);
        let fields = own.flat_map(|adapter| adapter.vocabulary().flags).map(|row| row.field);
        let names: HashSet<&str> = fields.filter_map(|field| field.rsplit('/').next()).collect();
        let is_unread = |code| matches!(code, WarningCode::FieldUnreadable | WarningCode::UnrecognizedValue);
        let places = self.warnings.iter().filter(|warning| is_unread(warning.code)).map(|warning| warning.path.to_string());
        places
            .filter_map(|place| place.rsplit_once('/').filter(|(_, name)| names.contains(name)).map(|(pool, _)| pool.to_owned()))
            .collect()
    }

    /// Whether a pool stands at one place twice.
    fn has_numbered_pools(&self) -> bool {
        self.pools.iter().any(|pool| pool.pool_key != pool.place_key().pool_key(&self.adapter))
    }

    /// Takes from the inventory whether the pool is checked. `numbers` are those of the pool's records, in `records`.
    fn switch_check(&self, pool: &mut PoolSummary<'a>, numbers: &[usize], known: &Known<'_, 'a>) {
        pool.check_enabled = known.check_enabled(pool.pool_id.as_deref());
        if pool.check_enabled.is_some() {
            pool.conclude(self.coverage, self.completeness, self.healths(numbers).into_iter());
            // A contradiction between count and list was reported when the pool was read.
            let _ = pool.drop_contradicted_counts(0);
        }
    }

    /// `numbers` are those of the pool's records, in `records`.
    fn complete_pool(
        &mut self,
        pool: &mut PoolSummary<'a>,
        numbers: &mut Vec<usize>,
        known: &Known<'_, 'a>,
        keys: &mut Option<Keys<'a>>,
    ) {
        let members = known.members_of(pool);
        let unreadable = pool.listed_count.unwrap_or_default().saturating_sub(count(numbers.len()));
        if members.is_empty() {
            self.open_failing(pool, numbers, known);
            return self.count(pool, numbers, unreadable, false);
        }
        let total = count(members.len());
        let is_whole = known.is_whole(pool.pool_id.as_deref());
        let agrees = pool.server_count.is_none_or(|count| count == total);
        // Of an inventory that is not whole there can only be too many.
        if !agrees && (is_whole || pool.server_count < Some(total)) {
            // What was concluded for the vendor's figure is not true of these members.
            pool.doubt_unlisted();
            let value = pool.server_count.map(|count| count.to_string().into());
            let message = format!("the inventory has {total} members of the pool, so nothing is concluded from absence");
            self.warnings.push(Warning::new(WarningCode::CountContradictsInventory, pool.path.clone(), value, message));
        }
        self.refine_listed(pool, numbers, known);
        self.open_failing(pool, numbers, known);
        let listed = Listed::new(self.numbered(numbers), members, known);
        let contradicts = is_whole && (listed.has_surplus || !known.agrees_with(pool, total));
        if contradicts {
            pool.doubt_unlisted();
        }
        let added = self.add_all_unlisted(pool, members, (&listed, agrees && is_whole && !contradicts), known, keys);
        numbers.extend(added);
        self.count(pool, numbers, unreadable, is_whole && !contradicts && pool.listed_count.is_some());
    }

    /// Counts the backends of the pool: its records, which may be `all`, and elements of its list that could not be read. Where a record is
    /// there a second time nothing is counted, because it would be counted twice.
    fn count(&self, pool: &mut PoolSummary<'a>, numbers: &[usize], unreadable: u32, all: bool) {
        let distinct: HashSet<&str> = self.numbered(numbers).map(|record| &*record.backend_key).collect();
        if distinct.len() != numbers.len() {
            return;
        }
        let healths = self.healths(numbers).into_iter();
        match pool.server_count {
            None if all => pool.count_all(healths),
            _ => pool.count_named(healths, unreadable),
        }
    }

    /// The records with these numbers.
    fn numbered<'s>(&'s self, numbers: &'s [usize]) -> impl Iterator<Item = &'s BackendRecord<'a>> {
        numbers.iter().filter_map(|number| self.records.get(*number))
    }

    fn healths(&self, numbers: &[usize]) -> Vec<BackendHealth> {
        self.numbered(numbers).map(|record| record.health).collect()
    }

    /// Gives listed records what the inventory knows of them.
    fn refine_listed(&mut self, pool: &PoolSummary<'a>, numbers: &[usize], known: &Known<'_, 'a>) {
        let cross_zone = known.cross_zone(pool.pool_id.as_deref());
        for number in numbers {
            let Some(record) = self.records.get_mut(*number) else { continue };
            let Some(member) = known.member(record) else {
                if known.is_whole(pool.pool_id.as_deref()) && !known.may_have(record) {
                    record.warn(WarningCode::NotInInventory);
                    let message = "the backend is listed and not in the inventory";
                    let warning = Warning::new(WarningCode::NotInInventory, record.evidence.path.clone(), None, message);
                    self.warnings.push(warning.about(&record.record_key));
                }
                continue;
            };
            refine(record, member, known.weight_of(member), cross_zone);
        }
    }

    /// Where all backends are listed, all of them fail, and the pool is told to forward to them all the same, they get traffic. Of one whose
    /// server is gone, or that something else may keep from traffic which is not known, nobody says.
    fn open_failing(&mut self, pool: &PoolSummary<'a>, numbers: &[usize], known: &Known<'_, 'a>) {
        if !self.lists_everybody() || !known.fails_open(pool.pool_id.as_deref()) {
            return;
        }
        if self.healths(numbers).iter().any(|health| *health != BackendHealth::Unhealthy) {
            return;
        }
        // A backend of the pool that is not listed here need not fail.
        let here: HashSet<_> = self.numbered(numbers).map(|record| &*record.backend_key).collect();
        let lists_all = !known.has_more_than(count(here.len()), pool.pool_id.as_deref());
        for number in numbers {
            let Some(record) = self.records.get_mut(*number) else { continue };
            if record.traffic != Traffic::Excluded || record.traffic_reason.is_some() || record.weight == Some(0.0) {
                continue;
            }
            let is_gone = record.cause.is_some_and(|cause| cause.reason == FailureReason::BackendMissing);
            let is_odd = |code: &WarningCode| matches!(code, WarningCode::BackendMissing | WarningCode::FieldUnreadable);
            // Trees of statuses tell no weights, nor plainly whether what is above is in service.
            let is_clear = lists_all && record.weight.is_some() && !is_gone && !record.warnings.iter().any(is_odd);
            if is_clear {
                record.traffic = Traffic::Eligible;
                record.traffic_reason = Some(TrafficReason::FailOpen);
            } else {
                record.traffic = Traffic::Unknown;
            }
        }
    }

    /// Completes every place where the report lists backends and says nothing of the pool as a whole: nothing is `told`. Of a report that
    /// has only what was asked for, nobody is missing.
    fn complete_places(&mut self, told: &HashSet<Cow<'a, str>>, known: &Known<'_, 'a>, keys: &mut Option<Keys<'a>>) {
        let mut places: Vec<(PoolSummary<'a>, Vec<usize>)> = Vec::new();
        let mut numbers: HashMap<Cow<'a, str>, usize> = HashMap::new();
        for (number, record) in self.records.iter().enumerate().filter(|(_, record)| !told.contains(&record.pool_key)) {
            let place = *numbers.entry(record.pool_key.clone()).or_insert_with(|| {
                let mut pool = PoolSummary::new(&record.place(), Pointer::ROOT);
                pool.pool_key.clone_from(&record.pool_key);
                places.push((pool, Vec::new()));
                places.len() - 1
            });
            places.get_mut(place).into_iter().for_each(|(_, numbers)| numbers.push(number));
        }
        for (pool, numbers) in &places {
            let members = known.members_of(pool);
            if !members.is_empty() {
                self.refine_listed(pool, numbers, known);
            }
            self.open_failing(pool, numbers, known);
            if self.coverage != Coverage::Selected {
                let listed = Listed::new(self.numbered(numbers), members, known);
                self.add_all_unlisted(pool, members, (&listed, false), known, keys);
            }
        }
    }

    /// Adds a record for every member of the pool that the vendor did not list. Gives the numbers of the new ones.
    fn add_all_unlisted(
        &mut self,
        pool: &PoolSummary<'a>,
        members: &[&InventoryMember<'a>],
        (listed, is_sure): (&Listed, bool),
        known: &Known<'_, 'a>,
        keys: &mut Option<Keys<'a>>,
    ) -> std::ops::Range<usize> {
        let first = self.records.len();
        for member in members.iter().filter(|member| !listed.keys.contains(&*member.backend_key)) {
            let is_sure = is_sure && !listed.may_have(member) && known.is_clear(member) && known.is_undisputed(member);
            self.add_unlisted(pool, member, is_sure, known, keys);
        }
        first..self.records.len()
    }

    /// Adds a record for a backend that the vendor did not list.
    fn add_unlisted(
        &mut self,
        pool: &PoolSummary<'a>,
        member: &InventoryMember<'a>,
        is_sure: bool,
        known: &Known<'_, 'a>,
        keys: &mut Option<Keys<'a>>,
    ) {
        let mut record = BackendRecord::new(&pool.place());
        record.backend_id.clone_from(&member.backend_id);
        let weight = known.weight_of(member);
        fill(&mut record, member, weight);
        record.port = member.port;
        let conclusion = conclude(pool, member, is_sure);
        let given = if known.is_undisputed(member) { conclusion.traffic } else { Traffic::Unknown };
        let (traffic, traffic_reason) = traffic(given, pool, weight);
        let mut evidence = member.evidence.clone();
        evidence.source = shifted(evidence.source, known.offset);
        record.set_verdict(Verdict {
            health: conclusion.health,
            traffic,
            traffic_reason,
            cause: conclusion.cause,
            certainty: Certainty::Inferred,
            trend: None,
            probe: None,
            evidence,
            warnings: Vec::new(),
        });
        record.set_keys(&self.adapter);
        // Where one pool stands at a place twice, the second has a number.
        record.pool_key.clone_from(&pool.pool_key);
        if let Some(keys) = keys {
            record.record_key = keys.free(&record.record_key);
        }
        if !conclusion.is_conclusive {
            record.warn(WarningCode::NotConclusive);
            let message = "the vendor did not list the backend, and what is known is not enough to call it healthy";
            let warning = Warning::new(WarningCode::NotConclusive, record.evidence.path.clone(), None, message);
            self.warnings.push(warning.about(&record.record_key));
        }
        self.records.push(record);
    }
}

/// The keys that records have.
struct Keys<'a> {
    taken: HashSet<Cow<'a, str>>,
    /// The number that was given last to a key that was taken.
    last: HashMap<Cow<'a, str>, u32>,
}

impl<'a> Keys<'a> {
    fn of(records: &[BackendRecord<'a>]) -> Self {
        Self { taken: records.iter().map(|record| record.record_key.clone()).collect(), last: HashMap::new() }
    }

    /// The key, with a number if it is taken. It is taken then.
    fn free(&mut self, key: &Cow<'a, str>) -> Cow<'a, str> {
        let last = self.last.entry(key.clone()).or_insert(1);
        let mut free = key.clone();
        while !self.taken.insert(free.clone()) {
            *last += 1;
            free = format!("{key}#{last}").into();
        }
        free
    }
}

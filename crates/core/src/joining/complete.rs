//! A health report completed by who is registered: the backends that the vendor did not list get records too.

mod index;
mod keys;
mod listed;
mod listeners;
mod matching;
mod member;
mod names;
mod pool;
mod switch;
mod traffic;
mod unlisted;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use self::index::Index;
use self::keys::Keys;
use self::listed::pools_with_surplus;
use self::matching::Matching;
use crate::model::count;
use crate::{Adapter, Completeness, HealthReport, Inventory, Pointer, Source, Warning, WarningCode};

impl<'a> HealthReport<'a> {
    /// The report with a record for every backend of its pools that the vendor did not list.
    ///
    /// Such a backend is `HEALTHY`, `INFERRED` only if all of this holds: `unlisted_health` of the pool is `HEALTHY`, the inventory is
    /// complete, the backend is registered and was read whole, its weight is not 0, the pool has as many members as the vendor counts
    /// everywhere, the inventory does not contradict the reply or itself, and it has all backends that the vendor lists. Otherwise it is
    /// what its registration or the check switch says, or `UNKNOWN` with the warning `NOT_CONCLUSIVE`. Listed backends keep their verdict;
    /// weight, zone and the like come along from the inventory, and a weight of 0 makes `ELIGIBLE` into `EXCLUDED`. One that an earlier
    /// completion found healthy is `UNKNOWN` where the inventory, which is complete, does not have it any more. Where a pool is told to
    /// forward to all of its backends once all of them fail, and they do, they are `ELIGIBLE`, `FAIL_OPEN`. What else only the whole
    /// tells, the adapter that read the report [concludes](Self::conclude), if it is among these. Of a backend that is being added or
    /// removed nobody says whether it gets traffic, whatever was concluded; those of a pool that is not in service get none. An inventory of
    /// another adapter completes nothing, and is warned of.
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
        let index = Index::new(inventory);
        let mut completion = Completion::new(self, &index, adapters);
        completion.complete_pools();
        completion.report.conclude(adapters);
        completion.narrow_traffic();
        completion.stop_traffic_of_pools();
        completion.place_in_pools();
        completion.tell_what_is_missing();
        completion.report
    }
}

/// A report that is being completed.
struct Completion<'i, 'a> {
    report: HealthReport<'a>,
    index: &'i Index<'i, 'a>,
    matching: Matching<'i, 'a>,
    /// Pools at several places of which it lists more backends than the inventory can have.
    surplus: HashSet<String>,
    /// How many sources the report had before.
    offset: usize,
    /// How many backends the report lists of every pool that has an id, wherever.
    listed: HashMap<String, u32>,
    /// Where pools stand whose check switch is left open.
    open_switches: HashSet<String>,
    /// The keys of pools of which the inventory contradicts the report.
    doubted: HashSet<Cow<'a, str>>,
    /// The keys of all records, where a pool stands at one place twice.
    keys: Option<Keys<'a>>,
}

impl<'i, 'a> Completion<'i, 'a> {
    /// The report with sources and warnings of the inventory, told apart by listener.
    fn new(mut report: HealthReport<'a>, index: &'i Index<'i, 'a>, adapters: &[&dyn Adapter]) -> Self {
        let inventory = index.inventory;
        let listed = backends_by_pool(&report);
        let open_switches = switch::open(&report, adapters);
        report.sources = Source::all_of(&report.sources, &report.operation, report.request_id.as_ref());
        let offset = report.sources.len();
        report.sources.extend(Source::all_of(&inventory.sources, &inventory.operation, inventory.request_id.as_ref()));
        // They concern members, not records.
        report.warnings.extend(inventory.warnings.iter().cloned().map(|warning| Warning { record_key: None, ..warning }));
        listeners::bind(&mut report, index);
        let has_numbered_pools = report.pools.iter().any(|pool| pool.pool_key != pool.place_key().pool_key(&report.adapter));
        let keys = has_numbered_pools.then(|| Keys::of(&report.records));
        let matching = Matching::new(&report, index);
        let surplus = pools_with_surplus(&report, &matching);
        Self { report, index, matching, surplus, offset, listed, open_switches, doubted: HashSet::new(), keys }
    }

    /// Completes every pool, and every place where the report lists backends and says nothing of the pool as a whole.
    fn complete_pools(&mut self) {
        let mut by_pool = self.report.records_by_pool();
        let mut pools = std::mem::take(&mut self.report.pools);
        for pool in &mut pools {
            let numbers = by_pool.entry(pool.pool_key.clone()).or_default();
            self.switch_check(pool, numbers);
            self.complete_pool(pool, numbers);
        }
        for pool in &pools {
            by_pool.remove(&pool.pool_key);
        }
        self.report.pools = pools;
        let mut places: Vec<_> = by_pool.into_values().collect();
        places.sort_unstable();
        for numbers in &places {
            self.complete_place(numbers);
        }
    }

    /// A record gets what all backends of its pool share: their kind, and their load balancer where there is just one.
    fn place_in_pools(&mut self) {
        for record in &mut self.report.records {
            let Some(pool) = self.index.pools_of(record.pool_id.as_deref()).next_back() else { continue };
            record.backend_kind = record.backend_kind.or(pool.backend_kind);
            if let (None, [only]) = (&record.load_balancer_id, pool.load_balancer_ids.as_slice()) {
                record.load_balancer_id = Some(only.clone());
            }
        }
    }

    /// Says why absence proves nothing where the inventory is the reason.
    fn tell_what_is_missing(&mut self) {
        let inventory = self.index.inventory;
        let is_open = || self.report.records.iter().any(|record| record.warnings.contains(&WarningCode::NotConclusive));
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
        self.report.warnings.push(Warning::new(WarningCode::NotConclusive, Pointer::ROOT, token, message));
    }
}

/// How many backends the report lists of every pool that has an id, each once.
fn backends_by_pool(report: &HealthReport<'_>) -> HashMap<String, u32> {
    let mut keys: HashMap<&str, HashSet<&str>> = HashMap::new();
    for record in &report.records {
        if let Some(id) = record.pool_id.as_deref() {
            keys.entry(id).or_default().insert(&record.backend_key);
        }
    }
    keys.into_iter().map(|(id, keys)| (id.to_owned(), count(keys.len()))).collect()
}

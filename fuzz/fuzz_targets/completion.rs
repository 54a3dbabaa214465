//! Reports of any pages, completed by any inventory.
#![no_main]

use std::collections::BTreeSet;

use arbitrary::Arbitrary;
use lbhealth::{BackendHealth, Document, HealthReport, Inventory, InventoryMember, PoolSummary, Registration};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// Few ids, so that they meet.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Id {
    None,
    A,
    B,
    C,
}

impl Id {
    const fn text(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::A => Some("a"),
            Self::B => Some("b"),
            Self::C => Some("c"),
        }
    }
}

#[derive(Arbitrary, Debug)]
struct Page {
    token: bool,
    incomplete: bool,
    lists_all: bool,
    pools: Vec<Pool>,
}

#[derive(Arbitrary, Debug)]
struct Pool {
    id: Id,
    listener: Id,
    check_enabled: Option<bool>,
    server_count: Option<u8>,
    has_list: bool,
    /// Whether there is a summary of the pool, or only records.
    has_summary: bool,
    records: Vec<Record>,
}

#[derive(Arbitrary, Debug)]
struct Record {
    id: Id,
    address: Id,
    port: Option<u8>,
    health: u8,
}

#[derive(Arbitrary, Debug)]
struct Known {
    incomplete: bool,
    pools: Vec<(Id, Vec<Id>, Option<bool>)>,
    members: Vec<Member>,
}

#[derive(Arbitrary, Debug)]
struct Member {
    pool: Id,
    id: Id,
    address: Id,
    port: Option<u8>,
    weight: Option<u8>,
    registration: u8,
}

const HEALTHS: [&str; 8] = ["UNHEALTHY", "DEGRADED", "UNKNOWN", "INITIALIZING", "DRAINING", "INACTIVE", "UNMONITORED", "HEALTHY"];
const REGISTRATIONS: [&str; 5] = ["REGISTERED", "REGISTERING", "DEREGISTERING", "UPDATING", "UNKNOWN"];

fuzz_target!(|input: (Vec<Page>, Known)| {
    let (pages, known) = input;
    let pages: Vec<HealthReport<'static>> = pages.iter().map(Page::report).collect();
    let Ok(report) = HealthReport::merge(pages) else { return };
    lbhealth_fuzz::document(&Document::Health(report.clone().into()));
    let inventory = known.inventory();
    let completed = report.clone().complete_with(&inventory, lbhealth::ADAPTERS);
    let again = report.clone().complete_with(&inventory, lbhealth::ADAPTERS);
    assert_eq!(completed, again, "the same documents give another report");
    holds(&report, &inventory, &completed);
    lbhealth_fuzz::document(&Document::Health(completed.into()));
});

/// Nobody is healthy of whom it is not known, and nobody is lost.
fn holds(report: &HealthReport<'_>, inventory: &Inventory<'_>, completed: &HealthReport<'_>) {
    let backends: BTreeSet<&str> = report.records.iter().map(|record| &*record.backend_key).collect();
    let after: BTreeSet<&str> = completed.records.iter().map(|record| &*record.backend_key).collect();
    assert!(backends.is_subset(&after), "a backend is lost");
    for pool in &report.pools {
        let listed: BTreeSet<&str> =
            report.records.iter().filter(|record| record.pool_key == pool.pool_key).map(|record| &*record.backend_key).collect();
        for record in completed.records.iter().filter(|record| record.pool_key == pool.pool_key) {
            if record.health == BackendHealth::Healthy && !listed.contains(&*record.backend_key) {
                let member = inventory.members.iter().find(|member| member.backend_key == record.backend_key);
                assert!(
                    member.is_some_and(|member| may_be_healthy(pool, inventory, member)),
                    "{} is made healthy",
                    record.record_key
                );
            }
        }
    }
}

fn may_be_healthy(pool: &PoolSummary<'_>, inventory: &Inventory<'_>, member: &InventoryMember<'_>) -> bool {
    inventory.completeness == lbhealth::Completeness::Complete
        && pool.check_enabled != Some(false)
        && member.registration == Registration::Registered
        && member.weight != Some(0.0)
        && pool.unlisted_health != Some(BackendHealth::Unmonitored)
}

impl Page {
    fn report(&self) -> HealthReport<'static> {
        let mut keys = BTreeSet::new();
        let mut pool_keys = BTreeSet::new();
        let (mut pools, mut records) = (Vec::new(), Vec::new());
        for pool in &self.pools {
            let place = format!("x|LISTENER|{}|{}", pool.listener.text().unwrap_or_default(), pool.id.text().unwrap_or_default());
            if !pool_keys.insert(place.clone()) {
                continue;
            }
            let scope = if pool.has_summary { "LISTENER" } else { "POOL" };
            let place = if pool.has_summary { place } else { format!("x|POOL||{}", pool.id.text().unwrap_or_default()) };
            for record in &pool.records {
                let name = record.id.text().or(record.address.text()).unwrap_or_default();
                let port = record.port.map(|port| port.to_string()).unwrap_or_default();
                let key = format!("{place}|{name}|{port}");
                if !keys.insert(key.clone()) {
                    continue;
                }
                let backend_key = format!("x|{}|{name}|{port}", pool.id.text().unwrap_or_default());
                records.push(present(json!({
                    "record_key": key, "backend_key": backend_key, "pool_key": place, "scope": scope,
                    "listener_id": pool.listener.text().filter(|_| pool.has_summary), "pool_id": pool.id.text(),
                    "backend_id": record.id.text(), "address": record.address.text(), "port": record.port,
                    "health": HEALTHS[usize::from(record.health) % HEALTHS.len()], "traffic": "UNKNOWN", "certainty": "EXACT",
                    "evidence": { "path": "" },
                })));
            }
            if pool.has_summary {
                let listed = pool.has_list.then(|| records.iter().filter(|record| record["pool_key"] == *place).count());
                pools.push(present(json!({
                    "pool_key": place, "scope": scope, "listener_id": pool.listener.text(), "pool_id": pool.id.text(),
                    "check_enabled": pool.check_enabled, "server_count": pool.server_count, "listed_count": listed, "path": "",
                })));
            }
        }
        let report = present(json!({
            "schema_id": "urn:lbhealth:v1:health-report", "adapter": "x", "operation": "o",
            "coverage": if self.lists_all { "ALL" } else { "NON_HEALTHY_ONLY" },
            "completeness": if self.incomplete || self.token { "INCOMPLETE" } else { "COMPLETE" },
            "next_page": self.token.then_some("t"), "pools": pools, "records": records, "warnings": [],
        }));
        serde_json::from_value(report).expect("a health report")
    }
}

impl Known {
    fn inventory(&self) -> Inventory<'static> {
        let pools = self.pools.iter().map(|(id, listeners, cross_zone)| {
            let listeners: Vec<&str> = listeners.iter().filter_map(|listener| listener.text()).collect();
            present(json!({ "pool_id": id.text(), "listener_ids": listeners, "cross_zone": cross_zone, "path": "" }))
        });
        let members = self.members.iter().map(|member| {
            let name = member.id.text().or(member.address.text()).unwrap_or_default();
            let port = member.port.map(|port| port.to_string()).unwrap_or_default();
            present(json!({
                "backend_key": format!("x|{}|{name}|{port}", member.pool.text().unwrap_or_default()),
                "pool_id": member.pool.text(), "backend_id": member.id.text(), "address": member.address.text(),
                "port": member.port, "weight": member.weight, "evidence": { "path": "" },
                "registration": REGISTRATIONS[usize::from(member.registration) % REGISTRATIONS.len()],
            }))
        });
        let inventory = json!({
            "schema_id": "urn:lbhealth:v1:inventory", "adapter": "x", "operation": "i",
            "completeness": if self.incomplete { "INCOMPLETE" } else { "COMPLETE" },
            "pools": pools.collect::<Vec<_>>(), "members": members.collect::<Vec<_>>(), "warnings": [],
        });
        serde_json::from_value(inventory).expect("an inventory")
    }
}

/// The object without what is null, as documents are written.
fn present(mut object: Value) -> Value {
    if let Value::Object(fields) = &mut object {
        fields.retain(|_, value| !value.is_null());
    }
    object
}

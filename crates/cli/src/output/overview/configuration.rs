//! Tables of what says nothing about health: checks and inventories.

use lbhealth::{HealthCheck, HealthCheckReport, Inventory, InventoryMember, InventoryPool};

use super::cells::{address, switch, text, words};
use super::listing::Listing;

const CHECKS: &[&str] = &[
    "CHECK",
    "NAME",
    "KIND",
    "RUNS",
    "PROBE",
    "PORT",
    "HOST",
    "WANTS",
    "EVERY",
    "WITHIN",
    "UP AFTER",
    "DOWN AFTER",
    "POOLS",
    "ADAPTER",
    "OBSERVED",
];
const POOLS: &[&str] = &[
    "POOL",
    "NAME",
    "PROTOCOL",
    "ALGORITHM",
    "SERVERS",
    "CHECK",
    "FAIL OPEN",
    "CROSS ZONE",
    "LISTENERS",
    "LOAD BALANCER",
    "VENDOR SAYS",
    "ADAPTER",
    "OBSERVED",
];
const MEMBERS: &[&str] =
    &["REGISTRATION", "NAME", "BACKEND", "ADDRESS", "WEIGHT", "ROLE", "ZONE", "INSTANCE", "POOL", "ADAPTER", "OBSERVED"];

/// What is configured, in the order of the input.
#[derive(Debug)]
pub(super) struct Configuration {
    checks: Listing,
    pools: Listing,
    members: Listing,
}

impl Default for Configuration {
    fn default() -> Self {
        Self { checks: Listing::new(CHECKS), pools: Listing::new(POOLS), members: Listing::new(MEMBERS) }
    }
}

impl Configuration {
    pub(super) fn checks(&mut self, report: &HealthCheckReport<'_>) {
        for check in &report.health_checks {
            self.checks.row(check_row(check).into_iter().chain([report.adapter.to_string(), text(report.observed_at)]));
        }
    }

    pub(super) fn inventory(&mut self, inventory: &Inventory<'_>) {
        let head = || [inventory.adapter.to_string(), text(inventory.observed_at)];
        for pool in &inventory.pools {
            self.pools.row(pool_row(pool).into_iter().chain(head()));
        }
        for member in &inventory.members {
            self.members.row(member_row(member).into_iter().chain(head()));
        }
    }

    pub(super) fn listings(&mut self) -> [&mut Listing; 3] {
        [&mut self.checks, &mut self.pools, &mut self.members]
    }
}

fn check_row(check: &HealthCheck<'_>) -> [String; 13] {
    [
        text(check.id.as_ref()),
        text(check.name.as_ref()),
        if check.template { "template".to_owned() } else { "in force".to_owned() },
        switch(check.enabled),
        probe(check),
        text(check.port),
        check.host.as_ref().map_or_else(|| text(check.host_default), ToString::to_string),
        text(check.expected.as_ref().map(|expected| &expected.text)),
        text(check.interval_ms.map(seconds)),
        text(check.timeout_ms.map(seconds)),
        text(check.healthy_threshold),
        text(check.unhealthy_threshold),
        check.pool_ids.join(" "),
    ]
}

fn probe(check: &HealthCheck<'_>) -> String {
    let request = words(check.method.as_deref(), check.path.as_deref());
    words(check.protocol.as_deref(), Some(&request))
}

fn pool_row(pool: &InventoryPool<'_>) -> [String; 11] {
    let check = match &pool.check {
        Some(check) => words(Some(&switch(check.enabled)), Some(&probe(check))),
        None => text(pool.check_id.as_ref()),
    };
    [
        text(pool.pool_id.as_ref()),
        text(pool.name.as_ref()),
        text(pool.protocol.as_ref()),
        text(pool.algorithm.as_ref()),
        text(pool.server_count),
        check,
        switch(pool.fail_open),
        switch(pool.cross_zone),
        pool.listener_ids.join(" "),
        pool.load_balancer_ids.join(" "),
        text(pool.vendor_status.as_ref()),
    ]
}

fn member_row(member: &InventoryMember<'_>) -> [String; 9] {
    [
        member.registration.to_string(),
        text(member.backend_name.as_ref()),
        text(member.backend_id.as_ref()),
        address(member.address.as_deref(), member.port),
        text(member.weight),
        text(member.role.as_ref()),
        text(member.zone.as_ref()),
        text(member.instance_id.as_ref()),
        text(member.pool_id.as_ref()),
    ]
}

fn seconds(millisecond: u64) -> String {
    if millisecond.is_multiple_of(1000) { format!("{}s", millisecond / 1000) } else { format!("{millisecond}ms") }
}

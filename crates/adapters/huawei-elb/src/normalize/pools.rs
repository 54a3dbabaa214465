//! `ShowPool` and `ListPools`.

use lbhealth_core::wire::{self, Id, List, Wire};
use lbhealth_core::{Context, Document, Error, Inventory, InventoryPool, Operation, Pointer, Warnings};
use lbhealth_octavia::ids;

use super::{Marker, page};
use crate::ID;
use crate::wire::{Pool, PoolReply, PoolsReply};

/// Turns a reply that holds one pool into an inventory.
pub(crate) fn pool<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = PoolReply::default();
    wire::read(payload, &mut reply)?;
    let at = Pointer::at("/pool", []);
    let mut warnings = Warnings::new();
    let mut inventory = Inventory::new(ID, operation.name, context);
    inventory.request_id = reply.request_id.take().map(Id::into_text);
    warnings.unread(&reply, &Pointer::ROOT);
    let pool = wire::take(&mut reply, |reply| &mut reply.pool, "pool", "the pool", &at)?;
    inventory.pools.push(inventory_pool(pool, at, &mut warnings));
    Ok(inventory.finish(warnings))
}

/// Turns a reply that holds pools into an inventory.
pub(crate) fn pools<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = PoolsReply::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    let mut inventory = Inventory::new(ID, operation.name, context);
    let marker = Marker::In(reply.page_info.as_ref());
    (inventory.completeness, inventory.next_page) = page(&reply, "pools", reply.pools.as_ref(), marker, context, &mut warnings);
    inventory.request_id = reply.request_id.take().map(Id::into_text);
    for (index, pool) in reply.pools.into_iter().flat_map(List::into_iter_indexed) {
        inventory.pools.push(inventory_pool(pool, Pointer::at("/pools/#", [index]), &mut warnings));
    }
    Ok(inventory.finish(warnings))
}

fn inventory_pool<'a>(mut pool: Pool<'a>, at: Pointer, warnings: &mut Warnings<'a>) -> InventoryPool<'a> {
    warnings.unread(&pool, &at);
    let health = pool.pool_health.take().unwrap_or_default();
    warnings.unread_in(&health, &at, "pool_health");
    // The object that could not be read may say anything.
    let may_prefer_zones = pool.is_unreadable("az_affinity");
    let affinity = pool.az_affinity.take();
    let may_prefer_zones = may_prefer_zones || affinity.as_ref().is_some_and(|affinity| affinity.enabled != Some(false));
    warnings.unread_in(&affinity.unwrap_or_default(), &at, "az_affinity");
    let mut described = InventoryPool::new(at);
    let check_id = pool.health_monitor_id.take();
    described.checked_by(&pool, "healthmonitor_id", check_id);
    described.pool_id = pool.id.map(Id::into_text);
    described.name = pool.name.map(Id::into_text);
    described.protocol = pool.protocol.map(Id::into_upper);
    described.algorithm = pool.algorithm.map(Id::into_text);
    described.load_balancer_ids = ids(pool.load_balancers);
    described.listener_ids = ids(pool.listeners);
    described.server_count = pool.members.as_ref().map(List::count);
    described.any_port = pool.any_port;
    // The vendor documents 0 (no) and 1 (yes) only, and that neither counts where zones are preferred.
    described.fail_open = match health.minimum_healthy_member_count {
        Some(0) if !may_prefer_zones => Some(false),
        Some(1) if !may_prefer_zones => Some(true),
        _ => None,
    };
    described
}

//! Pools: one, or a list of them.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{BackendKind, Context, Document, Error, Inventory, InventoryPool, Operation, Pointer, Warnings};
use lbhealth_octavia::ids;

use super::page;
use crate::ID;
use crate::wire::{Pool, PoolReply, PoolsReply};

/// Turns a reply that holds one pool into an inventory.
pub(crate) fn pool<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = PoolReply::default();
    wire::read(payload, &mut reply)?;
    let at = Pointer::at("/pool", []);
    let mut warnings = Warnings::new();
    let mut inventory = Inventory::new(ID, operation.name, context);
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
    (inventory.completeness, inventory.next_page) =
        page(&reply, "pools", reply.pools.as_ref(), reply.links.as_ref(), &mut warnings);
    for (index, pool) in reply.pools.into_iter().flat_map(List::into_iter_indexed) {
        inventory.pools.push(inventory_pool(pool, Pointer::at("/pools/#", [index]), &mut warnings));
    }
    Ok(inventory.finish(warnings))
}

fn inventory_pool<'a>(mut pool: Pool<'a>, at: Pointer, warnings: &mut Warnings<'a>) -> InventoryPool<'a> {
    warnings.unread(&pool, &at);
    let mut described = InventoryPool::new(at);
    let check_id = pool.health_monitor_id.take();
    described.checked_by(&pool, "healthmonitor_id", check_id);
    described.pool_id = pool.id.map(Id::into_text);
    described.name = pool.name.map(Id::into_text);
    described.protocol = pool.protocol.map(Id::into_upper);
    described.algorithm = pool.algorithm.map(Id::into_text);
    described.load_balancer_ids = ids(pool.load_balancers);
    described.listener_ids = ids(pool.listeners);
    described.backend_kind = Some(BackendKind::Ip);
    described.vendor_status = pool.provisioning_status.map(Id::into_text);
    described
}

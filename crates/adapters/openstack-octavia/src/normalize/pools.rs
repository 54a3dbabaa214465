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
    let pool = reply.pool.take();
    let pool = pool.ok_or_else(|| wire::missing(&reply, "pool", "the pool, an object,", at.clone()))?;
    inventory.pools.push(described(pool, at, &mut warnings));
    Ok(inventory.finish(warnings))
}

/// Turns a reply that holds pools into an inventory.
pub(crate) fn pools<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = PoolsReply::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    let mut inventory = Inventory::new(ID, operation.name, context);
    warnings.unread(&reply, &Pointer::ROOT);
    let has_list = reply.pools.is_some();
    (inventory.completeness, inventory.next_page) = page(&reply, has_list, "pools_links", reply.links.as_ref(), &mut warnings);
    warnings.missing_list(&reply, "pools", reply.pools.as_ref(), &Pointer::ROOT);
    for (index, pool) in reply.pools.into_iter().flat_map(List::into_iter_indexed) {
        inventory.pools.push(described(pool, Pointer::at("/pools/#", [index]), &mut warnings));
    }
    Ok(inventory.finish(warnings))
}

fn described<'a>(mut pool: Pool<'a>, at: Pointer, warnings: &mut Warnings<'a>) -> InventoryPool<'a> {
    warnings.unread(&pool, &at);
    let mut inventory = InventoryPool::new(at);
    let check_id = pool.health_monitor_id.take();
    inventory.checked_by(&pool, "healthmonitor_id", check_id);
    inventory.pool_id = pool.id.map(Id::into_text);
    inventory.name = pool.name.map(Id::into_text);
    inventory.protocol = pool.protocol.map(Id::into_upper);
    inventory.algorithm = pool.algorithm.map(Id::into_text);
    inventory.load_balancer_ids = ids(pool.load_balancers);
    inventory.listener_ids = ids(pool.listeners);
    inventory.backend_kind = Some(BackendKind::Ip);
    inventory.vendor_status = pool.provisioning_status.map(Id::into_text);
    inventory
}

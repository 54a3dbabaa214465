//! Pools: one, or a list of them.

use lbhealth_core::wire::{self, Id, List, Wire};
use lbhealth_core::{BackendKind, Context, Document, Error, Inventory, InventoryPool, Operation, Pointer, Traffic, Warnings};
use lbhealth_octavia::{PROVISIONING, STATUS, ids, left_by_status};

use super::{page, switch};
use crate::ID;
use crate::vocabulary::{ADMIN, VOCABULARY};
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
    inventory.pools.push(inventory_pool(operation, pool, at, &mut warnings));
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
        inventory.pools.push(inventory_pool(operation, pool, Pointer::at("/pools/#", [index]), &mut warnings));
    }
    Ok(inventory.finish(warnings))
}

fn inventory_pool<'a>(
    operation: &'static Operation,
    mut pool: Pool<'a>,
    at: Pointer,
    warnings: &mut Warnings<'a>,
) -> InventoryPool<'a> {
    warnings.unread(&pool, &at);
    let mut described = InventoryPool::new(at);
    described.traffic = traffic(operation, &pool, &described.path, warnings);
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

/// What the state of a pool leaves to its members, if that is not all. A status that leaves it open does so of a listener; of one that is not
/// known, nobody can say.
fn traffic<'a>(operation: &Operation, pool: &Pool<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> Option<Traffic> {
    let said = [
        (STATUS, pool.operating_status.as_deref()),
        (ADMIN, pool.admin_state_up.map(switch)),
        (PROVISIONING, pool.provisioning_status.as_deref()),
    ];
    let left = |&(field, word): &(&'static str, Option<&str>)| VOCABULARY.traffic_below(operation.name, field, word?);
    if said.iter().any(|said| left(said) == Some(Traffic::Excluded)) {
        return Some(Traffic::Excluded);
    }
    let status = pool.operating_status.clone().map(Id::into_text);
    if status.is_some_and(|word| left_by_status(&VOCABULARY, operation.name, word, at, warnings).is_none()) {
        return Some(Traffic::Unknown);
    }
    let may_be_leaving = said.iter().any(|said| said.0 != STATUS && left(said) == Some(Traffic::Unknown));
    let is_lost = said.iter().any(|(field, _)| pool.is_unreadable(field));
    (may_be_leaving || is_lost).then_some(Traffic::Unknown)
}

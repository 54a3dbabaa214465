//! `ListServerGroups` and `ListServerGroupServers`.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{Context, Document, Error, Inventory, InventoryPool, Operation, Pointer, Warnings};

use super::check::check;
use crate::ID;
use crate::checks::POOL_CHECKS;
use crate::vocabulary::VOCABULARY;
use crate::wire::{ListServerGroups, ServerGroup};

/// Turns a reply of `ListServerGroups` into an inventory of pools.
pub(crate) fn groups<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = ListServerGroups::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    let mut inventory = Inventory::new(ID, operation.name, context);
    let tokens = [("NextToken", reply.next_token.as_ref())];
    (inventory.completeness, inventory.next_page) =
        wire::list_page(&reply, "ServerGroups", reply.groups.as_ref(), &tokens, &mut warnings);
    inventory.request_id = reply.request_id.take().map(Id::into_text);
    for (index, group) in reply.groups.into_iter().flat_map(List::into_iter_indexed) {
        inventory.pools.push(pool(group, Pointer::at("/ServerGroups/#", [index]), &mut warnings));
    }
    Ok(inventory.finish(warnings))
}

fn pool<'a>(group: ServerGroup<'a>, at: Pointer, warnings: &mut Warnings<'a>) -> InventoryPool<'a> {
    warnings.unread(&group, &at);
    let check = group.check.map(|config| check(config, &POOL_CHECKS, &at.join("HealthCheckConfig"), warnings));
    let mut pool = InventoryPool::new(at);
    pool.pool_id = group.id.map(Id::into_text);
    pool.name = group.name.map(Id::into_text);
    pool.protocol = group.protocol.map(Id::into_upper);
    pool.algorithm = group.scheduler.map(Id::into_text);
    pool.load_balancer_ids = group.load_balancer_ids.into_iter().flat_map(List::into_all).map(Id::into_text).collect();
    pool.server_count = group.server_count;
    pool.cross_zone = group.cross_zone;
    pool.check = check;
    pool.vendor_status = group.status;
    pool
}

/// Turns a reply of `ListServerGroupServers` into an inventory of servers.
pub(crate) fn servers<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    lbhealth_alibaba::servers(ID, &VOCABULARY, operation, payload, context)
}

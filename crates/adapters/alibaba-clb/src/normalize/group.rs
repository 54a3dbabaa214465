//! `DescribeVServerGroupAttribute`.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{
    Context, Document, Error, Inventory, InventoryMember, InventoryPool, Operation, Pointer, Registration, Warnings, prefer_payload,
};

use super::listener::load_balancer_id;
use super::servers;
use crate::ID;
use crate::vocabulary::VOCABULARY;
use crate::wire::{DescribeVServerGroupAttribute, RegisteredServer};

/// Turns a reply of `DescribeVServerGroupAttribute` into an inventory of one pool and its servers.
pub(crate) fn group<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = DescribeVServerGroupAttribute::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    warnings.unread(&reply, &Pointer::ROOT);
    let (servers, template) = servers(reply.servers.take(), &reply, |object| object.servers, &mut warnings);
    let mut inventory = Inventory::new(ID, operation.name, context);
    (inventory.completeness, _) = wire::page(&reply, servers.is_some(), &[]);
    inventory.request_id = reply.request_id.map(Id::into_text);

    let mut pool = InventoryPool::new(Pointer::ROOT);
    let id = reply.id.map(Id::into_text);
    pool.pool_id = prefer_payload(id, context.pool_id.as_ref(), "pool", || Pointer::ROOT.join("VServerGroupId"), &mut warnings);
    pool.name = reply.name.map(Id::into_text);
    pool.load_balancer_ids = load_balancer_id(reply.load_balancer_id, context, &mut warnings).into_iter().collect();
    for (index, server) in servers.into_iter().flat_map(List::into_iter_indexed) {
        let mut member = member(server, &Pointer::at(template, [index]), &mut warnings);
        member.pool_id.clone_from(&pool.pool_id);
        inventory.member(member);
    }
    inventory.pools.push(pool);
    Ok(inventory.finish(warnings))
}

/// A server that is in the pool's list. Being there is being registered.
fn member<'a>(server: RegisteredServer<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> InventoryMember<'a> {
    warnings.unread(&server, at);
    let mut member = InventoryMember::new(at.clone());
    member.backend_id = server.server_id.map(Id::into_text);
    member.address = server.server_ip.map(Id::into_text);
    member.port = server.port;
    member.weight = server.weight;
    member.backend_kind = server.server_type.and_then(|word| VOCABULARY.kind(word, || at.join("Type"), warnings));
    member.registration = Registration::Registered;
    member
}

//! `ListServerGroupServers`, an operation that products with server groups have in common.

use lbhealth_core::wire::{Id, List, Text};
use lbhealth_core::{
    Context, Document, Error, Inventory, InventoryMember, Operation, Pointer, Registration, Role, Row, Vocabulary, Warnings,
    prefer_payload, wire,
};

wire! {
    /// Reply of `ListServerGroupServers`.
    pub struct ListServerGroupServers<'a> {
        /// Id of the call.
        "RequestId" request_id: Id<'a>,
        /// Token of the next page; absent or empty on the last.
        "NextToken" next_token: Id<'a>,
        /// The servers.
        "Servers" servers: List<'a, RegisteredServer<'a>>,
        /// How many servers there are on all pages.
        "TotalCount" total_count: u32,
    }
    unread {
        "MaxResults": "the size of a page",
        "Success": "a failed call is an error before anything is read",
    }
}

wire! {
    /// A server that is registered in a pool.
    pub struct RegisteredServer<'a> {
        /// Id of the pool.
        "ServerGroupId" group_id: Id<'a>,
        /// Id of the server; for addresses the address, for functions their resource name.
        "ServerId" server_id: Id<'a>,
        /// Address of the server.
        "ServerIp" server_ip: Id<'a>,
        /// Port of the server; functions have none.
        "Port" port: u16,
        /// Kind of server: `Ecs`, `Eni`, `Eci`, `Ip` or `Fc`.
        "ServerType" server_type: Text<'a>,
        /// Whether the server is registered; not its health.
        "Status" status: Text<'a>,
        /// Share of requests, 0 to 100; 0: none. Functions have none.
        "Weight" weight: f64,
        /// Zone of the server, where it is given.
        "ZoneId" zone: Id<'a>,
    }
    unread {
        "Description": "a text of the user's",
        "RemoteIpEnabled": "where the address may be",
    }
}

/// What the words of `Status` say of a server, as this page of a product has them.
pub const fn registrations(page: &'static str) -> [Row; 4] {
    let status = Row::of(&["ListServerGroupServers"], Role::Registration, "Status", page);
    [
        status.word("Adding", "The server is being added to the pool.").registration(Registration::Registering),
        status.word("Available", "The server is registered. It says nothing of its checks.").registration(Registration::Registered),
        status.word("Configuring", "Settings of the server are being changed.").registration(Registration::Updating),
        status.word("Removing", "The server is being removed from the pool.").registration(Registration::Deregistering),
    ]
}

/// Turns a reply of `ListServerGroupServers` into an inventory of servers, of which the adapter's vocabulary knows kinds and registrations.
///
/// # Errors
///
/// Where the reply is not JSON, or not an object.
pub fn servers<'a>(
    adapter: &'static str,
    vocabulary: &Vocabulary,
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let mut reply = ListServerGroupServers::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    let mut inventory = Inventory::new(adapter, operation.name, context);
    let tokens = [("NextToken", reply.next_token.as_ref())];
    (inventory.completeness, inventory.next_page) =
        wire::list_page(&reply, "Servers", reply.servers.as_ref(), &tokens, &mut warnings);
    inventory.request_id = reply.request_id.take().map(Id::into_text);
    for (index, server) in reply.servers.into_iter().flat_map(List::into_iter_indexed) {
        let at = Pointer::at("/Servers/#", [index]);
        inventory.member(member(server, &at, vocabulary, operation, context, &mut warnings));
    }
    inventory.counted(reply.total_count, Pointer::at("/TotalCount", []), &mut warnings);
    Ok(inventory.finish(warnings))
}

fn member<'a>(
    server: RegisteredServer<'a>,
    at: &Pointer,
    vocabulary: &Vocabulary,
    operation: &Operation,
    context: &Context<'a>,
    warnings: &mut Warnings<'a>,
) -> InventoryMember<'a> {
    warnings.unread(&server, at);
    let mut member = InventoryMember::new(at.clone());
    let group_id = server.group_id.map(Id::into_text);
    let path = || at.join("ServerGroupId");
    member.pool_id = prefer_payload(group_id, context.pool_id.as_ref(), "pool", path, warnings);
    member.backend_id = server.server_id.map(Id::into_text);
    member.address = server.server_ip.map(Id::into_text);
    member.port = server.port;
    member.zone = server.zone.map(Id::into_text);
    member.weight = server.weight;
    member.backend_kind = server.server_type.and_then(|word| vocabulary.kind(word, || at.join("ServerType"), warnings));
    if let Some(word) = &server.status {
        member.registration = vocabulary.registration(operation.name, word.clone(), || at.join("Status"), warnings);
    }
    member.evidence.status = server.status;
    member
}

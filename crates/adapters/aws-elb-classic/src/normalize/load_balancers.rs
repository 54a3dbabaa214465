//! `DescribeLoadBalancers`.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{
    BackendKind, Completeness, Context, Document, Error, HealthCheck, Inventory, InventoryMember, InventoryPool, Operation,
    Pointer, Registration, Settings, Warnings,
};

use crate::ID;
use crate::checks::{HEALTHY, INTERVAL, PROTOCOLS, REQUEST, TIMEOUT, TLS, UNHEALTHY};
use crate::wire::{self as vendor, DescribeLoadBalancers, LoadBalancerDescription};

/// Turns a reply of `DescribeLoadBalancers` into an inventory: a pool without an id for every load balancer, and its instances.
pub(crate) fn load_balancers<'a>(
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let mut reply = DescribeLoadBalancers::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    let mut inventory = Inventory::new(ID, operation.name, context);
    let tokens = [("NextMarker", reply.next_marker.as_ref()), ("NextToken", reply.next_token.as_ref())];
    let list = ("LoadBalancerDescriptions", reply.load_balancers.as_ref());
    let head = lbhealth_aws::head(&reply, reply.metadata.as_ref(), list, &tokens, &mut warnings);
    (inventory.completeness, inventory.next_page) = (head.completeness, head.next_page);
    inventory.request_id = head.request_id;
    for (index, load_balancer) in reply.load_balancers.into_iter().flat_map(List::into_iter_indexed) {
        describe(load_balancer, index, &mut inventory, &mut warnings);
    }
    Ok(inventory.finish(warnings))
}

fn describe<'a>(
    mut load_balancer: LoadBalancerDescription<'a>,
    index: u32,
    inventory: &mut Inventory<'a>,
    warnings: &mut Warnings<'a>,
) {
    let at = Pointer::at("/LoadBalancerDescriptions/#", [index]);
    warnings.unread(&load_balancer, &at);
    warnings.missing_list(&load_balancer, "Instances", load_balancer.instances.as_ref(), &at);
    if load_balancer.instances.is_none() {
        inventory.completeness = Completeness::Incomplete;
    }
    let name = load_balancer.name.take().map(Id::into_text);
    for (number, instance) in load_balancer.instances.take().into_iter().flat_map(List::into_iter_indexed) {
        let at = Pointer::at("/LoadBalancerDescriptions/#/Instances/#", [index, number]);
        warnings.unread(&instance, &at);
        let mut member = InventoryMember::new(at);
        member.load_balancer_id.clone_from(&name);
        member.backend_id = instance.id.map(Id::into_text);
        member.backend_kind = Some(BackendKind::Instance);
        member.registration = Registration::Registered;
        inventory.member(member);
    }
    let mut pool = InventoryPool::new(at);
    pool.load_balancer_ids.extend(name);
    pool.backend_kind = Some(BackendKind::Instance);
    pool.check = load_balancer.check.take().map(|settings| check(settings, index, warnings));
    inventory.pools.push(pool);
}

/// How the instances are checked.
fn check<'a>(said: vendor::HealthCheck<'a>, index: u32, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
    let at = Pointer::at("/LoadBalancerDescriptions/#/HealthCheck", [index]);
    warnings.unread(&said, &at);
    let mut settings = Settings::new(at.clone(), warnings);
    let mut check = HealthCheck::new(at);
    if let Some(target) = said.target {
        probe(&target, &mut check, &mut settings);
    }
    check.interval_ms = said.interval.map(|value| settings.duration(value, &INTERVAL));
    check.timeout_ms = said.timeout.map(|value| settings.duration(value, &TIMEOUT));
    check.healthy_threshold = said.healthy_threshold.map(|value| settings.number(value, &HEALTHY));
    check.unhealthy_threshold = said.unhealthy_threshold.map(|value| settings.number(value, &UNHEALTHY));
    check
}

/// Reads protocol, port and path out of a target such as `HTTP:80/ping`.
fn probe<'a>(target: &Id<'a>, check: &mut HealthCheck<'a>, settings: &mut Settings<'a, '_>) {
    let (protocol, rest) = target.split_once(':').unwrap_or((target, ""));
    let (port, path) = rest.find('/').and_then(|start| rest.split_at_checked(start)).unwrap_or((rest, ""));
    let protocol = protocol.trim().to_ascii_uppercase();
    let (vendors, ours) = TLS;
    let protocol = if protocol == vendors { ours.to_owned() } else { protocol };
    check.port = port.trim().parse().ok().filter(|port| *port != 0);
    if check.port.is_none() || !PROTOCOLS.contains(&&*protocol) {
        settings.unrecognized(target.clone().into_text(), "a protocol and a port, such as TCP:5000 or HTTP:80/ping", "Target");
    }
    settings.set_protocol(Some(&protocol), PROTOCOLS.iter().copied());
    // What is no protocol that is known is kept where it at least stands before a port.
    check.protocol =
        Some(protocol).filter(|word| !word.is_empty() && (settings.has_protocol() || check.port.is_some())).map(Into::into);
    if !path.is_empty() {
        check.path = settings.applicable(path.to_owned().into(), REQUEST, "Target");
    }
}

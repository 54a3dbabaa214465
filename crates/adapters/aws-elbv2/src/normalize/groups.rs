//! `DescribeTargetGroups`.

use lbhealth_core::wire::{self, Id, List};
use lbhealth_core::{Context, Document, Error, HealthCheck, Inventory, InventoryPool, Operation, Pointer, Settings, Warnings};

use crate::ID;
use crate::checks::{
    CHECK_PROTOCOLS, GRPC, GRPC_CODES, GRPCS, HEALTHY, HTTP_CODES, HTTPS, INTERVAL, PROTOCOLS, REQUEST, TIMEOUT, TRAFFIC_PORT,
    UNHEALTHY,
};
use crate::vocabulary::VOCABULARY;
use crate::wire::{DescribeTargetGroups, Matcher, TargetGroup};

/// Turns a reply of `DescribeTargetGroups` into an inventory of pools.
pub(crate) fn groups<'a>(operation: &'static Operation, payload: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
    let mut reply = DescribeTargetGroups::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    let mut inventory = Inventory::new(ID, operation.name, context);
    let tokens = [("NextMarker", reply.next_marker.as_ref()), ("NextToken", reply.next_token.as_ref())];
    let list = ("TargetGroups", reply.groups.as_ref());
    let head = lbhealth_aws::head(&reply, reply.metadata.as_ref(), list, &tokens, &mut warnings);
    (inventory.completeness, inventory.next_page) = (head.completeness, head.next_page);
    inventory.request_id = head.request_id;
    for (index, group) in reply.groups.into_iter().flat_map(List::into_iter_indexed) {
        inventory.pools.push(pool(group, &Pointer::at("/TargetGroups/#", [index]), &mut warnings));
    }
    Ok(inventory.finish(warnings))
}

fn pool<'a>(mut group: TargetGroup<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> InventoryPool<'a> {
    warnings.unread(&group, at);
    let kind = group.target_type.take();
    let check = check(&mut group, at, warnings);
    let mut pool = InventoryPool::new(at.clone());
    pool.backend_kind = kind.and_then(|word| VOCABULARY.kind(word, || at.join("TargetType"), warnings));
    pool.pool_id = group.arn.map(Id::into_text);
    pool.name = group.name;
    pool.protocol = group.protocol.map(Id::into_upper);
    pool.load_balancer_ids = group.load_balancer_arns.into_iter().flat_map(List::into_all).map(Id::into_text).collect();
    pool.check = Some(check);
    pool
}

/// How the targets are checked.
fn check<'a>(group: &mut TargetGroup<'a>, at: &Pointer, warnings: &mut Warnings<'a>) -> HealthCheck<'a> {
    let matcher: Matcher<'a> = group.matcher.take().unwrap_or_default();
    warnings.unread_in(&matcher, at, "Matcher");
    let mut settings = Settings::new(at.clone(), warnings);
    let mut check = HealthCheck::new(at.clone());
    check.enabled = group.check_enabled;
    check.protocol = group.check_protocol.take().map(|word| settings.known_word(word, CHECK_PROTOCOLS, "HealthCheckProtocol"));
    // The protocol of the probe then only tells whether it is encrypted.
    if group.protocol_version.as_ref().is_some_and(|version| version.eq_ignore_ascii_case(GRPC)) {
        let is_encrypted = check.protocol.as_deref() == Some(HTTPS);
        check.protocol = Some(if is_encrypted { GRPCS } else { GRPC }.into());
    }
    settings.set_protocol(check.protocol.as_deref(), PROTOCOLS.iter().copied());
    check.port = group.check_port.take().and_then(|port| settings.port(port, TRAFFIC_PORT, "HealthCheckPort"));
    let path = group.check_path.take().map(Id::into_text);
    check.path = path.and_then(|path| settings.applicable(path, REQUEST, "HealthCheckPath"));
    let (codes, protocol, field) = match matcher.grpc {
        Some(codes) => (Some(codes), GRPC, &GRPC_CODES),
        None => (matcher.http, "HTTP", &HTTP_CODES),
    };
    check.evidence.expected.clone_from(&codes);
    let codes = codes.and_then(|codes| settings.applicable(codes, REQUEST, field.name));
    check.expected = codes.and_then(|codes| settings.codes(codes, Some(protocol), field));
    check.interval_ms = group.check_interval.map(|value| settings.duration(value, &INTERVAL));
    check.timeout_ms = group.check_timeout.map(|value| settings.duration(value, &TIMEOUT));
    check.healthy_threshold = group.healthy_threshold.map(|value| settings.number(value, &HEALTHY));
    check.unhealthy_threshold = group.unhealthy_threshold.map(|value| settings.number(value, &UNHEALTHY));
    check.pool_ids = group.arn.iter().cloned().map(Id::into_text).collect();
    check
}

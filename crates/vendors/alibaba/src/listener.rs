//! Listeners, which products with server groups name in the same way.

use lbhealth_core::wire::Id;
use lbhealth_core::{Context, Place, Pointer, Scope, Warnings, prefer_payload};

/// The listener at `at` as a place. A reply does not name its load balancer.
pub fn listener<'a>(
    id: Option<Id<'a>>,
    port: Option<u16>,
    protocol: Option<Id<'a>>,
    at: &Pointer,
    context: &Context<'a>,
    warnings: &mut Warnings<'a>,
) -> Place<'a> {
    let mut place = Place::new(Scope::Listener);
    place.load_balancer_id.clone_from(&context.load_balancer_id);
    let path = || at.join("ListenerId");
    place.listener_id = prefer_payload(id.map(Id::into_text), context.listener_id.as_ref(), "listener", path, warnings);
    place.listener_port = port;
    place.listener_protocol = protocol.map(Id::into_upper);
    place
}

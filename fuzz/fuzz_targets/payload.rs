//! Any bytes as a reply, to every adapter and to all of them at once.
#![no_main]

use lbhealth::{ADAPTERS, BoundListener, Context, PoolAlgorithm};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|payload: &[u8]| {
    let told = told();
    for context in [&Context::default(), &told] {
        let detected = lbhealth::normalize(payload, context);
        for adapter in ADAPTERS {
            let outcome = adapter.normalize(payload, context);
            let again = adapter.normalize(payload, context);
            assert_eq!(outcome.as_ref().ok(), again.as_ref().ok(), "the same payload gives another document");
            let Ok(document) = outcome else { continue };
            lbhealth_fuzz::document(&document);
        }
        if let Ok(document) = detected {
            lbhealth_fuzz::document(&document);
        }
    }
});

/// What a caller may know. The pool has no name, so it is whichever pool the payload is about.
fn told() -> Context<'static> {
    let mut context = Context::default();
    context.observed_at = "2026-03-01T09:30:00Z".parse().ok();
    context.load_balancer_id = Some("lb-1".into());
    context.listener_id = Some("l-1".into());
    context.pool_id = Some("p-1".into());
    context.bound_listeners = vec![BoundListener::new(None, "l-1".into()), BoundListener::new(Some("p-1".into()), "l-2".into())];
    context.algorithms = vec![PoolAlgorithm::new(None, "SOURCE_IP".into())];
    context
}

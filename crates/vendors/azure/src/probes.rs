//! The probes of a resource. Every product has them in the same places, with settings of its own.

use lbhealth_core::wire::{self, List, Wire};
use lbhealth_core::{Context, Document, Error, HealthCheck, HealthCheckReport, Operation, Pointer, Warnings};

/// Turns the probes of a resource into a report of health checks, each by `check`. They stand in its `properties`, or, as some clients
/// write it, in the resource itself: `take` takes both out of it, and `take_below` the probes out of the former.
///
/// # Errors
///
/// Where the reply is not JSON, or not an object.
pub fn probes<'a, R: Wire<'a>, P: Wire<'a>, T>(
    adapter: &'static str,
    take: impl FnOnce(&mut R) -> (Option<List<'a, T>>, Option<P>),
    take_below: impl FnOnce(&mut P) -> Option<List<'a, T>>,
    mut check: impl FnMut(T, &Pointer, &mut Warnings<'a>) -> HealthCheck<'a>,
    operation: &'static Operation,
    payload: &'a str,
    context: &Context<'a>,
) -> Result<Document<'a>, Error> {
    let mut reply = R::default();
    wire::read(payload, &mut reply)?;
    let mut warnings = Warnings::new();
    let root = Pointer::ROOT.capitalized(reply.reading().is_capitalized());
    // While the lists are still there.
    warnings.unread(&reply, &root);
    let (own, properties) = take(&mut reply);
    let has_own = own.is_some();
    let (list, at) = if let Some(mut properties) = properties {
        let at = root.join("properties");
        warnings.unread(&properties, &at);
        let list = take_below(&mut properties);
        warnings.missing_list(&properties, "probes", list.as_ref(), &at);
        (list, at)
    } else {
        warnings.missing_list(&reply, "probes", own.as_ref(), &root);
        (own, root)
    };
    let mut report = HealthCheckReport::new(adapter, operation.name, context);
    (report.completeness, _) = wire::page(&reply, has_own || list.is_some(), &[]);
    for (index, probe) in list.into_iter().flat_map(List::into_iter_indexed) {
        report.health_checks.push(check(probe, &at.join(&format!("probes/{index}")), &mut warnings));
    }
    Ok(report.finish(warnings))
}

/// What is set in a probe, and where it stands: `take` takes it out, and tells whether that was `properties`, not the probe itself. Warns
/// of what could not be read.
pub fn properties<'a, T: Wire<'a>, S: Wire<'a>>(
    probe: &mut T,
    take: impl FnOnce(&mut T) -> (S, bool),
    at: &Pointer,
    warnings: &mut Warnings<'a>,
) -> (S, Pointer) {
    warnings.unread(probe, at);
    let (properties, is_below) = take(probe);
    if !is_below {
        return (properties, at.clone());
    }
    let at = at.join("properties");
    warnings.unread(&properties, &at);
    (properties, at)
}

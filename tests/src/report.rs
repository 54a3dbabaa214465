//! Health reports of a vendor that does not exist, in few words.

use anyhow::Result;
use lbhealth::{Document, HealthReport};
use serde_json::{Value, json};

/// A report of `vendor-lb` that lists what `coverage` says.
///
/// # Errors
///
/// Where it is no report.
pub fn report(coverage: &str, completeness: &str, pools: &[Value], records: &[Value]) -> Result<HealthReport<'static>> {
    report_of(&json!({
        "schema_id": "urn:lbhealth:v1:health-report",
        "adapter": "vendor-lb",
        "operation": "ListHealth",
        "coverage": coverage,
        "completeness": completeness,
        "pools": pools,
        "records": records,
        "warnings": [],
    }))
}

/// The report that this document is.
///
/// # Errors
///
/// Where it is none.
pub fn report_of(document: &Value) -> Result<HealthReport<'static>> {
    Ok(document.to_string().parse::<Document<'static>>()?.into_health()?)
}

/// A record of a backend at a listener.
pub fn record(listener: &str, pool: &str, backend: &str, health: &str, traffic: &str) -> Value {
    json!({
        "record_key": format!("vendor-lb|LISTENER|{listener}|{pool}|{backend}|80"),
        "backend_key": format!("vendor-lb|{pool}|{backend}|80"),
        "pool_key": format!("vendor-lb|LISTENER|{listener}|{pool}"),
        "scope": "LISTENER",
        "listener_id": listener,
        "pool_id": pool,
        "backend_id": backend,
        "port": 80,
        "health": health,
        "traffic": traffic,
        "certainty": "EXACT",
        "evidence": { "path": "" },
    })
}

/// A record whose reply names nothing above it, as of a vendor whose replies are about the pool that was asked for.
pub fn nameless(backend: &str, health: &str, traffic: &str) -> Value {
    let key = format!("vendor-lb|POOL|||{backend}|80");
    let nothing = json!({ "scope": "POOL", "listener_id": null, "pool_id": null, "pool_key": "vendor-lb|POOL||", "record_key": key,
        "backend_key": format!("vendor-lb||{backend}|80") });
    with(record("l", "p", backend, health, traffic), nothing)
}

/// The value with further fields; null takes one away.
#[must_use]
pub fn with(mut value: Value, fields: Value) -> Value {
    if let (Value::Object(object), Value::Object(fields)) = (&mut value, fields) {
        object.extend(fields);
        object.retain(|_, field| !field.is_null());
    }
    value
}

/// A pool at a listener of whose `count` backends so many are `listed`, and what may be said of the others.
pub fn pool(listener: &str, pool: &str, count: u32, listed: u32, unlisted_health: &str) -> Value {
    json!({
        "pool_key": format!("vendor-lb|LISTENER|{listener}|{pool}"),
        "scope": "LISTENER",
        "listener_id": listener,
        "pool_id": pool,
        "server_count": count,
        "listed_count": listed,
        "unlisted_count": count - listed,
        "unlisted_health": unlisted_health,
        "path": "",
    })
}

//! What backends are called in texts for people, and why they are what they are.

use std::net::Ipv6Addr;

use lbhealth::{DecidingRecord, FailureReason, TrafficReason, part_of_backend};

/// Why it is so: the cause, or else why the traffic is so.
pub(crate) fn reason(record: &DecidingRecord) -> Option<&'static str> {
    record.cause_reason.map(FailureReason::as_str).or(record.traffic_reason.map(TrafficReason::as_str))
}

/// The backend as people call it.
pub(crate) fn backend(record: &DecidingRecord) -> String {
    called(record.backend_id.as_deref(), record.address.as_deref(), record.port)
}

pub(crate) fn called(id: Option<&str>, address: Option<&str>, port: Option<u16>) -> String {
    let name = part_of_backend(id, address);
    with_port(if name.is_empty() { "without id" } else { &name }, port)
}

/// The first few names, and, behind `and`, how many more there are.
pub(crate) fn first_few(mut names: impl Iterator<Item = String>, most: usize, and: &str) -> String {
    let shown = names.by_ref().take(most).collect::<Vec<_>>().join(", ");
    match names.count() {
        0 => shown,
        more => format!("{shown}{and}{more} more"),
    }
}

/// How many there are of what is called so.
pub(crate) fn counted(count: impl TryInto<u64>, noun: &str) -> String {
    let count = count.try_into().unwrap_or(u64::MAX);
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// A name and a port as one writes them to connect there. An IPv6 address has colons of its own.
pub(crate) fn with_port(name: &str, port: Option<u16>) -> String {
    match port {
        Some(port) if name.parse::<Ipv6Addr>().is_ok() => format!("[{name}]:{port}"),
        Some(port) => format!("{name}:{port}"),
        None => name.to_owned(),
    }
}

//! What stands in the cells of tables.

use std::fmt::Display;

use lbhealth::{BackendRecord, Certainty};

use crate::names::with_port;

/// The text, empty where there is none.
pub(super) fn text(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

pub(super) fn switch(value: Option<bool>) -> String {
    match value {
        Some(true) => "on",
        Some(false) => "off",
        None => "",
    }
    .to_owned()
}

/// A word, and how sure it is: nothing where the vendor said it.
pub(super) fn marked(word: impl Display, certainty: Certainty) -> String {
    match certainty {
        Certainty::Exact => word.to_string(),
        Certainty::Inferred => format!("{word} ~"),
        Certainty::Ambiguous => format!("{word} ?"),
    }
}

pub(super) fn traffic(record: &BackendRecord<'_>) -> String {
    match record.traffic_reason {
        Some(reason) => format!("{} ({reason})", record.traffic),
        None => record.traffic.to_string(),
    }
}

/// The reason, and what a probe got in place of what it expects.
pub(super) fn cause(record: &BackendRecord<'_>) -> String {
    let mut parts: Vec<String> = record.cause.iter().map(|cause| marked(cause.reason, cause.certainty)).collect();
    if let Some(probe) = &record.probe {
        let observed: Vec<String> = probe.observed.iter().map(ToString::to_string).collect();
        if !observed.is_empty() {
            parts.push(format!("got {}", observed.join(",")));
        }
        parts.extend(probe.expected.iter().map(|expected| format!("wants {}", expected.text)));
    }
    parts.join(" ")
}

/// The address as one writes it to connect to it.
pub(super) fn address(address: Option<&str>, port: Option<u16>) -> String {
    with_port(address.unwrap_or_default(), port)
}

pub(super) fn listener(id: Option<&str>, protocol: Option<&str>, port: Option<u16>) -> String {
    let place = match (protocol, port) {
        (Some(protocol), Some(port)) => format!("{protocol}:{port}"),
        (None, Some(port)) => format!(":{port}"),
        (protocol, None) => protocol.unwrap_or_default().to_owned(),
    };
    words(id, Some(&place))
}

/// Both, or one of them.
pub(super) fn words(first: Option<&str>, second: Option<&str>) -> String {
    [first, second].into_iter().flatten().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

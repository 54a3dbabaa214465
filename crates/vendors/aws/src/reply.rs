//! What replies have in common, whatever they list.

use lbhealth_core::wire::{Id, List, Text, Wire};
use lbhealth_core::{Completeness, Coverage, FailureReason, Pointer, ReportBuilder, Warnings, wire};

wire! {
    /// What the vendor's Python client says of a call.
    pub struct ResponseMetadata<'a> {
        /// Id of the call.
        "RequestId" request_id: Id<'a>,
    }
    unread {
        "HTTPStatusCode": "a failed call is an error before anything is read",
        "HTTPHeaders": "how the reply came",
        "RetryAttempts": "how the reply came",
        "HostId": "how the reply came",
    }
}

/// What a reply says beside its list.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "made here and taken apart by the adapters")]
pub struct Head<'a> {
    /// Whether this is everything.
    pub completeness: Completeness,
    /// The token of the next page.
    pub next_page: Option<Text<'a>>,
    /// Id of the call.
    pub request_id: Option<Text<'a>>,
}

/// What a reply says beside this list of this name. The token of the next page stands in one of the given fields. Warns of what could not
/// be read.
pub fn head<'a, T>(
    reply: &impl Wire<'a>,
    metadata: Option<&ResponseMetadata<'a>>,
    (name, list): (&'static str, Option<&List<'a, T>>),
    tokens: &[(&str, Option<&Id<'a>>)],
    warnings: &mut Warnings<'a>,
) -> Head<'a> {
    let (completeness, next_page) = wire::page(reply, list.is_some(), tokens);
    warnings.unread(reply, &Pointer::ROOT);
    if let Some(metadata) = metadata {
        warnings.unread(metadata, &Pointer::at("/ResponseMetadata", []));
    }
    warnings.missing_list(reply, name, list, &Pointer::ROOT);
    let request_id = metadata.and_then(|metadata| metadata.request_id.clone()).map(Id::into_text);
    Head { completeness, next_page, request_id }
}

/// Notes that only some backends are listed, where one is that is not registered. A list of everything that is registered has nothing that
/// is not: only a call that names backends gives such an answer.
pub fn conclude_coverage(report: &mut ReportBuilder<'_>) {
    let mut causes = report.records_from(0).iter().filter_map(|record| record.cause);
    if causes.any(|cause| cause.reason == FailureReason::NotRegistered) {
        report.set_coverage(Coverage::Selected);
    }
}

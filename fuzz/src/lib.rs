//! What holds of every document, whatever it was made from. A law that is broken panics, which is what a fuzzer looks for.

use std::collections::BTreeSet;

use lbhealth::{BackendHealth, Document, HealthReport};

/// Checks the laws of any document that an adapter made.
///
/// # Panics
///
/// Where one is broken.
pub fn document(document: &Document<'_>) {
    round_trips(document);
    if let Document::Health(report) = document {
        report_holds(report);
    }
}

/// What is written reads back as the same, and borrowing makes no difference.
///
/// # Panics
///
/// Where it does not.
pub fn round_trips(document: &Document<'_>) {
    let text = serde_json::to_string(document).expect("a document can be written");
    let read: Document<'static> = text.parse().expect("what was written can be read");
    assert_eq!(serde_json::to_string(&read).expect("a document can be written"), text);
    assert_eq!(document.clone().into_owned(), read);
}

/// The laws of a health report.
///
/// # Panics
///
/// Where one is broken.
pub fn report_holds(report: &HealthReport<'_>) {
    for record in report.records.iter().filter(|record| record.health == BackendHealth::Healthy) {
        assert!(record.cause.is_none(), "{} is healthy and has a cause", record.record_key);
    }
    let keys: BTreeSet<&str> = report.records.iter().map(|record| &*record.record_key).collect();
    assert_eq!(keys.len(), report.records.len(), "two records have one key");
    let keys: BTreeSet<&str> = report.pools.iter().map(|pool| &*pool.pool_key).collect();
    assert_eq!(keys.len(), report.pools.len(), "two pools have one key");
    for pool in &report.pools {
        let known: Vec<u64> = BackendHealth::ALL.iter().filter_map(|health| pool.count_of(*health)).map(u64::from).collect();
        let total: u64 = known.iter().sum();
        let adds_up = known.len() == BackendHealth::ALL.len() && pool.server_count.is_none_or(|count| u64::from(count) == total);
        assert!(known.is_empty() || adds_up, "the counts of {} do not add up", pool.pool_key);
    }
    for warning in &report.warnings {
        let Some(key) = &warning.record_key else { continue };
        let record = report.records.iter().find(|record| record.record_key == *key);
        assert!(record.is_some_and(|record| record.warnings.contains(&warning.code)), "a warning is of no record");
    }
    for row in report.rows() {
        serde_json::to_string(&row).expect("a row can be written");
    }
    for row in report.pool_rows() {
        serde_json::to_string(&row).expect("a row can be written");
    }
}

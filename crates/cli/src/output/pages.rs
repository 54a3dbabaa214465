//! Answers in several pages, of which the figures are those of the whole.

use std::collections::HashSet;

use lbhealth::{Completeness, Document, HealthReport};

/// Health reports that may be pages of one answer, until it is known which.
#[derive(Debug, Default)]
pub(super) struct Pages {
    held: Vec<HealthReport<'static>>,
    /// The adapters and operations of what is held: further pages are of the same.
    operations: HashSet<(String, String)>,
}

impl Pages {
    /// Keeps a report that is not whole, and those that may be the rest of one. Gives back any other document.
    pub(super) fn keep(&mut self, document: Document<'static>) -> Option<Document<'static>> {
        let Document::Health(report) = document else { return Some(document) };
        let operation = (report.adapter.to_string(), report.operation.to_string());
        if report.completeness == Completeness::Complete && !self.operations.contains(&operation) {
            return Some(Document::Health(report));
        }
        self.operations.insert(operation);
        self.held.push(*report);
        None
    }

    /// The answers.
    pub(super) fn take(&mut self) -> Vec<HealthReport<'static>> {
        self.operations.clear();
        lbhealth::join_pages(std::mem::take(&mut self.held))
    }
}

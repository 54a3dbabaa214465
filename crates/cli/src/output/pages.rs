//! Answers in several pages, of which the figures are those of the whole.

use std::collections::HashSet;

use lbhealth::{Completeness, Document, HealthReport};

/// Health reports that may be pages of one answer, until it is known which.
#[derive(Debug, Default)]
pub(super) struct Pages {
    held: Vec<HealthReport<'static>>,
    /// The adapters of what is held. All that follows is held too: of two records with one key, the later has to stay the later.
    adapters: HashSet<String>,
}

impl Pages {
    /// Keeps a report that is not whole, and those of its adapter that follow. Gives back any other document.
    pub(super) fn keep(&mut self, document: Document<'static>) -> Option<Document<'static>> {
        let Document::Health(report) = document else { return Some(document) };
        if !self.adapters.contains(&*report.adapter) {
            if report.completeness == Completeness::Complete {
                return Some(Document::Health(report));
            }
            self.adapters.insert(report.adapter.to_string());
        }
        self.held.push(*report);
        None
    }

    /// The answers.
    pub(super) fn take(&mut self) -> Vec<HealthReport<'static>> {
        self.adapters.clear();
        lbhealth::join_pages(std::mem::take(&mut self.held))
    }
}

//! Any text as a document of ours.
#![no_main]

use lbhealth::{Document, HealthReport, Inventory};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(document) = text.parse::<Document<'static>>() else { return };
    lbhealth_fuzz::round_trips(&document);
    match document {
        Document::Health(report) => {
            let merged = HealthReport::merge([*report.clone(), *report]).expect("pages of one adapter");
            lbhealth_fuzz::round_trips(&Document::Health(merged.into()));
        }
        Document::Inventory(inventory) => {
            let merged = Inventory::merge([*inventory.clone(), *inventory]).expect("pages of one adapter");
            lbhealth_fuzz::round_trips(&Document::Inventory(merged.into()));
        }
        _ => {}
    }
});

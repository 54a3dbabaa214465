//! Why a record says what it says: its words, looked up in the vocabulary again.

use std::collections::HashMap;

use crate::explain::explanation::{AppliedRow, Meaning, RecordExplanation, ReportExplanation, WarningMeaning};
use crate::explain::first_look::{WELL_WITH_STATUS_UNPLACED, WELL_WITH_TRAFFIC_OPEN};
use crate::explain::glossary::sentence;
use crate::model::schema_id::SchemaId;
use crate::vocabulary::pattern::fits;
use crate::{
    Adapter, BackendHealth, BackendRecord, Cause, Certainty, Coverage, FailureReason, HealthReport, Parent, PoolSummary, Role, Row,
    Source, Traffic, TrafficReason, Vocabulary, Warning, WarningCode,
};

/// The field of the state of a whole's configuration, which rows can be about beside its status.
const PROVISIONING: &str = "provisioning_status";

/// Why the records of a backend say what they say. `backend` is a key, an id, a name, an address, or address and port joined by `:`, as it
/// stands in the records. Without records the report has none of that backend.
///
/// A report does not keep the word of every field. Where a row depends on one of those, it is concluded from the record's answers and
/// `assumed` says so. Without the adapter of the report there are no rows.
pub fn explain_backend(report: &HealthReport<'_>, adapters: &[&dyn Adapter], backend: &str) -> ReportExplanation {
    let adapter = adapters.iter().find(|adapter| adapter.id() == report.adapter).copied();
    let wanted = backend.trim();
    let records = report.records.iter().filter(|record| record.is_called(wanted));
    // Where two have one key, the first stands.
    let pools: HashMap<&str, &PoolSummary<'_>> = report.pools.iter().rev().map(|pool| (&*pool.pool_key, pool)).collect();
    let case = |record| Case::new(report, record, pools.get(&*record.pool_key).copied(), adapter);
    ReportExplanation {
        schema_id: SchemaId::new(),
        producer: None,
        adapter: report.adapter.to_string(),
        backend: wanted.to_owned(),
        records: records.map(|record| case(record).explanation()).collect(),
    }
}

/// One record, and what it came from.
struct Case<'c> {
    report: &'c HealthReport<'c>,
    record: &'c BackendRecord<'c>,
    pool: Option<&'c PoolSummary<'c>>,
    adapter: Option<&'c dyn Adapter>,
    source: Source<'static>,
}

impl<'c> Case<'c> {
    fn new(
        report: &'c HealthReport<'c>,
        record: &'c BackendRecord<'c>,
        pool: Option<&'c PoolSummary<'c>>,
        adapter: Option<&'c dyn Adapter>,
    ) -> Self {
        let index = usize::try_from(record.evidence.source.unwrap_or(0)).unwrap_or(usize::MAX);
        let itself = || Source::of(&report.operation, report.request_id.as_ref());
        let source = report.sources.get(index).cloned().unwrap_or_else(itself).into_owned();
        Self { report, record, pool, adapter, source }
    }

    fn explanation(&self) -> RecordExplanation {
        let record = self.record;
        let rows = self.rows();
        RecordExplanation {
            record_key: record.record_key.to_string(),
            health: record.health,
            certainty: record.certainty,
            traffic: record.traffic,
            traffic_reason: record.traffic_reason,
            cause: record.cause,
            evidence: record.evidence.clone().into_owned(),
            source: self.source.clone(),
            why: self.why(&rows),
            rows,
            first_look: self.first_look(),
            warnings: self.warnings(),
        }
    }

    fn first_look(&self) -> &'static str {
        let record = self.record;
        let well = record.health == BackendHealth::Healthy;
        // They are about more than the backend, so what is said of it alone comes later.
        let is_above = |reason| matches!(reason, TrafficReason::FailOpen | TrafficReason::ParentNotInService);
        match (record.cause, record.traffic_reason) {
            (_, Some(reason)) if is_above(reason) => reason.first_look(),
            _ if record.warnings.contains(&WarningCode::BackendMissing) => FailureReason::BackendMissing.first_look(),
            _ if record.health.is_well() && record.warnings.contains(&WarningCode::OuterStatusUnplaced) => {
                WELL_WITH_STATUS_UNPLACED
            }
            _ if well && record.traffic == Traffic::Unknown => WELL_WITH_TRAFFIC_OPEN,
            (_, Some(reason)) if well => reason.first_look(),
            (Some(cause), _) => cause.reason.first_look(),
            _ => record.health.first_look(),
        }
    }

    fn warnings(&self) -> Vec<WarningMeaning> {
        let own = |warning: &Warning<'_>| warning.record_key.as_ref() == Some(&self.record.record_key);
        let find = |code, is_it: &dyn Fn(&Warning<'_>) -> bool| {
            self.report.warnings.iter().find(|warning| warning.code == code && is_it(warning))
        };
        let of_record = |code| find(code, &own).or_else(|| find(code, &|warning| self.is_shared(warning)));
        let codes = self.record.warnings.iter();
        codes
            .map(|code| WarningMeaning {
                code: *code,
                meaning: sentence(*code),
                path: of_record(*code).map(|warning| warning.path.clone()),
                message: of_record(*code).map(|warning| warning.message.to_string()),
            })
            .collect()
    }

    /// Whether a warning that concerns several records is about an object that the record is from, too. In a report of several replies no
    /// warning tells of which it is.
    fn is_shared(&self, warning: &Warning<'_>) -> bool {
        let (at, path) = (self.record.evidence.path.text(), warning.path.text());
        let object = path.rsplit_once('/').map_or("", |(object, _)| object);
        let is_below = at.strip_prefix(object).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        warning.record_key.is_none() && self.report.sources.is_empty() && is_below
    }

    /// The rows that applied, in the order status, reason, traffic, and then those for what is above the backend.
    fn rows(&self) -> Vec<AppliedRow> {
        let Some(adapter) = self.adapter else { return Vec::new() };
        let vocabulary = adapter.vocabulary();
        let evidence = &self.record.evidence;
        let mut rows = Vec::new();
        if let Some(word) = evidence.status.as_deref() {
            rows.extend(self.fitting(vocabulary, vocabulary.statuses, word));
            rows.extend(self.fitting(vocabulary, vocabulary.registrations, word));
        }
        if let Some(word) = evidence.reason.as_deref() {
            rows.extend(self.fitting(vocabulary, vocabulary.reasons, word));
        }
        let given = rows.iter().find_map(|(row, _)| row.traffic);
        rows.extend(self.traffic_rows(vocabulary, given));
        for parent in self.parents() {
            for (word, is_of_configuration) in [(&parent.status, false), (&parent.provisioning_status, true)] {
                let found = self.fitting(vocabulary, vocabulary.parents, word.as_deref().unwrap_or_default());
                let is_it = |row: &Row| row.traffic.is_some() && (row.field == PROVISIONING) == is_of_configuration;
                rows.extend(found.into_iter().filter(|(row, _)| is_it(row)));
            }
        }
        let applied = |(row, assumed): (&'static Row, bool)| AppliedRow { meaning: Meaning::of(adapter.id(), row), assumed };
        rows.into_iter().map(applied).collect()
    }

    /// What the report says of load balancer, listener and pool of the record.
    fn parents(&self) -> impl Iterator<Item = &'c Parent<'c>> {
        let record = self.record;
        let above = [&record.load_balancer_id, &record.listener_id, &record.pool_id];
        self.report.parents.iter().filter(move |parent| parent.id.is_some() && above.contains(&&parent.id))
    }

    /// The rows for a word that may have applied: the first whose second field holds, and before it those whose second field the report
    /// does not keep. One that does not give the record's answers is passed over where a later one does.
    fn fitting(&self, vocabulary: &Vocabulary, rows: &'static [Row], word: &str) -> Vec<(&'static Row, bool)> {
        let mut found = Vec::new();
        let mut passed_over = None;
        for row in rows.iter().filter(|row| row.fits_alone(&self.source.operation, row.field, word)) {
            match row.when.map_or(Some(true), |when| self.holds(vocabulary, when.field, when.word)) {
                Some(true) if self.agrees(row) => {
                    found.push((row, passed_over.is_some()));
                    break;
                }
                Some(true) => passed_over = passed_over.or(Some(row)),
                None if self.agrees(row) => found.push((row, true)),
                Some(false) | None => {}
            }
        }
        if found.is_empty() {
            found.extend(passed_over.map(|row| (row, false)));
        }
        // Where some of them give exactly the record's answers, the others did not apply.
        let exact = |row: &Row| self.agrees(row) && row.traffic.is_none_or(|traffic| traffic == self.record.traffic);
        if found.len() > 1 && found.iter().any(|(row, _)| exact(row)) {
            found.retain(|(row, _)| exact(row));
        }
        let is_choice = found.len() > 1;
        found.iter().map(|(row, assumed)| (*row, *assumed || is_choice)).collect()
    }

    /// The traffic rows that can have narrowed what the status gives.
    fn traffic_rows(&self, vocabulary: &Vocabulary, given: Option<Traffic>) -> Vec<(&'static Row, bool)> {
        let record = self.record;
        let mut found = Vec::new();
        if record.traffic_reason.is_none() && given.unwrap_or(Traffic::Unknown) == record.traffic {
            return found;
        }
        for row in vocabulary.traffic.iter().filter(|row| row.operations.contains(&&*self.source.operation)) {
            let is_untold = row.told_by.is_some_and(|code| !record.warnings.contains(&code));
            let first = if is_untold { Some(false) } else { self.holds(vocabulary, row.field, row.word) };
            let second = row.when.map_or(Some(true), |when| self.holds(vocabulary, when.field, when.word));
            // Whether one that stands by waits, other records of its pool tell.
            let is_open = record.traffic == Traffic::Unknown && record.traffic_reason.is_some();
            let is_it = (row.traffic == Some(record.traffic) || is_open) && row.traffic_reason == record.traffic_reason;
            if is_it && first != Some(false) && second != Some(false) {
                let is_certain = first.is_some() && second.is_some();
                found.push((row, !is_certain));
                if is_certain {
                    break;
                }
            }
        }
        found
    }

    /// Whether another field holds this word, where the report tells.
    fn holds(&self, vocabulary: &Vocabulary, field: &str, word: &str) -> Option<bool> {
        let evidence = &self.record.evidence;
        let is = |sent: Option<&str>| sent.is_some_and(|sent| fits(word, sent));
        let stands_in = |rows: &'static [Row]| rows.first().is_some_and(|row| row.field == field);
        if stands_in(vocabulary.statuses) {
            return Some(is(evidence.status.as_deref()));
        }
        if stands_in(vocabulary.reasons) {
            return Some(is(evidence.reason.as_deref()));
        }
        if field == vocabulary.message_field {
            return Some(is(evidence.message.as_deref()));
        }
        if stands_in(vocabulary.flags) {
            let says = vocabulary.check_enabled(None, field, word)?;
            return self.pool?.check_enabled.map(|enabled| enabled == says);
        }
        if field.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("weight")) {
            // An absent weight may only not have been told.
            return self.record.weight.map(|weight| is(Some(&weight.to_string())));
        }
        None
    }

    /// Whether the row gives the record's answers.
    fn agrees(&self, row: &Row) -> bool {
        let record = self.record;
        if row.role != Role::Status {
            return true;
        }
        let reason = |cause: Cause| cause.reason;
        let same_cause = record.evidence.reason.is_some() || row.reason == record.cause.map(reason);
        // A record that takes its status from elsewhere is inferred, whatever the row says.
        let certain = row.certainty == record.certainty || record.certainty == Certainty::Inferred;
        let traffic = row.traffic.unwrap_or(Traffic::Unknown);
        let narrowed = traffic == record.traffic || traffic.narrowed_by(record.traffic) == record.traffic;
        row.health == Some(record.health) && certain && same_cause && narrowed
    }

    /// Whether the vendor did not list the backend, and an inventory did.
    fn is_unlisted(&self) -> bool {
        let gives_status = |adapter: &dyn Adapter| {
            adapter.vocabulary().statuses.iter().any(|row| row.operations.contains(&&*self.source.operation))
        };
        self.report.coverage == Coverage::NonHealthyOnly && self.adapter.is_some_and(|adapter| !gives_status(adapter))
    }

    fn why(&self, rows: &[AppliedRow]) -> Vec<String> {
        let (record, evidence) = (self.record, &self.record.evidence);
        let (health, certainty) = (record.health, record.certainty);
        let mut why = Vec::new();
        let place = if evidence.path.text().is_empty() { "the payload".to_owned() } else { format!("`{}`", evidence.path) };
        if self.is_unlisted() {
            why.push(format!(
                "`{}` lists only backends that are not plainly normal, and not this one; it is known from {place} of `{}`",
                self.report.operation, self.source.operation
            ));
            if let Some(unlisted) = self.pool.and_then(|pool| pool.unlisted_health) {
                why.push(format!("of the backends that its pool does not list {unlisted} may be said"));
            }
            why.push(format!("so the health is {health}, {certainty}"));
        } else {
            let status = rows.iter().find(|row| row.meaning.role == Role::Status);
            why.push(match (evidence.status.as_deref(), status) {
                (None, _) => format!("no status stands at {place}, so the health is {health}, {certainty}"),
                (Some(word), None) if self.adapter.is_none() => {
                    format!("`{word}` at {place} is of an adapter that is not known here; the report says {health}, {certainty}")
                }
                (Some(word), None) => {
                    format!("`{word}` at {place} is not a status that is known, so the health is {health}, {certainty}")
                }
                (Some(word), Some(row)) if row.meaning.health != Some(health) => format!(
                    "the status at {place} is `{word}`, which other parts of the reply keep from being concluded, so the health is \
                     {health}, {certainty}"
                ),
                (Some(word), Some(_)) => format!("the status at {place} is `{word}`, so the health is {health}, {certainty}"),
            });
        }
        if let Some(cause) = record.cause {
            let from = match evidence.reason.as_deref() {
                Some(word) => format!("the reason beside it is `{word}`"),
                None => "no reason stands beside it; the status and other fields tell".to_owned(),
            };
            why.push(format!("{from}, so the cause is {}, {}, of the phase {}", cause.reason, cause.certainty, cause.phase));
        } else if health != BackendHealth::Healthy {
            why.push("the vendor gives no reason".to_owned());
        }
        if evidence.expected.is_some() || evidence.observed.is_some() {
            let word = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().unwrap_or("not told").to_owned();
            why.push(format!("the check expects {} and met {}", word(&evidence.expected), word(&evidence.observed)));
        }
        why.push(match record.traffic_reason {
            Some(reason) => format!("new traffic is {}, because of {reason}: {}", record.traffic, sentence(reason)),
            None => format!("new traffic is {}", record.traffic),
        });
        why
    }
}

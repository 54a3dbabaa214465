//! From a vendor's words to health, traffic and cause. The rules that hold for every vendor stand here, once.

mod memory;
mod words;

use std::borrow::Cow;

pub use words::Words;

use crate::bytes::{same, trimmed};
use crate::model::status_codes::observed;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::message;
use crate::vocabulary::row::Row;
use crate::{
    BackendHealth, Cause, Certainty, Evidence, FailureReason, Probe, StatusCodes, Traffic, TrafficReason, Trend, WarningCode,
    Warnings,
};

/// What a vendor's words say about one backend.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Verdict<'a> {
    /// What the checks say.
    pub health: BackendHealth,
    /// Whether the backend gets new traffic.
    pub traffic: Traffic,
    /// Why the traffic is so, where health alone does not explain it.
    pub traffic_reason: Option<TrafficReason>,
    /// Why the backend is not plainly healthy.
    pub cause: Option<Cause>,
    /// How the health follows from the words.
    pub certainty: Certainty,
    /// Where the health is heading.
    pub trend: Option<Trend>,
    /// What the probe expected and observed.
    pub probe: Option<Box<Probe>>,
    /// The words.
    pub evidence: Evidence<'a>,
    /// Codes of the warnings that they gave, each once.
    pub warnings: Vec<WarningCode>,
}

/// What words say, wherever they stand.
#[derive(Clone, Debug)]
struct Judgement {
    health: BackendHealth,
    traffic: Traffic,
    traffic_reason: Option<TrafficReason>,
    cause: Option<Cause>,
    certainty: Certainty,
    trend: Option<Trend>,
    probe: Option<Box<Probe>>,
}

/// A verdict in the making.
struct Judge<'j, 'w, 'a> {
    vocabulary: &'j Vocabulary,
    words: &'j Words<'w, 'a>,
    warnings: &'j mut Warnings<'a>,
}

impl Vocabulary {
    /// What these words say about a backend. Never fails: a word that is not in the vocabulary is kept, warned of, and gives neither
    /// `HEALTHY` nor `UNHEALTHY`. A thread remembers what words gave without a warning.
    pub fn judge<'a>(&'static self, mut words: Words<'_, 'a>, warnings: &mut Warnings<'a>) -> Verdict<'a> {
        let start = warnings.len();
        words.drop_blanks();
        if words.observed.is_none() {
            words.observed = message::codes(words.message.as_ref(), self.codes_in_messages);
        }
        if words.expected.is_none() {
            words.expected = message::codes(words.message.as_ref(), self.expected_in_messages);
        }
        let finding = memory::recall(self, &words).unwrap_or_else(|| {
            let finding = Judge { vocabulary: self, words: &words, warnings }.finding();
            // Warnings are of one place.
            if warnings.len() == start {
                memory::keep(self, &words, &finding);
            }
            finding
        });
        let Judgement { health, traffic, traffic_reason, cause, certainty, trend, probe } = finding;
        let Words { status, reason, message, expected, observed, at, .. } = words;
        Verdict {
            health,
            traffic,
            traffic_reason,
            cause,
            certainty,
            trend,
            probe,
            evidence: Evidence { status, reason, expected, observed, message, source: None, path: at },
            warnings: warnings.codes_since(start),
        }
    }
}

/// What the status word gave.
struct Status {
    health: BackendHealth,
    certainty: Certainty,
    traffic: Option<Traffic>,
    trend: Option<Trend>,
    cause: Option<Cause>,
    /// What the row warns of by itself.
    warning: Option<WarningCode>,
}

impl Status {
    /// The answer where no word, or no word that is known, was given.
    const fn unknown(certainty: Certainty) -> Self {
        Self { health: BackendHealth::Unknown, certainty, traffic: None, trend: None, cause: None, warning: None }
    }
}

/// A reason, and the word or text that gave it.
struct Said<'a> {
    word: Cow<'a, str>,
    field: &'static str,
    cause: Cause,
}

impl Said<'_> {
    fn is_known(&self) -> bool {
        self.cause.reason != FailureReason::Unrecognized
    }
}

impl<'a> Judge<'_, '_, 'a> {
    fn finding(mut self) -> Judgement {
        let status = self.status();
        let cause = self.cause(&status);
        self.check_flags(status.health);
        self.check_traffic_words();
        let (traffic, traffic_reason) = self.traffic(status.traffic);
        let probe = self.probe(cause.as_ref());
        let Status { health, certainty, trend, .. } = status;
        Judgement { health, traffic, traffic_reason, cause, certainty, trend, probe }
    }

    fn status(&mut self) -> Status {
        let Some(word) = self.words.status.clone() else {
            self.warn(WarningCode::StatusMissing, "", None, "no status was given, so the health is UNKNOWN".to_owned());
            return Status::unknown(Certainty::Inferred);
        };
        let Some(row) = self.find_status(&word) else {
            let field = self.words.status_field.or(self.vocabulary.statuses.first().map(|row| row.field)).unwrap_or_default();
            let message = format!("`{}` is not a status that this version knows, so the health is UNKNOWN", word.trim());
            self.warn(WarningCode::UnrecognizedStatus, field, Some(word), message);
            return Status::unknown(Certainty::Ambiguous);
        };
        let field = self.words.status_field.unwrap_or(row.field);
        let health = row.health.unwrap_or(BackendHealth::Unknown);
        if !row.documented {
            let message = format!("the status `{}` is not in the vendor's reference; it is read as {health}", row.word);
            self.warn(WarningCode::UndocumentedWord, field, Some(word.clone()), message);
        }
        if let Some(code) = row.warning {
            self.warn(code, field, Some(word), row.meaning.trim_end_matches('.').to_owned());
        }
        let cause = row.reason.map(|reason| Cause::new(reason, row.reason_certainty));
        Status { health, certainty: row.certainty, traffic: row.traffic, trend: row.trend, warning: row.warning, cause }
    }

    /// The vendor's reason word, else what its text tells, else the reason that belongs to the status.
    fn cause(&mut self, status: &Status) -> Option<Cause> {
        let said = self.reason_of_word(status.health);
        let said = if said.as_ref().is_some_and(Said::is_known) { said } else { self.reason_of_text().or(said) };
        let Some(Said { word, field, cause }) = said else {
            return status.cause;
        };
        let contradicts = match status.health {
            BackendHealth::Unhealthy | BackendHealth::Degraded => false,
            BackendHealth::Healthy => cause.reason != FailureReason::Unrecognized,
            _ => cause.reason.is_probe_failure(),
        };
        if contradicts && status.warning != Some(WarningCode::ReasonContradictsStatus) {
            let message = format!(
                "the reason `{}` stands beside a status that is read as {}; the status decides and both are kept",
                word.trim(),
                status.health
            );
            self.warn(WarningCode::ReasonContradictsStatus, field, Some(word), message);
        }
        (status.health != BackendHealth::Healthy).then_some(cause)
    }

    /// What the reason word stands for; nothing where it says that nothing is wrong.
    fn reason_of_word(&mut self, health: BackendHealth) -> Option<Said<'a>> {
        let word = self.words.reason.clone()?;
        let field = self.vocabulary.reasons.first().map_or("", |row| row.field);
        let Some(row) = self.find_reason(&word, false) else {
            let message = format!("`{}` is not a reason that this version knows", word.trim());
            self.warn(WarningCode::UnrecognizedReason, field, Some(word.clone()), message);
            return Some(Said { word, field, cause: Cause::new(FailureReason::Unrecognized, Certainty::Ambiguous) });
        };
        // One that says again that nothing is wrong decides nothing.
        let confirms = row.reason.is_none() && health == BackendHealth::Healthy;
        if !row.documented && !confirms {
            let read_as = row.reason.map_or("no reason", FailureReason::as_str);
            let message = format!("the reason `{}` is not in the vendor's reference; it is read as {read_as}", row.word);
            self.warn(WarningCode::UndocumentedWord, row.field, Some(word.clone()), message);
        }
        row.reason.map(|reason| Said { word, field, cause: Cause::new(reason, row.reason_certainty) })
    }

    /// What the text for people tells, where it is one that is known.
    fn reason_of_text(&self) -> Option<Said<'a>> {
        let word = self.words.message.clone()?;
        let row = self.find_reason(&word, true)?;
        row.reason.map(|reason| Said { word, field: row.field, cause: Cause::new(reason, row.reason_certainty) })
    }

    /// The first row for this reason word, or for this text.
    fn find_reason(&self, word: &str, is_text: bool) -> Option<&'static Row> {
        let of_text = |row: &Row| !row.field.is_empty() && row.field == self.vocabulary.message_field;
        let word = trimmed(word);
        let mut rows = self.vocabulary.reasons.iter().filter(|row| of_text(row) == is_text);
        rows.find(|row| row.fits(self.words.operation, None, word, |field| self.fact(field)))
    }

    /// Compares a pool's check switch, where it is among the facts, with what the status says of the check.
    fn check_flags(&mut self, health: BackendHealth) {
        for (field, word) in self.words.given_facts() {
            let contradiction = match self.vocabulary.check_enabled(self.words.operation, field, word) {
                Some(true) => health == BackendHealth::Unmonitored,
                Some(false) => health.is_verdict() || health == BackendHealth::Initializing,
                None => false,
            };
            if contradiction {
                let message = format!("the check is `{}` while the status is read as {health}; the status decides", word.trim());
                let value = Some(Cow::Owned((*word).to_owned()));
                self.warn(WarningCode::CheckFlagContradictsStatus, field, value, message);
            }
        }
    }

    /// Gives the warnings that traffic words among the facts stand for.
    fn check_traffic_words(&mut self) {
        for (field, word) in self.words.given_facts() {
            let bare = trimmed(word);
            let fits = |row: &&Row| row.fits(self.words.operation, Some(field), bare, |field| self.fact(field));
            if let Some((row, code)) = self.vocabulary.traffic.iter().find(fits).and_then(|row| Some((row, row.warning?))) {
                self.warn(code, field, Some(Cow::Owned((*word).to_owned())), row.meaning.trim_end_matches('.').to_owned());
            }
        }
    }

    /// What the status gives, narrowed by the first traffic row that fits a fact.
    fn traffic(&self, status: Option<Traffic>) -> (Traffic, Option<TrafficReason>) {
        let given = status.unwrap_or(Traffic::Unknown);
        // The rows of a field stand together, so that its word is looked for once.
        let mut held = ("", None);
        let row = self.vocabulary.traffic.iter().find(|row| {
            if !same(held.0, row.field) {
                held = (row.field, self.fact(row.field).map(trimmed));
            }
            held.1.is_some_and(|word| row.fits(self.words.operation, None, word, |field| self.fact(field)))
        });
        let Some(row) = row else { return (given, None) };
        let traffic = row.traffic.map_or(given, |word| given.narrowed_by(word));
        (traffic, row.traffic_reason.filter(|_| row.traffic == Some(traffic)))
    }

    fn probe(&mut self, cause: Option<&Cause>) -> Option<Box<Probe>> {
        let (expected_field, observed_field) = (self.vocabulary.expected_field, self.vocabulary.observed_field);
        let mut probe = Probe { expected: None, observed: Vec::new(), port: self.words.probe_port };
        if let Some(text) = self.words.expected.clone() {
            match StatusCodes::parse(&text, None) {
                Ok(codes) => probe.expected = Some(codes),
                Err(error) => self.warn(WarningCode::UnreadableStatusCodes, expected_field, Some(text), error.to_string()),
            }
        }
        if let Some(text) = self.words.observed.clone() {
            if let Some(codes) = observed(&text) {
                probe.observed = codes;
            } else {
                let message = format!("`{}` is not a status code", text.trim());
                self.warn(WarningCode::UnreadableStatusCodes, observed_field, Some(text), message);
            }
        }
        let mismatch = cause.is_some_and(|cause| cause.reason == FailureReason::ResponseMismatch);
        if let Some(expected) = probe.expected.as_ref().filter(|_| mismatch)
            && let Some(code) = probe.observed.iter().find(|code| expected.contains(**code))
        {
            let message = format!("a mismatch is reported although {code} is among the expected {}", expected.text);
            self.warn(WarningCode::ObservedMatchesExpected, observed_field, self.words.observed.clone(), message);
        }
        (probe.expected.is_some() || !probe.observed.is_empty() || probe.port.is_some()).then(|| Box::new(probe))
    }

    /// The first row that is about this status and whose second field fits: of the field that it stood in, if there are rows of that field,
    /// else of the first row's.
    fn find_status(&self, word: &str) -> Option<&'static Row> {
        let (rows, word) = (self.vocabulary.statuses, trimmed(word));
        let field = |named: &str| rows.iter().find(|row| row.field == named).or(rows.first()).map(|row| row.field);
        let field = self.words.status_field.and_then(field);
        let mut rows = rows.iter().filter(|row| field.is_none_or(|field| row.field == field));
        rows.find(|row| row.fits(self.words.operation, None, word, |field| self.fact(field)))
    }

    /// The word of another field: a fact, or the status, reason or message where the vocabulary names their field.
    fn fact(&self, field: &str) -> Option<&str> {
        if let Some((_, word)) = self.words.given_facts().find(|(name, _)| same(name, field)) {
            return Some(word);
        }
        let stands_in = |rows: &'static [Row]| rows.first().is_some_and(|row| same(row.field, field));
        if stands_in(self.vocabulary.statuses) {
            self.words.status.as_deref()
        } else if stands_in(self.vocabulary.reasons) {
            self.words.reason.as_deref()
        } else if field == self.vocabulary.message_field {
            self.words.message.as_deref()
        } else {
            None
        }
    }

    fn warn(&mut self, code: WarningCode, field: &str, value: Option<Cow<'a, str>>, message: String) {
        let path = if field.is_empty() { self.words.at.clone() } else { self.words.at.join(field) };
        self.warnings.push(code, path, value, message);
    }
}

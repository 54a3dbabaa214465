//! From a vendor's words to health, traffic and cause. The rules that hold for every vendor stand here, once.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::owned::into_owned;
use crate::status_codes::observed;
use crate::vocabulary::{Row, Vocabulary};
use crate::{BackendHealth, Cause, Certainty, FailureReason, Pointer, StatusCodes, Traffic, TrafficReason, WarningCode, Warnings};

/// What a vendor said about one backend: the words, and where they stood.
///
/// ```
/// # use lbhealth_core::Words;
/// let words = Words::new("OFFLINE").reason("CONNECT_REFUSED").facts(&[("weight", "1")]);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Words<'w, 'a> {
    /// The status word; absent where the vendor gave none.
    pub status: Option<Cow<'a, str>>,
    /// The reason word.
    pub reason: Option<Cow<'a, str>>,
    /// Text for people that came with it.
    pub message: Option<Cow<'a, str>>,
    /// The status codes that the check expects, in the vendor's spelling.
    pub expected: Option<Cow<'a, str>>,
    /// The status codes that the backend answered with.
    pub observed: Option<Cow<'a, str>>,
    /// The port that is probed.
    pub probe_port: Option<u16>,
    /// Other fields that bear on the verdict, as field and word. The vocabulary names the fields, see [`Row::when`](crate::Row::when).
    pub facts: &'w [(&'w str, &'w str)],
    /// The operation whose reply it was; without it the first row of the vocabulary that fits counts.
    pub operation: Option<&'w str>,
    /// The object in the payload that held the status.
    pub at: Pointer,
}

impl<'w, 'a> Words<'w, 'a> {
    /// A status word.
    pub fn new(status: impl Into<Cow<'a, str>>) -> Self {
        Self::maybe(Some(status.into()))
    }

    /// A status word, or none where the vendor gave none.
    pub fn maybe(status: Option<Cow<'a, str>>) -> Self {
        Self {
            status,
            reason: None,
            message: None,
            expected: None,
            observed: None,
            probe_port: None,
            facts: &[],
            operation: None,
            at: Pointer::ROOT,
        }
    }

    /// With a reason word.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<Cow<'a, str>>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// With the vendor's text for people.
    #[must_use]
    pub fn message(mut self, message: impl Into<Cow<'a, str>>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// With the codes that the check expects.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<Cow<'a, str>>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// With the codes that the backend answered with.
    #[must_use]
    pub fn observed(mut self, observed: impl Into<Cow<'a, str>>) -> Self {
        self.observed = Some(observed.into());
        self
    }

    /// With other fields that bear on the verdict.
    #[must_use]
    pub fn facts(mut self, facts: &'w [(&'w str, &'w str)]) -> Self {
        self.facts = facts;
        self
    }

    /// In the reply of this operation.
    #[must_use]
    pub fn operation(mut self, operation: &'w str) -> Self {
        self.operation = Some(operation);
        self
    }

    /// At this place of the payload.
    #[must_use]
    pub fn at(mut self, at: Pointer) -> Self {
        self.at = at;
        self
    }

    /// Blank text counts as absent.
    fn without_blanks(mut self) -> Self {
        for word in [&mut self.status, &mut self.reason, &mut self.message, &mut self.expected, &mut self.observed] {
            if word.as_ref().is_some_and(|word| word.trim().is_empty()) {
                *word = None;
            }
        }
        self
    }
}

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
    /// What the probe expected and observed.
    pub probe: Option<Probe>,
    /// The words.
    pub evidence: Evidence<'a>,
    /// Codes of the warnings that they gave, each once.
    pub warnings: Vec<WarningCode>,
}

/// What a probe expected and what it met, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Probe {
    /// The status codes that the check accepts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<StatusCodes>,
    /// The status codes that the backend answered with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observed: Vec<u16>,
    /// Port that is probed, which need not be the one that gets the traffic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
}

/// The vendor's own words, untouched, and where they stood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Evidence<'a> {
    /// The status word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Cow<'a, str>>,
    /// The reason word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Cow<'a, str>>,
    /// The expected status codes as the vendor wrote them; elements of a list are joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Cow<'a, str>>,
    /// The observed status codes as the vendor wrote them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Cow<'a, str>>,
    /// The vendor's text for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Cow<'a, str>>,
    /// Which of the document's `sources` the payload is, from 0; left out for the first and where there is only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<u32>,
    /// JSON Pointer to the object in the payload that held them; the empty text is the payload itself.
    pub path: Pointer,
}

into_owned!(Evidence { status, reason, expected, observed, message, source, path });

/// A verdict in the making.
struct Judge<'w, 'a, 's> {
    vocabulary: &'w Vocabulary,
    words: Words<'w, 'a>,
    warnings: &'s mut Warnings<'a>,
}

impl Vocabulary {
    /// What these words say about a backend. Never fails: a word that is not in the vocabulary is kept, warned of, and gives neither
    /// `HEALTHY` nor `UNHEALTHY`.
    pub fn judge<'a>(&self, words: Words<'_, 'a>, warnings: &mut Warnings<'a>) -> Verdict<'a> {
        let start = warnings.len();
        let mut words = words.without_blanks();
        words.observed = words.observed.or_else(|| words.message.as_ref().and_then(|message| self.codes_in(message)));
        let mut judge = Judge { vocabulary: self, words, warnings };
        let status = judge.status();
        let cause = judge.cause(&status);
        judge.check_flags(status.health);
        judge.check_traffic_words();
        let (traffic, traffic_reason) = judge.traffic(status.traffic);
        let probe = judge.probe(cause.as_ref());
        let Words { status: word, reason, message, expected, observed, at, .. } = judge.words;
        Verdict {
            health: status.health,
            traffic,
            traffic_reason,
            cause,
            certainty: status.certainty,
            probe,
            evidence: Evidence { status: word, reason, expected, observed, message, source: None, path: at },
            warnings: warnings.codes_since(start),
        }
    }
}

impl Vocabulary {
    /// The observed status codes in a text for people, as the vendor wrote them.
    fn codes_in<'a>(&self, message: &Cow<'a, str>) -> Option<Cow<'a, str>> {
        fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
            let (codes, _) = text.split_once(before)?.1.split_once(after)?;
            Some(codes.trim()).filter(|codes| !codes.is_empty())
        }
        self.codes_in_messages.iter().find_map(|(before, after)| match message {
            Cow::Borrowed(text) => between(text, before, after).map(Cow::Borrowed),
            Cow::Owned(text) => between(text, before, after).map(|codes| Cow::Owned(codes.to_owned())),
        })
    }
}

/// What the status word gave.
struct Status {
    health: BackendHealth,
    certainty: Certainty,
    traffic: Option<Traffic>,
    cause: Option<Cause>,
}

impl Status {
    /// The answer where no word, or no word that is known, was given.
    const fn unknown(certainty: Certainty) -> Self {
        Self { health: BackendHealth::Unknown, certainty, traffic: None, cause: None }
    }
}

impl<'a> Judge<'_, 'a, '_> {
    fn status(&mut self) -> Status {
        let field = self.vocabulary.statuses.first().map_or("", |row| row.field);
        let Some(word) = &self.words.status else {
            self.warn(WarningCode::StatusMissing, "", None, "no status was given, so the health is UNKNOWN".to_owned());
            return Status::unknown(Certainty::Inferred);
        };
        let Some(row) = self.find(self.vocabulary.statuses, word) else {
            let message = format!("`{}` is not a status that this version knows, so the health is UNKNOWN", word.trim());
            self.warn(WarningCode::UnrecognizedStatus, field, Some(word.clone()), message);
            return Status::unknown(Certainty::Ambiguous);
        };
        if !row.documented {
            let message =
                format!("the status `{}` is not in the vendor's reference; it is read as {}", row.word, health_word(row.health));
            self.warn(WarningCode::UndocumentedWord, row.field, Some(word.clone()), message);
        }
        Status {
            health: row.health.unwrap_or(BackendHealth::Unknown),
            certainty: row.certainty,
            traffic: row.traffic,
            cause: row.reason.map(|reason| Cause::new(reason, row.reason_certainty)),
        }
    }

    /// The vendor's reason word, else the reason that belongs to the status.
    fn cause(&mut self, status: &Status) -> Option<Cause> {
        let field = self.vocabulary.reasons.first().map_or("", |row| row.field);
        let Some(word) = self.words.reason.clone() else {
            return status.cause;
        };
        let cause = match self.find(self.vocabulary.reasons, &word) {
            None => {
                let message = format!("`{}` is not a reason that this version knows", word.trim());
                self.warn(WarningCode::UnrecognizedReason, field, Some(word.clone()), message);
                Cause::new(FailureReason::Unrecognized, Certainty::Ambiguous)
            }
            // The word is known and names no reason of ours.
            Some(Row { reason: None, .. }) => return status.cause,
            Some(row @ Row { reason: Some(reason), .. }) => {
                if !row.documented {
                    let message = format!("the reason `{}` is not in the vendor's reference; it is read as {reason}", row.word);
                    self.warn(WarningCode::UndocumentedWord, row.field, Some(word.clone()), message);
                }
                Cause::new(*reason, row.reason_certainty)
            }
        };
        let contradicts = match status.health {
            BackendHealth::Unhealthy | BackendHealth::Degraded => false,
            BackendHealth::Healthy => cause.reason != FailureReason::Unrecognized,
            _ => cause.reason.is_probe_failure(),
        };
        if contradicts {
            let message = format!(
                "the reason `{}` stands beside a status that is read as {}; the status decides and both are kept",
                word.trim(),
                status.health
            );
            self.warn(WarningCode::ReasonContradictsStatus, field, Some(word), message);
        }
        (status.health != BackendHealth::Healthy).then_some(cause)
    }

    /// Compares a pool's check switch, where it is among the facts, with what the status says of the check.
    fn check_flags(&mut self, health: BackendHealth) {
        for (field, word) in self.words.facts {
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
        for (field, word) in self.words.facts {
            let fits = |row: &&Row| row.fits(self.words.operation, Some(field), word, |field| self.fact(field));
            if let Some((row, code)) = self.vocabulary.traffic.iter().find(fits).and_then(|row| Some((row, row.warning?))) {
                self.warn(code, field, Some(Cow::Owned((*word).to_owned())), row.meaning.trim_end_matches('.').to_owned());
            }
        }
    }

    /// What the status gives, narrowed by the first traffic row that fits a fact.
    fn traffic(&self, status: Option<Traffic>) -> (Traffic, Option<TrafficReason>) {
        let given = status.unwrap_or(Traffic::Unknown);
        let row = self.vocabulary.traffic.iter().find(|row| {
            self.fact(row.field).is_some_and(|word| row.fits(self.words.operation, None, word, |field| self.fact(field)))
        });
        let Some(row) = row else { return (given, None) };
        let traffic = row.traffic.map_or(given, |word| given.narrowed_by(word));
        (traffic, row.traffic_reason.filter(|_| row.traffic == Some(traffic)))
    }

    fn probe(&mut self, cause: Option<&Cause>) -> Option<Probe> {
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
        (probe.expected.is_some() || !probe.observed.is_empty() || probe.port.is_some()).then_some(probe)
    }

    /// The first of `rows` that is about this word and whose second field fits.
    fn find(&self, rows: &'static [Row], word: &str) -> Option<&'static Row> {
        rows.iter().find(|row| row.fits(self.words.operation, None, word, |field| self.fact(field)))
    }

    /// The word of another field: a fact, or the status, reason or message where the vocabulary names their field.
    fn fact(&self, field: &str) -> Option<&str> {
        if let Some((_, word)) = self.words.facts.iter().find(|(name, _)| *name == field) {
            return Some(word);
        }
        let stands_in = |rows: &'static [Row]| rows.first().is_some_and(|row| row.field == field);
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

fn health_word(health: Option<BackendHealth>) -> &'static str {
    health.unwrap_or(BackendHealth::Unknown).as_str()
}

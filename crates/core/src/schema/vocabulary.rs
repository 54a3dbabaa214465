//! The vendors' words, as documents and as tables.

use schemars::JsonSchema;
use serde::Serialize;

use super::{File, table};
use crate::model::schema_id::{Published, SchemaId};
use crate::{
    Adapter, BackendHealth, Certainty, FailureReason, Phase, Registration, Role, Row, Traffic, TrafficReason, Trend, Vocabulary,
    WarningCode,
};

/// Every word of one adapter's vendor and what it means.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PublishedVocabulary {
    /// Says that this is a vocabulary of this major version.
    pub schema_id: SchemaId<PublishedVocabulary>,
    /// Id of the adapter: vendor and product.
    pub adapter: &'static str,
    /// The vendor's name.
    pub vendor: &'static str,
    /// The product's name.
    pub product: &'static str,
    /// The words, in the order in which they count.
    pub rows: Vec<VocabularyRow>,
}

impl Published for PublishedVocabulary {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:vocabulary";
}

impl PublishedVocabulary {
    /// The vocabulary of an adapter.
    pub fn of(adapter: &dyn Adapter) -> Self {
        let vocabulary = adapter.vocabulary();
        let of_row =
            |row: &'static Row| row.operations.iter().map(move |operation| VocabularyRow::of(adapter, vocabulary, operation, row));
        let mut rows: Vec<VocabularyRow> = vocabulary.rows().flat_map(of_row).collect();
        for (row, precedence) in rows.iter_mut().zip(1..) {
            row.precedence = precedence;
        }
        Self { schema_id: SchemaId::new(), adapter: adapter.id(), vendor: adapter.vendor(), product: adapter.product(), rows }
    }
}

/// What one word of a vendor means in the replies of one operation.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct VocabularyRow {
    /// Id of the adapter.
    pub adapter: &'static str,
    /// The operation in whose replies the word has this meaning.
    pub operation: &'static str,
    /// What the word is about.
    pub role: Role,
    /// The field that holds the word: names joined by `/` from the backend's object, a leading number going up that many levels.
    pub field: &'static str,
    /// The word. `*` at either end stands for any text, so that `*` alone is any word that no row before it has.
    pub word: &'static str,
    /// The word in lower case: look up the vendor's word by it, in lower case and without the blanks around it.
    #[serde(serialize_with = "lower_case")]
    #[schemars(with = "String")]
    pub word_key: &'static str,
    /// A second field that has to hold `and_word` too, written as `field`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub and_field: Option<&'static str>,
    /// The word of the second field. `*` at either end stands for any text, so that `*` alone is any word that is not blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub and_word: Option<&'static str>,
    /// Whether the word decides alone: false where a row with a second field exists for it.
    pub alone: bool,
    /// Rank among the rows of the adapter. Of the rows that fit a word, the one with the lowest counts.
    pub precedence: u32,
    /// What the vendor means by it.
    pub meaning: &'static str,
    /// The health it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<BackendHealth>,
    /// The traffic it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic: Option<Traffic>,
    /// Why the traffic is so, where health alone does not explain it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic_reason: Option<TrafficReason>,
    /// The reason it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<FailureReason>,
    /// The phase of the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// The registration it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// What the word is warned of, beside what it says of health and traffic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<WarningCode>,
    /// How the health follows from the word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// How the reason follows from the word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_certainty: Option<Certainty>,
    /// Whether the word is in the vendor's reference. A word that is not gives a warning.
    pub documented: bool,
    /// Address of the page that says so; absent where no public page does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_url: Option<&'static str>,
    /// The release that brought the row, or that changed what it says.
    pub since: &'static str,
    /// Where the health is heading by the word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
}

impl VocabularyRow {
    const COLUMNS: &[&str] = &[
        "adapter",
        "operation",
        "role",
        "field",
        "word",
        "word_key",
        "and_field",
        "and_word",
        "alone",
        "precedence",
        "meaning",
        "health",
        "traffic",
        "traffic_reason",
        "reason",
        "phase",
        "registration",
        "warning",
        "certainty",
        "reason_certainty",
        "documented",
        "source_url",
        "since",
        "trend",
    ];

    fn of(adapter: &dyn Adapter, vocabulary: &Vocabulary, operation: &'static str, row: &Row) -> Self {
        Self {
            adapter: adapter.id(),
            operation,
            role: row.role,
            field: row.field,
            word: row.word,
            word_key: row.word,
            and_field: row.when.map(|when| when.field),
            and_word: row.when.map(|when| when.word),
            alone: is_alone(vocabulary, operation, row),
            precedence: 0,
            meaning: row.meaning,
            health: row.health,
            traffic: row.traffic,
            traffic_reason: row.traffic_reason,
            reason: row.reason,
            phase: row.reason.map(FailureReason::phase),
            registration: row.registration,
            warning: row.warning,
            certainty: row.health.map(|_| row.certainty),
            reason_certainty: row.reason.map(|_| row.reason_certainty),
            documented: row.documented,
            source_url: Some(row.source).filter(|source| !source.is_empty()),
            since: row.since,
            trend: row.trend,
        }
    }
}

/// Whether no row for the same word asks for a second field.
fn is_alone(vocabulary: &Vocabulary, operation: &str, row: &Row) -> bool {
    !vocabulary.rows().any(|other| {
        other.role == row.role
            && other.field == row.field
            && other.word.eq_ignore_ascii_case(row.word)
            && other.operations.contains(&operation)
            && other.when.is_some()
    })
}

fn lower_case<S: serde::Serializer>(word: &&str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&word.to_lowercase())
}

/// A vocabulary per adapter, all of them in one table, and the adapters with their operations.
pub(super) fn files(adapters: &[&dyn Adapter]) -> Vec<File> {
    let mut files = Vec::new();
    let mut all = Vec::new();
    for adapter in adapters {
        let vocabulary = PublishedVocabulary::of(*adapter);
        files.push(File::json(format!("vocabulary/{}.json", adapter.id()), &vocabulary));
        all.extend(vocabulary.rows);
    }
    files.push(File::new("vocabulary/all.csv", table::csv(VocabularyRow::COLUMNS, all)));
    files.push(File::new("vocabulary/adapters.csv", operations(adapters)));
    files
}

fn operations(adapters: &[&dyn Adapter]) -> String {
    const COLUMNS: &[&str] =
        &["adapter", "vendor", "product", "title", "operation", "document", "key_parts", "context_parts", "source_url"];
    #[derive(Serialize)]
    struct Line {
        adapter: &'static str,
        vendor: &'static str,
        product: &'static str,
        title: String,
        operation: &'static str,
        document: &'static str,
        key_parts: String,
        context_parts: String,
        source_url: &'static str,
    }
    let lines = adapters.iter().flat_map(|adapter| {
        adapter.operations().iter().map(|operation| Line {
            adapter: adapter.id(),
            vendor: adapter.vendor(),
            product: adapter.product(),
            title: format!("{} {}", adapter.vendor(), adapter.product()),
            operation: operation.name,
            document: operation.kind.as_str(),
            key_parts: operation.key_parts.join(","),
            context_parts: operation.context_parts.join(","),
            source_url: operation.documentation,
        })
    });
    table::csv(COLUMNS, lines)
}

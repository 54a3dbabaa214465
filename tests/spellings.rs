//! One spelling per word: on the wire, in `Display` and `FromStr`, and in the schema.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use lbhealth::{
    BackendHealth, BackendKind, Certainty, ChangeKind, CodeKind, ComparisonWarningCode, Completeness, Coverage, DocumentKind,
    FailureReason, FindingCode, FindingSeverity, HostDefault, ParentKind, Phase, PoolChangeKind, Rating, Registration, Role, Scope,
    Standing, Traffic, TrafficReason, Trend, VerdictReason, WarningCode, Word,
};
use serde_json::Value;

fn document_schema() -> Value {
    let files = lbhealth::schema::documents(lbhealth::ADAPTERS);
    let file = files.iter().find(|file| file.path == "document.schema.json").unwrap();
    serde_json::from_str(&file.text).unwrap()
}

macro_rules! spellings {
    ($($test:ident: $word:ident, published: $published:literal;)+) => {
        $(#[test]
        fn $test() {
            let schema = document_schema();
            let listed = &schema["$defs"][$word::NAME];
            for word in $word::ALL {
                let text = word.as_str();
                assert!(text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'), "{text}");
                assert_eq!(word.to_string(), text);
                assert_eq!(text.parse::<$word>(), Ok(*word));
                let error = text.to_lowercase().parse::<$word>().unwrap_err().to_string();
                assert!(error.contains(&text.to_lowercase()) && error.contains(stringify!($word)) && error.contains(text), "{error}");
                assert_eq!(serde_json::to_value(word).unwrap(), Value::from(text));
                assert_eq!(serde_json::from_value::<$word>(text.into()).unwrap(), *word);
                assert!(word.documentation().trim().ends_with('.'), "{text} has no description");
                if $published {
                    let values = listed[if $word::OPEN { "examples" } else { "enum" }].as_array().unwrap();
                    assert!(values.contains(&text.into()), "{text} is not in the schema");
                    assert!(listed["description"].as_str().unwrap().contains(&format!("`{text}`: ")), "{text} is not described");
                }
            }
            assert_eq!(serde_json::from_value::<$word>("OF_A_NEWER_VERSION".into()).is_ok(), $word::OPEN);
        })+
    };
}

spellings! {
    backend_health: BackendHealth, published: true;
    backend_kind: BackendKind, published: true;
    certainty: Certainty, published: true;
    change_kind: ChangeKind, published: true;
    code_kind: CodeKind, published: true;
    comparison_warning_code: ComparisonWarningCode, published: true;
    completeness: Completeness, published: true;
    coverage: Coverage, published: true;
    document_kind: DocumentKind, published: false;
    failure_reason: FailureReason, published: true;
    finding_code: FindingCode, published: true;
    finding_severity: FindingSeverity, published: true;
    host_default: HostDefault, published: true;
    parent_kind: ParentKind, published: true;
    phase: Phase, published: true;
    pool_change_kind: PoolChangeKind, published: true;
    rating: Rating, published: true;
    registration: Registration, published: true;
    role: Role, published: true;
    scope: Scope, published: true;
    standing: Standing, published: true;
    traffic: Traffic, published: true;
    traffic_reason: TrafficReason, published: true;
    trend: Trend, published: true;
    verdict_reason: VerdictReason, published: true;
    warning_code: WarningCode, published: true;
}

#[test]
fn the_closed_lists_are_the_five_that_are_documented() {
    let schema = document_schema();
    let definitions = schema["$defs"].as_object().unwrap();
    let closed: Vec<&str> =
        definitions.iter().filter(|(_, schema)| schema.get("enum").is_some()).map(|(name, _)| &**name).collect();
    assert_eq!(closed, ["BackendHealth", "Certainty", "Completeness", "Phase", "Traffic"]);
}

#[test]
fn severity_sorts_the_worst_first() {
    let words: Vec<&str> = BackendHealth::ALL.iter().map(|health| health.as_str()).collect();
    assert_eq!(words, ["UNHEALTHY", "DEGRADED", "UNKNOWN", "INITIALIZING", "DRAINING", "INACTIVE", "UNMONITORED", "HEALTHY"]);
    assert!(BackendHealth::ALL.is_sorted_by_key(|health| health.severity()));
}

#[test]
fn probe_failures_are_the_phases_from_resolve_to_reported() {
    for reason in FailureReason::ALL {
        let failed = !matches!(reason.phase(), Phase::Backend | Phase::Lifecycle | Phase::Configuration | Phase::Platform);
        assert_eq!(reason.is_probe_failure(), failed && *reason != FailureReason::Unrecognized, "{reason}");
    }
}

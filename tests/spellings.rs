//! One spelling per word: on the wire, in `Display` and `FromStr`, and in the schema.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use lbhealth::{BackendHealth, DocumentKind, FailureReason, Phase, UnknownWord, Word};
use lbhealth_tests::published;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn document_schema() -> Value {
    serde_json::from_str(&published("document.schema.json").unwrap()).unwrap()
}

fn has_one_spelling<W>(definitions: &Value)
where
    W: Word + Debug + Display + FromStr<Err = UnknownWord> + PartialEq + Serialize + DeserializeOwned,
{
    for word in W::VARIANTS {
        let text: &str = (*word).into();
        assert!(text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'), "{text}");
        assert_eq!(word.to_string(), text);
        assert_eq!(text.parse::<W>(), Ok(*word));
        let error = text.to_lowercase().parse::<W>().unwrap_err().to_string();
        assert!(error.contains(&text.to_lowercase()) && error.contains(W::NAME) && error.contains(text), "{error}");
        assert_eq!(serde_json::to_value(word).unwrap(), Value::from(text));
        assert_eq!(serde_json::from_value::<W>(text.into()).unwrap(), *word);
        assert!(word.documentation().trim().ends_with('.'), "{text} has no description");
        // What becomes of an operation's reply stands in no document.
        if W::NAME != DocumentKind::NAME {
            let listed = definitions.get(W::NAME).unwrap();
            let values = listed[if W::OPEN { "examples" } else { "enum" }].as_array().unwrap();
            assert!(values.contains(&text.into()), "{text} is not in the schema");
            assert!(listed["description"].as_str().unwrap().contains(&format!("`{text}`: ")), "{text} is not described");
        }
    }
    assert_eq!(serde_json::from_value::<W>("OF_A_NEWER_VERSION".into()).is_ok(), W::OPEN, "{}", W::NAME);
}

#[test]
fn every_list_has_one_spelling_and_is_among_all() {
    let definitions = &document_schema()["$defs"];
    macro_rules! lists {
        ($($list:ident),+) => {{
            $(has_one_spelling::<lbhealth::$list>(definitions);)+
            [$(lbhealth::$list::NAME),+]
        }};
    }
    let names = lbhealth::every_list!(lists);
    for (name, definition) in definitions.as_object().unwrap() {
        let is_list = definition["description"].as_str().is_some_and(|text| text.contains("\n- `"));
        assert_eq!(names.contains(&&**name), is_list, "{name}");
    }
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

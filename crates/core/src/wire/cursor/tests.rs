//! A cursor takes what `serde_json` takes.

use proptest::prelude::*;
use serde::de::IgnoredAny;

use super::*;

fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        prop_oneof![any::<String>(), "[a-z\"\\\\/\\x00-\\x1f\u{e9}\u{1F600}]{0,20}"].prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            proptest::collection::vec(("[a-z\"\\\\]{0,9}", inner), 0..4)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// JSON, and JSON with a few bytes taken out and others put in.
fn text() -> impl Strategy<Value = String> {
    const PARTS: &str = r#"[ \t\n\[\]{}",:+\-.0-9eEtrufalsn\\/bu\x01\x7f]{0,3}|\\\\u[0-9a-fD]{4}|\\\\ud83d\\\\u[de]e00|1e400|-0"#;
    (value(), any::<bool>(), any::<prop::sample::Index>(), 0..4_usize, PARTS).prop_map(|(value, is_pretty, at, gone, put)| {
        let text = if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        let mut characters: Vec<char> = text.chars().collect();
        let start = at.index(characters.len() + 1);
        let end = (start + gone).min(characters.len());
        characters.splice(start..end, put.chars());
        characters.into_iter().collect()
    })
}

fn passes(text: &str) -> bool {
    let mut json = Cursor::new(text);
    json.pass_over().and_then(|()| json.end()).is_ok()
}

fn string(text: &str) -> Option<String> {
    let mut json = Cursor::new(text);
    let is_string = json.token().is_ok_and(|token| token == b'"');
    let string = is_string.then(|| json.string().ok().map(Cow::into_owned)).flatten()?;
    json.end().is_ok().then_some(string)
}

/// The number, and what kind it is of.
fn number(text: &str) -> Option<(f64, String)> {
    let mut json = Cursor::new(text);
    json.token().ok()?;
    let number = json.number().ok()?;
    json.end().ok()?;
    match number {
        Number::Natural(number) => Some((0.0, number.to_string())),
        Number::Negative(number) => Some((0.0, number.to_string())),
        Number::Float(number) => Some((number, String::new())),
        Number::TooLarge(_) => None,
    }
}

fn number_by_serde_json(text: &str) -> Option<(f64, String)> {
    let number: serde_json::Number = serde_json::from_str(text).ok()?;
    let float = number.as_f64().filter(|_| number.is_f64());
    Some(float.map_or_else(|| (0.0, number.to_string()), |float| (float, String::new())))
}

proptest! {
    #[test]
    fn takes_what_serde_json_takes(text in text()) {
        prop_assert_eq!(passes(&text), serde_json::from_str::<IgnoredAny>(&text).is_ok(), "{}", text);
    }

    #[test]
    fn strings_are_those_of_serde_json(text in "\"([a-z\u{e9}]{0,9}|\\\\[\"\\\\/bfnrtux]|\\\\u[0-9a-fA-F+]{4}|\\\\ud[89a]3d|\\\\ud[cdef]00|[\\x00\\x1f\\x7f\n])*\"?") {
        prop_assert_eq!(string(&text), serde_json::from_str::<String>(&text).ok(), "{}", text);
    }

    #[test]
    fn numbers_are_those_of_serde_json(text in "-?(0|[0-9]{1,22})(\\.[0-9]{0,20})?([eE][+-]?[0-9]{0,3})?") {
        let (ours, theirs) = (number(&text), number_by_serde_json(&text));
        prop_assert_eq!(ours.is_some(), theirs.is_some(), "{}", text);
        if let (Some(ours), Some(theirs)) = (ours, theirs) {
            // `serde_json` rounds the last digit of a long fraction otherwise.
            prop_assert!((ours.0 - theirs.0).abs() <= ours.0.abs() * 1e-14 && ours.1 == theirs.1, "{}", text);
        }
    }
}

#[test]
fn depth_does_not_matter() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(passes(&deep(1_000_000)));
    assert!(!passes(&(deep(200) + "]")));
}

#[test]
fn port_0_is_none_however_it_is_written() {
    for text in ["0", "0,", "0.0", "-0", "0e3", r#""0""#, r#"" 0.0 ""#] {
        let mut slot: Option<u16> = None;
        assert_eq!(Cursor::new(text).value(&mut slot).unwrap(), Met::Nothing, "{text}");
        let mut slot: Option<u32> = None;
        assert_eq!((Cursor::new(text).value(&mut slot).unwrap(), slot), (Met::Value, Some(0)), "{text}");
    }
}

#[test]
fn a_number_that_is_too_large_is_its_text() {
    let mut slot: Option<super::super::Text<'_>> = None;
    assert_eq!(Cursor::new(" -1e400").value(&mut slot).unwrap(), Met::Value);
    assert_eq!(slot.as_deref(), Some("-1e400"));
    let mut slot: Option<f64> = None;
    assert_eq!(Cursor::new("1e400").value(&mut slot).unwrap(), Met::Unreadable);
}

//! A payload together with what its caller knew.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::reading::input;
use crate::{Context, Error, ErrorKind};

/// `{ "context": {…}, "payload": … }`, and nothing else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    #[serde(default, deserialize_with = "object")]
    context: Option<Context<'static>>,
    #[serde(borrow)]
    payload: &'a RawValue,
}

/// The keys of an object, of which only the names count.
#[derive(Deserialize)]
struct EnvelopeKeys<'a> {
    #[serde(borrow, default)]
    payload: Option<&'a RawValue>,
    #[serde(borrow, default)]
    context: Option<&'a RawValue>,
}

/// The context in an object. From a list, what is derived would take the fields in their order.
fn object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Context<'static>>, D::Error> {
    struct Object;

    impl<'de> Visitor<'de> for Object {
        type Value = Option<Context<'static>>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an object")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            Context::deserialize(MapAccessDeserializer::new(map)).map(Some)
        }
    }

    deserializer.deserialize_any(Object)
}

/// The payload in the envelope and its context; the bytes themselves, where they are no envelope.
pub(super) fn open<'a>(bytes: &'a [u8], context: &Context<'a>) -> Result<(&'a [u8], Option<Box<Context<'a>>>), Error> {
    if !may_be_envelope(bytes) {
        return Ok((bytes, None));
    }
    let Ok(text) = input::text(bytes) else { return Ok((bytes, None)) };
    match serde_json::from_str::<Envelope<'a>>(text) {
        Ok(Envelope { context: own, payload }) => Ok((payload.get().as_bytes(), own.map(|own| Box::new(own.over(context))))),
        // What begins so and has the payload of an envelope is one; anything else is a reply that happens to begin so.
        Err(error) if error.is_data() && is_envelope(text) => {
            let expected = "an envelope of `context` and `payload`".to_owned();
            Err(Error::from(ErrorKind::UnexpectedShape { expected, found: format!("one with a fault: {error}") }))
        }
        Err(_) => Ok((bytes, None)),
    }
}

/// Whether the first key is one of an envelope.
fn may_be_envelope(bytes: &[u8]) -> bool {
    let bytes = input::without_mark(bytes).trim_ascii_start();
    let inside = bytes.strip_prefix(b"{").unwrap_or_default().trim_ascii_start();
    inside.starts_with(b"\"context\"") || inside.starts_with(b"\"payload\"")
}

fn is_envelope(text: &str) -> bool {
    let begins = |value: Option<&RawValue>, with: &[char]| value.is_some_and(|value| value.get().starts_with(with));
    let keys = serde_json::from_str::<EnvelopeKeys<'_>>(text);
    keys.is_ok_and(|keys| begins(keys.payload, &['{']) && begins(keys.context, &['{', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BoundListener, PoolAlgorithm};

    /// The context of an envelope, completed by one that names a listener and an algorithm; or what is wrong with it.
    fn context_of(context: &str) -> Result<Context<'static>, Error> {
        let text = format!("{{\"context\":{context},\"payload\":{{}}}}");
        let known = Context {
            bound_listeners: vec![BoundListener::new(None, "l-0".into())],
            algorithms: vec![PoolAlgorithm::new(None, "w-0".into())],
            ..Context::default()
        };
        let own = open(text.as_bytes(), &known)?.1.unwrap_or_default();
        Ok(serde_json::from_value(serde_json::to_value(own).unwrap()).unwrap())
    }

    #[test]
    fn a_context_that_is_no_object_is_a_fault_of_the_envelope() {
        assert_eq!(context_of("null").unwrap(), Context::default());
        for list in ["[]", "[null]", "[\"2026-03-01T00:00:00Z\"]"] {
            let error = context_of(list).unwrap_err().to_string();
            assert!(error.starts_with("expected an envelope of `context` and `payload`, found one with a fault"), "{error}");
        }
    }

    #[test]
    fn a_whole_number_may_have_a_point() {
        for (text, number) in [("5", 5), ("5.0", 5), ("4294967295", u32::MAX), ("4.294967295e9", u32::MAX), ("0", 0)] {
            assert_eq!(context_of(&format!("{{\"page_limit\":{text}}}")).unwrap().page_limit, Some(number), "{text}");
        }
        assert_eq!(context_of("{\"page_limit\":null}").unwrap().page_limit, None);
        for text in ["5.5", "-1", "4294967296", "1e300", "\"5\""] {
            let error = context_of(&format!("{{\"page_limit\":{text}}}")).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::UnexpectedShape { .. }), "{text}: {error}");
        }
    }

    #[test]
    fn what_has_a_blank_id_says_nothing_of_a_pool() {
        let context = context_of(
            r#"{"bound_listeners":[{"listener_id":""},{"pool_id":" ","listener_id":"l-1"},{"pool_id":"p-1","listener_id":"l-2"}],
                "algorithms":[{"algorithm":" "},{"pool_id":"","algorithm":"w-1"},{"algorithm":"w-2"}]}"#,
        );
        let context = context.unwrap();
        assert_eq!(context.bound_listeners, [BoundListener::new(Some("p-1".into()), "l-2".into())]);
        assert_eq!(context.algorithms, [PoolAlgorithm::new(None, "w-2".into())]);
        let blank = context_of(r#"{"bound_listeners":[{"listener_id":""}],"algorithms":[{"algorithm":""}]}"#).unwrap();
        assert_eq!(blank.bound_listeners, [BoundListener::new(None, "l-0".into())], "as if it said nothing");
        assert_eq!(blank.algorithms, [PoolAlgorithm::new(None, "w-0".into())]);
    }
}

//! A payload together with what its caller knew.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::reading::input;
use crate::{Context, Error, ErrorKind};

/// `{ "context": {…}, "payload": … }`, and nothing else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    #[serde(default)]
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
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let inside = bytes.strip_prefix(b"{").unwrap_or_default().trim_ascii_start();
    inside.starts_with(b"\"context\"") || inside.starts_with(b"\"payload\"")
}

fn is_envelope(text: &str) -> bool {
    let is_object = |value: Option<&RawValue>| value.is_some_and(|value| value.get().starts_with('{'));
    serde_json::from_str::<EnvelopeKeys<'_>>(text).is_ok_and(|keys| is_object(keys.payload) && is_object(keys.context))
}

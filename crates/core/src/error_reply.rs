//! Replies to calls that failed.

use serde_json::{Map, Value};

use crate::adapter::Source;
use crate::{Error, ErrorKind, VendorErrorClass};

/// How a vendor's error replies look.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ErrorReplies {
    /// Names that the error code goes by, in the order in which they count.
    pub code: &'static [&'static str],
    /// Names that the message goes by, in the order in which they count.
    pub message: &'static [&'static str],
    /// Names that the id of the call goes by, in the order in which they count.
    pub request_id: &'static [&'static str],
    /// Whether code and message can stand in an object inside the reply.
    pub nested: bool,
    /// JSON Pointer to the field that is `false` in a failed reply, where there is one.
    pub success: Option<&'static str>,
    /// What kind of failure a code stands for; the first pattern that fits counts. `*` at either end of a pattern is any text.
    pub classes: &'static [(&'static str, VendorErrorClass)],
}

impl ErrorReplies {
    /// Codes and messages go by these names.
    pub const fn new(code: &'static [&'static str], message: &'static [&'static str], request_id: &'static [&'static str]) -> Self {
        Self { code, message, request_id, nested: false, success: None, classes: &[] }
    }

    /// Code and message can stand in an object inside the reply.
    #[must_use]
    pub const fn nested(mut self) -> Self {
        self.nested = true;
        self
    }

    /// The field that is `false` in a failed reply.
    #[must_use]
    pub const fn success(mut self, pointer: &'static str) -> Self {
        self.success = Some(pointer);
        self
    }

    /// What kind of failure a code stands for.
    #[must_use]
    pub const fn classes(mut self, classes: &'static [(&'static str, VendorErrorClass)]) -> Self {
        self.classes = classes;
        self
    }

    /// The error that the reply tells of, if it does.
    fn read(&self, reply: &Map<String, Value>) -> Option<ErrorKind> {
        let denied = self.success.is_some_and(|pointer| reply.get(pointer.trim_start_matches('/')).is_some_and(is_false));
        let succeeded = self.success.is_some_and(|pointer| reply.contains_key(pointer.trim_start_matches('/'))) && !denied;
        let holder = self.holder(reply, 0);
        if succeeded || (holder.is_none() && !denied) {
            return None;
        }
        let holder = holder.unwrap_or(reply);
        let code = first(holder, self.code);
        let class = code.as_deref().map_or(VendorErrorClass::Other, |code| self.class(code));
        let request_id = first(holder, self.request_id).or_else(|| first(reply, self.request_id));
        Some(ErrorKind::VendorError { code, message: first(holder, self.message), request_id, class })
    }

    /// The object that holds a code or a message.
    fn holder<'r>(&self, object: &'r Map<String, Value>, depth: usize) -> Option<&'r Map<String, Value>> {
        if first(object, self.code).is_some() || first(object, self.message).is_some() {
            return Some(object);
        }
        if !self.nested || depth > 8 {
            return None;
        }
        object.values().filter_map(Value::as_object).find_map(|inner| self.holder(inner, depth + 1))
    }

    fn class(&self, code: &str) -> VendorErrorClass {
        let known = self.classes.iter().find(|(pattern, _)| fits(pattern, code));
        known.map_or_else(|| class_of_http_status(code), |(_, class)| *class)
    }
}

/// The error that the payload tells of, if it is an error reply of one of the adapters. Where several know it, it is nobody's.
pub(crate) fn error(sources: &[Source], payload: &str) -> Option<Error> {
    let reply: Map<String, Value> = serde_json::from_str(payload).ok()?;
    let mut known = sources.iter().filter_map(|source| Some((source.id, source.error_replies.read(&reply)?)));
    let (id, kind) = known.next()?;
    Some(match known.next() {
        None => Error::from(kind).with_adapter(id),
        // What the first adapter makes of a code is its vendor's; of a code that several share only the number is common ground.
        Some(_) => Error::from(common(kind)),
    })
}

fn common(kind: ErrorKind) -> ErrorKind {
    match kind {
        ErrorKind::VendorError { code, message, request_id, .. } => {
            let class = code.as_deref().map_or(VendorErrorClass::Other, class_of_http_status);
            ErrorKind::VendorError { code, message, request_id, class }
        }
        other => other,
    }
}

/// The text of the first of these fields that has one.
fn first(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match object.get(*name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn is_false(value: &Value) -> bool {
    match value {
        Value::Bool(value) => !value,
        Value::String(text) => text.trim().eq_ignore_ascii_case("false"),
        _ => false,
    }
}

fn class_of_http_status(code: &str) -> VendorErrorClass {
    match code.parse() {
        Ok(400u16) => VendorErrorClass::InvalidRequest,
        Ok(401) => VendorErrorClass::Unauthenticated,
        Ok(403) => VendorErrorClass::Forbidden,
        Ok(404) => VendorErrorClass::NotFound,
        Ok(429) => VendorErrorClass::Throttled,
        Ok(500..=599) => VendorErrorClass::Unavailable,
        _ => VendorErrorClass::Other,
    }
}

/// Whether the code fits the pattern, without regard to case.
fn fits(pattern: &str, code: &str) -> bool {
    let (pattern, code) = (pattern.to_ascii_lowercase(), code.to_ascii_lowercase());
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(rest), Some(_)) => code.contains(rest.trim_end_matches('*')),
        (Some(end), None) => code.ends_with(end),
        (None, Some(start)) => code.starts_with(start),
        (None, None) => code == pattern,
    }
}

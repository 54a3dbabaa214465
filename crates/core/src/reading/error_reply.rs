//! Replies to calls that failed.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::reading::detect::AdapterTables;
use crate::vocabulary::pattern::fits;
use crate::{Error, ErrorKind, VendorErrorClass};

/// How a vendor's error replies look.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ErrorReplies {
    /// Names that the error code goes by, in the order in which they count.
    pub code: &'static [&'static str],
    /// Names that the message goes by, in the order in which they count.
    pub message: &'static [&'static str],
    /// Names of further texts that stand in for a message beside a code.
    pub details: &'static [&'static str],
    /// Names that the id of the call goes by, in the order in which they count.
    pub request_id: &'static [&'static str],
    /// Name of a list beside the code whose first object holds a narrower one, where there is such a list.
    pub narrowed_in: Option<&'static str>,
    /// Whether code and message can stand in an object inside the reply.
    pub nested: bool,
    /// Name of the object that holds code and message, where they do not stand in the reply itself.
    pub within: Option<&'static str>,
    /// Whether they can stand in the reply itself too. Replies of other vendors look so, which is why that is read of the adapter that the
    /// caller names, and of no other.
    pub or_bare: bool,
    /// JSON Pointer to the field that is `false` in a failed reply, where there is one.
    pub success: Option<&'static str>,
    /// What kind of failure a code stands for; the first pattern that fits counts. `*` at either end of a pattern is any text.
    pub classes: &'static [(&'static str, VendorErrorClass)],
    /// What kind of failure a message tells of, written likewise, where the code does not say.
    pub classes_by_message: &'static [(&'static str, VendorErrorClass)],
}

impl ErrorReplies {
    /// Codes and messages go by these names.
    pub const fn new(code: &'static [&'static str], message: &'static [&'static str], request_id: &'static [&'static str]) -> Self {
        Self {
            code,
            message,
            details: &[],
            request_id,
            narrowed_in: None,
            nested: false,
            within: None,
            or_bare: false,
            success: None,
            classes: &[],
            classes_by_message: &[],
        }
    }

    /// Names of further texts that stand in for a message beside a code.
    #[must_use]
    pub const fn details(mut self, names: &'static [&'static str]) -> Self {
        self.details = names;
        self
    }

    /// The first object of this list, which stands beside the code, holds a narrower one.
    #[must_use]
    pub const fn narrowed_in(mut self, name: &'static str) -> Self {
        self.narrowed_in = Some(name);
        self
    }

    /// Code and message can stand in an object inside the reply.
    #[must_use]
    pub const fn nested(mut self) -> Self {
        self.nested = true;
        self
    }

    /// Code and message stand in the object of this name. The id of the call may stand beside it or in another object.
    #[must_use]
    pub const fn within(mut self, name: &'static str) -> Self {
        self.within = Some(name);
        self
    }

    /// Code and message can stand in the reply itself too, where the caller names the adapter.
    #[must_use]
    pub const fn or_bare(mut self) -> Self {
        self.or_bare = true;
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

    /// What kind of failure a message tells of, for vendors whose codes leave it open.
    #[must_use]
    pub const fn classes_by_message(mut self, classes: &'static [(&'static str, VendorErrorClass)]) -> Self {
        self.classes_by_message = classes;
        self
    }

    /// The error that the reply tells of, if it does. A reply that is one of an operation tells of an error only by a code of its own.
    fn read(&self, reply: &Object<'_>, is_of_operation: bool, is_named: bool) -> Option<ErrorKind> {
        let success = self.success.and_then(|pointer| boolean(reply, pointer.trim_start_matches('/')));
        if success == Some(true) {
            return None;
        }
        let holder = match self.within {
            Some(name) => {
                let bare = || self.named(reply, true).filter(|_| self.or_bare && is_named);
                inner(reply, name).and_then(|object| self.named(&object, is_of_operation)).or_else(bare)
            }
            None if is_of_operation => self.named(reply, true),
            None => self.holder(reply, 0),
        };
        let holder = match (holder, success) {
            (Some(holder), _) => holder,
            (None, Some(false)) => reply.clone(),
            (None, _) => return None,
        };
        let codes = self.codes_of(&holder);
        // A code that is not known is no reason to leave the others aside.
        let class = codes.iter().map(|code| self.class(code)).find(|class| *class != VendorErrorClass::Other);
        let code = codes.into_iter().next();
        let message = first(&holder, self.message).or_else(|| first(&holder, self.details));
        let class = class.or_else(|| message.as_deref().map(|text| self.class_by_message(text))).unwrap_or(VendorErrorClass::Other);
        let elsewhere =
            || reply.keys().filter(|_| self.within.is_some()).find_map(|name| first(&inner(reply, name)?, self.request_id));
        let request_id = first(&holder, self.request_id).or_else(|| first(reply, self.request_id)).or_else(elsewhere);
        Some(ErrorKind::VendorError { code, message, request_id, class })
    }

    /// The code, and the wider one beside it; none where it says that all is well.
    fn codes_of(&self, object: &Object<'_>) -> Vec<String> {
        let list = self.narrowed_in.and_then(|name| serde_json::from_str::<Vec<&RawValue>>(object.get(name)?.get()).ok());
        let narrower = list.and_then(|list| first(&fields(list.first()?.get())?, self.code));
        let own = first(object, self.code).filter(|code| !code.parse::<u16>().is_ok_and(|number| (200..300).contains(&number)));
        if own.is_none() { Vec::new() } else { narrower.into_iter().chain(own).collect() }
    }

    /// The object, if it holds a code, or at least a message where that is enough.
    fn named<'p>(&self, object: &Object<'p>, only_by_code: bool) -> Option<Object<'p>> {
        let tells = !self.codes_of(object).is_empty() || (!only_by_code && first(object, self.message).is_some());
        tells.then(|| object.clone())
    }

    /// The object that holds a code; or the reply itself, if it has a message.
    fn holder<'p>(&self, object: &Object<'p>, depth: usize) -> Option<Object<'p>> {
        if let Some(object) = self.named(object, depth > 0) {
            return Some(object);
        }
        if !self.nested || depth > 8 {
            return None;
        }
        object.values().filter_map(|value| fields(value.get())).find_map(|inner| self.holder(&inner, depth + 1))
    }

    fn class(&self, code: &str) -> VendorErrorClass {
        let known = self.classes.iter().find(|(pattern, _)| fits(pattern, code));
        known.map_or_else(|| class_of_http_status(code), |(_, class)| *class)
    }

    fn class_by_message(&self, message: &str) -> VendorErrorClass {
        let known = self.classes_by_message.iter().find(|(pattern, _)| fits(pattern, message));
        known.map_or(VendorErrorClass::Other, |(_, class)| *class)
    }
}

/// The error that the payload tells of, if it is an error reply of one of the adapters. Where several know it, it is nobody's.
pub(crate) fn error(adapters: &[AdapterTables], payload: &str, is_of_operation: bool) -> Option<Error> {
    let reply = fields(payload)?;
    let is_named = adapters.len() == 1;
    let read = |adapter: &AdapterTables| Some((adapter.id, adapter.error_replies.read(&reply, is_of_operation, is_named)?));
    let mut known: Vec<(&'static str, ErrorKind)> = adapters.iter().filter_map(read).collect();
    match known.as_slice() {
        [] => None,
        [_] => known.pop().map(|(id, kind)| Error::from(kind).with_adapter(id)),
        _ => Some(Error::from(common(known))),
    }
}

/// What several readings of one error reply have in common. The class is the one that all give it who know its code or its message; the
/// number of an HTTP status is common ground, and says less than a code.
fn common(mut known: Vec<(&'static str, ErrorKind)>) -> ErrorKind {
    let is_number = |code: &Option<String>| code.as_ref().is_some_and(|code| code.parse::<u16>().is_ok());
    known.sort_by_key(|(_, kind)| matches!(kind, ErrorKind::VendorError { code, .. } if is_number(code)));
    let mut common = (None, None, None);
    let (mut by_word, mut by_number) = (Vec::new(), Vec::new());
    for (_, kind) in known {
        if let ErrorKind::VendorError { code, message, request_id, class } = kind {
            let classes = if is_number(&code) { &mut by_number } else { &mut by_word };
            if class != VendorErrorClass::Other && !classes.contains(&class) {
                classes.push(class);
            }
            common = (common.0.or(code), common.1.or(message), common.2.or(request_id));
        }
    }
    let (code, message, request_id) = common;
    let classes = if by_word.is_empty() { by_number } else { by_word };
    let class = if let [class] = classes.as_slice() { *class } else { VendorErrorClass::Other };
    ErrorKind::VendorError { code, message, request_id, class }
}

/// The fields of an object, not read further: whatever else stands in an error reply cannot get in the way.
type Object<'p> = BTreeMap<String, &'p RawValue>;

fn fields(object: &str) -> Option<Object<'_>> {
    serde_json::from_str(object).ok()
}

/// The object in the field of this name.
fn inner<'p>(object: &Object<'p>, name: &str) -> Option<Object<'p>> {
    object.get(name).and_then(|value| fields(value.get()))
}

/// The text of the first of these fields that has one.
fn first(object: &Object<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let raw = object.get(*name)?.get();
        match raw.as_bytes().first() {
            Some(b'"') => {
                serde_json::from_str::<String>(raw).ok().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
            }
            Some(b'-' | b'0'..=b'9') => Some(raw.to_owned()),
            _ => None,
        }
    })
}

/// A boolean, or its text.
fn boolean(object: &Object<'_>, name: &str) -> Option<bool> {
    let raw = object.get(name)?.get();
    raw.trim_matches('"').trim().to_ascii_lowercase().parse().ok()
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

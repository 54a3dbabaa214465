//! Which operation of which adapter a payload is the reply of: its keys are scanned once and held against the signatures of all operations.

mod keys;
mod signatures;
mod unknown;

use std::fmt;

pub(crate) use self::signatures::Signatures;

use self::signatures::Match;
use crate::reading::input;
use crate::{Adapter, Context, Document, Error, ErrorReplies, Operation};

/// How the reply of an operation is told from others, as JSON Pointers to keys. `#` is the first element of an array, and `=` behind the
/// name of a key stands before the text that it has to hold: `/kind=acme#pool`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Signature {
    /// One of these keys is there.
    pub any: &'static [&'static str],
    /// One of these keys is there too, unless the caller names the operation. Without any, none is needed.
    pub with: &'static [&'static str],
    /// One of these keys is enough to rule out the look-alikes. Without look-alikes none is needed.
    pub decisive: &'static [&'static str],
    /// One of these keys rules the operation out.
    pub never: &'static [&'static str],
    /// Ids of products whose replies can look the same and mean something else. Those that have an adapter need not be named: theirs fit
    /// too.
    pub look_alikes: &'static [&'static str],
    /// Name of the API that several products have in common, each with meanings of its own: all of them are look-alikes.
    pub family: Option<&'static str>,
}

impl Signature {
    /// One of these keys is there.
    pub const fn any(keys: &'static [&'static str]) -> Self {
        Self { any: keys, with: &[], decisive: &[], never: &[], look_alikes: &[], family: None }
    }

    /// One of these keys is there too, unless the caller names the operation: for operations whose replies have most keys in common.
    #[must_use]
    pub const fn with(mut self, keys: &'static [&'static str]) -> Self {
        self.with = keys;
        self
    }

    /// Without one of the `decisive` keys it can be a reply of one of the look-alikes too.
    #[must_use]
    pub const fn unlike(mut self, look_alikes: &'static [&'static str], decisive: &'static [&'static str]) -> Self {
        self.look_alikes = look_alikes;
        self.decisive = decisive;
        self
    }

    /// Without one of the `decisive` keys it can be a reply of any product with the API of this name, so that none of them has to name
    /// the others.
    #[must_use]
    pub const fn of_family(mut self, family: &'static str, decisive: &'static [&'static str]) -> Self {
        self.family = Some(family);
        self.decisive = decisive;
        self
    }

    /// One of these keys rules the operation out.
    #[must_use]
    pub const fn never(mut self, keys: &'static [&'static str]) -> Self {
        self.never = keys;
        self
    }

    pub(crate) const fn has_look_alikes(&self) -> bool {
        !self.look_alikes.is_empty() || self.family.is_some()
    }
}

/// An operation, and the adapter that reads its replies.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Detected<'r> {
    /// The adapter.
    pub adapter: &'r dyn Adapter,
    /// The operation.
    pub operation: &'static Operation,
    /// Whether every payload with the same keys is a reply of this operation. Some keys ask for a look at what they hold.
    pub(crate) is_by_keys_alone: bool,
}

impl<'r> Detected<'r> {
    pub(crate) fn of(Match { adapter, operation, is_by_keys_alone }: Match<&'r dyn Adapter>) -> Self {
        Self { adapter, operation, is_by_keys_alone }
    }

    /// Turns the payload that was detected into a document, without looking at its keys again, unless the context names an operation: it
    /// is read as a reply of that one then, of the same adapter.
    ///
    /// # Errors
    ///
    /// As [`Adapter::normalize`].
    pub fn normalize<'a>(&self, payload: &'a [u8], context: &Context<'a>) -> Result<Document<'a>, Error> {
        let text = input::text(payload).map_err(|error| self.attributed(error))?;
        self.asked(text, context)?.document(text, context)
    }

    /// What the text is to be read as: an operation that the caller names is looked for in the adapter whose reply it is.
    pub(crate) fn asked(self, text: &str, context: &Context<'_>) -> Result<Self, Error> {
        if context.operation.is_none() {
            return Ok(self);
        }
        let asked = operation_of(self.adapter, text, context).map_err(|error| self.attributed(error))?;
        let is_by_keys_alone = self.is_by_keys_alone && asked.is_by_keys_alone;
        Ok(Self { operation: asked.operation, is_by_keys_alone, ..self })
    }

    /// What the text becomes, read as a reply of this operation.
    #[inline]
    pub(crate) fn document<'a>(&self, text: &'a str, context: &Context<'a>) -> Result<Document<'a>, Error> {
        self.operation.document(self.adapter, text, context).map_err(|error| self.attributed(error))
    }

    /// The error, as that of the adapter.
    #[cold]
    fn attributed(&self, error: Error) -> Error {
        error.with_adapter(self.adapter.id())
    }
}

impl fmt::Debug for Detected<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.adapter.id(), self.operation.name)
    }
}

/// Tells whose reply a payload is, by its keys alone.
///
/// # Errors
///
/// [`NotJson`](crate::ErrorKind::NotJson); [`UnexpectedShape`](crate::ErrorKind::UnexpectedShape) where the payload is neither an object
/// nor a list of replies that an operation is read from; [`OwnDocument`](crate::ErrorKind::OwnDocument) where it is a document of ours;
/// [`VendorError`](crate::ErrorKind::VendorError) where it is an error reply;
/// [`UnknownOperation`](crate::ErrorKind::UnknownOperation); and [`AmbiguousAdapter`](crate::ErrorKind::AmbiguousAdapter) where the keys
/// do not tell.
pub fn detect<'r>(adapters: &[&'r dyn Adapter], payload: &[u8]) -> Result<Detected<'r>, Error> {
    let tables = adapters.iter().map(|adapter| AdapterTables::of(*adapter)).collect();
    let payload = input::text(payload)?;
    Signatures::cached(tables, |signatures| signatures.find(adapters, payload, None, true)).map(Detected::of)
}

/// The operation whose reply this is, of one adapter that the caller vouches for: look-alikes do not count.
pub(crate) fn operation_of(adapter: &(impl Adapter + ?Sized), payload: &str, context: &Context<'_>) -> Result<Match<()>, Error> {
    let (tables, asked) = (vec![AdapterTables::of(adapter)], context.operation.as_deref());
    Signatures::cached(tables, |signatures| signatures.find(&[()], payload, asked, false))
}

/// What detection needs to know of an adapter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AdapterTables {
    pub(crate) id: &'static str,
    pub(crate) operations: &'static [Operation],
    pub(crate) error_replies: &'static ErrorReplies,
}

impl PartialEq for AdapterTables {
    /// Whether both are of one adapter: its tables stand at one place.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.operations, other.operations)
            && std::ptr::eq(self.error_replies, other.error_replies)
            && self.id == other.id
    }
}

impl AdapterTables {
    pub(crate) fn of(adapter: &(impl Adapter + ?Sized)) -> Self {
        Self { id: adapter.id(), operations: adapter.operations(), error_replies: adapter.error_replies() }
    }
}

//! Which operation of which adapter a payload is the reply of: its keys are scanned once and held against the signatures of all operations.

mod keys;
mod signatures;
mod unknown;

use std::fmt;

pub(crate) use self::signatures::{Match, Signatures};

use crate::reading::input;
use crate::{Adapter, Context, Document, Error, ErrorKind, ErrorReplies, Operation};

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
}

impl Detected<'_> {
    /// Turns the payload that was detected into a document, without looking at its keys again.
    ///
    /// # Errors
    ///
    /// As [`Adapter::normalize`].
    pub fn normalize<'a>(&self, payload: &'a [u8], context: &Context<'a>) -> Result<Document<'a>, Error> {
        let read = |text| self.operation.document(Some(self.adapter), text, context);
        input::text(payload).and_then(read).map_err(|error| error.with_adapter(self.adapter.id()))
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
/// [`NotJson`](ErrorKind::NotJson); [`UnexpectedShape`](ErrorKind::UnexpectedShape) where the payload is neither an object nor a list of
/// replies that an operation is read from; [`OwnDocument`](ErrorKind::OwnDocument) where it is a document of ours;
/// [`VendorError`](ErrorKind::VendorError) where it is an error reply; [`UnknownOperation`](ErrorKind::UnknownOperation); and
/// [`AmbiguousAdapter`](ErrorKind::AmbiguousAdapter) where the keys do not tell.
pub fn detect<'r>(adapters: &[&'r dyn Adapter], payload: &[u8]) -> Result<Detected<'r>, Error> {
    let tables = adapters.iter().map(|adapter| AdapterTables::of(*adapter)).collect();
    let payload = input::text(payload)?;
    let Candidate { adapter, operation } = Signatures::once(tables, |signatures| signatures.find(payload, None, true))?.candidate;
    // The number is that of one of the adapters.
    let nobody = || Error::from(ErrorKind::AmbiguousAdapter { candidates: Vec::new() });
    Ok(Detected { adapter: *adapters.get(adapter).ok_or_else(nobody)?, operation })
}

/// The operation whose reply this is, of one adapter that the caller vouches for: look-alikes do not count.
pub(crate) fn operation_of(adapter: AdapterTables, payload: &str, context: &Context<'_>) -> Result<&'static Operation, Error> {
    let asked = context.operation.as_deref();
    Signatures::once(vec![adapter], |signatures| signatures.find(payload, asked, false)).map(|found| found.candidate.operation)
}

/// An operation, and the number of the adapter that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) adapter: usize,
    pub(crate) operation: &'static Operation,
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

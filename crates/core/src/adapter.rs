//! What an adapter is: data about one vendor product, and a function per operation.

use std::fmt;

use crate::reading::{detect, input};
use crate::wire::Shape;
use crate::{
    CheckProfile, CheckRequest, Context, Document, DocumentKind, Error, ErrorReplies, HealthReport, Signature, Vocabulary,
};

/// Reads the replies of one product of one vendor.
///
/// An adapter is data: what is common to all of them (text, detection, error replies) happens in [`normalize`](Self::normalize).
pub trait Adapter: Sync {
    /// Vendor and product in kebab-case, such as `acme-lb`: also the name of the folder, the crate's last part, and what people type.
    fn id(&self) -> &'static str;

    /// The vendor's name.
    fn vendor(&self) -> &'static str;

    /// The product's name.
    fn product(&self) -> &'static str;

    /// The operations whose replies are read. Where the signatures of several fit a payload, the first is taken.
    fn operations(&self) -> &'static [Operation];

    /// What the vendor's words mean.
    fn vocabulary(&self) -> &'static Vocabulary;

    /// How the vendor's error replies look.
    fn error_replies(&self) -> &'static ErrorReplies;

    /// How the vendor writes the configuration of a health check: a check in force first, then a blueprint. None where that is not known.
    fn check_requests(&self) -> &'static [CheckRequest] {
        &[]
    }

    /// What is the vendor's own about its health checks: what they do not have, and what it takes by itself.
    fn check_profile(&self) -> &'static CheckProfile {
        &CheckProfile::EMPTY
    }

    /// Concludes what only the whole tells, such as that every server of a pool fails: in the report of a payload, and again in one that was
    /// merged or completed (see [`HealthReport::conclude`]). Doing it again changes nothing.
    fn conclude(&self, _: &mut HealthReport<'_>) {}

    /// Turns a payload into a document.
    ///
    /// # Errors
    ///
    /// Every kind of [`ErrorKind`](crate::ErrorKind) that speaks of payloads, except
    /// [`AmbiguousAdapter`](crate::ErrorKind::AmbiguousAdapter): the caller has named the adapter.
    fn normalize<'a>(&self, payload: &'a [u8], context: &Context<'a>) -> Result<Document<'a>, Error> {
        let read = || {
            let text = input::text(payload)?;
            let operation = detect::operation_of(self, text, context)?.operation;
            operation.document(self, text, context)
        };
        read().map_err(|error| error.with_adapter(self.id()))
    }
}

/// An API operation whose replies an adapter reads.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Operation {
    /// The vendor's name of it.
    pub name: &'static str,
    /// What its replies become.
    pub kind: DocumentKind,
    /// How its replies are told from others.
    pub signature: Signature,
    /// Where the vendor documents it.
    pub documentation: &'static str,
    /// What of its replies is read.
    pub payload: &'static Shape,
    /// The parts that the keys of its records (of an inventory: its members) are made of, in the order in which they stand there.
    pub key_parts: &'static [&'static str],
    /// Those of the parts that its replies do not have: without them in the [`Context`], keys of different pools can be equal.
    pub context_parts: &'static [&'static str],
    /// Whether a list of such replies is one too, as command lines print them.
    pub listed: bool,
    /// Turns a reply into a document.
    pub read: ReadReply,
}

/// Turns the text of a reply into a document. It is given the operation, because several can have replies of one shape.
pub type ReadReply = for<'a> fn(&'static Operation, &'a str, &Context<'a>) -> Result<Document<'a>, Error>;

impl Operation {
    /// Whether it is called so, in whatever case.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.trim())
    }

    /// An operation.
    pub const fn new(
        name: &'static str,
        kind: DocumentKind,
        signature: Signature,
        documentation: &'static str,
        payload: &'static Shape,
        read: ReadReply,
    ) -> Self {
        Self { name, kind, signature, documentation, payload, key_parts: &[], context_parts: &[], listed: false, read }
    }

    /// What the text of a reply becomes, concluded by the adapter.
    pub(crate) fn document<'a>(
        &'static self,
        adapter: &(impl Adapter + ?Sized),
        text: &'a str,
        context: &Context<'a>,
    ) -> Result<Document<'a>, Error> {
        let mut document = (self.read)(self, text, context)?;
        if let Document::Health(report) = &mut document {
            adapter.conclude(report);
        }
        Ok(document)
    }

    /// The same with the parts that its keys are made of, and those of them that only the context can give.
    #[must_use]
    pub const fn keyed_by(mut self, key_parts: &'static [&'static str], context_parts: &'static [&'static str]) -> Self {
        self.key_parts = key_parts;
        self.context_parts = context_parts;
        self
    }

    /// The same, where a list of such replies is one too. Keys of the signature are then looked for in its first element.
    #[must_use]
    pub const fn listed(mut self) -> Self {
        self.listed = true;
        self
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

//! The documents that payloads become.

use serde::{Deserialize, Serialize};

use crate::model::schema_id::Published;
use crate::model::word::words;
use crate::{Completeness, Error, ErrorKind, HealthCheck, HealthCheckReport, HealthReport, Inventory, InventoryPool, Pointer};

words! {
    /// What kind of document an operation's reply becomes. The list is open.
    open DocumentKind {
        /// A `HealthReport`.
        Health,
        /// A `HealthCheckReport`.
        HealthChecks,
        /// An `Inventory`.
        Inventory,
    }
}

/// What a payload became.
// Boxed, because documents are large, and handed on many times between the payload and whoever wants them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum Document<'a> {
    /// What a health API said about backends.
    Health(Box<HealthReport<'a>>),
    /// How backends are checked.
    HealthChecks(Box<HealthCheckReport<'a>>),
    /// Who is registered where.
    Inventory(Box<Inventory<'a>>),
}

/// What all kinds of documents have, of whichever it is.
macro_rules! each {
    ($document:expr, $each:ident => $what:expr) => {
        match $document {
            Document::Health($each) => $what,
            Document::HealthChecks($each) => $what,
            Document::Inventory($each) => $what,
        }
    };
}

impl<'a> Document<'a> {
    /// The health report.
    ///
    /// # Errors
    ///
    /// [`UnexpectedShape`](ErrorKind::UnexpectedShape) where the payload was not about health.
    pub fn into_health(self) -> Result<HealthReport<'a>, Error> {
        if let Self::Health(report) = self { Ok(*report) } else { Err(self.is_not("a health report")) }
    }

    /// The health check report.
    ///
    /// # Errors
    ///
    /// [`UnexpectedShape`](ErrorKind::UnexpectedShape) where the payload was not about the configuration of health checks.
    pub fn into_health_checks(self) -> Result<HealthCheckReport<'a>, Error> {
        if let Self::HealthChecks(report) = self { Ok(*report) } else { Err(self.is_not("a health check report")) }
    }

    /// The inventory.
    ///
    /// # Errors
    ///
    /// [`UnexpectedShape`](ErrorKind::UnexpectedShape) where the payload was not about who is registered.
    pub fn into_inventory(self) -> Result<Inventory<'a>, Error> {
        if let Self::Inventory(inventory) = self { Ok(*inventory) } else { Err(self.is_not("an inventory")) }
    }

    /// The same document, or an error where it has warnings.
    ///
    /// # Errors
    ///
    /// [`Strict`](ErrorKind::Strict) with the first warning.
    pub fn into_strict(self) -> Result<Self, Error> {
        let Some(first) = self.warnings().first() else { return Ok(self) };
        let text = format!("{}: {}", first.code, first.message);
        let kind = ErrorKind::Strict { warnings: self.warnings().len(), first: text };
        Err(Error::from(kind).with_path(first.path.clone()))
    }

    /// The same, borrowing nothing.
    pub fn into_owned(self) -> Document<'static> {
        match self {
            Self::Health(report) => Document::Health(report.into_owned().into()),
            Self::HealthChecks(report) => Document::HealthChecks(report.into_owned().into()),
            Self::Inventory(inventory) => Document::Inventory(inventory.into_owned().into()),
        }
    }

    /// The same, naming the program that writes it, such as `lbhealth 0.1.0`.
    #[must_use]
    #[inline]
    pub fn produced_by(mut self, producer: &'a str) -> Self {
        each!(&mut self, document => document.producer = Some(producer.into()));
        self
    }

    /// The adapter that read the payload.
    pub fn adapter(&self) -> &str {
        each!(self, document => &document.adapter)
    }

    /// The vendor's name of the operation whose reply it was.
    pub fn operation(&self) -> &str {
        each!(self, document => &document.operation)
    }

    /// Whether it is everything.
    pub fn completeness(&self) -> Completeness {
        each!(self, document => document.completeness)
    }

    /// The token to ask for the next page with.
    pub fn next_page(&self) -> Option<&str> {
        each!(self, document => document.next_page.as_deref())
    }

    /// What was odd about the payload.
    pub fn warnings(&self) -> &[crate::Warning<'a>] {
        each!(self, document => &document.warnings)
    }

    /// The health checks in it, each with the pool that it stands in.
    pub fn checks(&self) -> impl Iterator<Item = (&HealthCheck<'a>, Option<&InventoryPool<'a>>)> {
        let (checks, pools): (&[HealthCheck<'a>], &[InventoryPool<'a>]) = match self {
            Self::Health(_) => (&[], &[]),
            Self::HealthChecks(report) => (&report.health_checks, &[]),
            Self::Inventory(inventory) => (&[], &inventory.pools),
        };
        let in_pools = pools.iter().filter_map(|pool| Some((pool.check.as_ref()?, Some(pool))));
        checks.iter().map(|check| (check, None)).chain(in_pools)
    }

    /// Where another kind of document was wanted.
    fn is_not(&self, wanted: &str) -> Error {
        let about = match self {
            Self::Health(_) => "the health of backends",
            Self::HealthChecks(_) => "the configuration of health checks",
            Self::Inventory(_) => "who is registered",
        };
        let found = format!("a reply of `{}`, which is about {about}", self.operation());
        Error::unexpected_shape(Pointer::ROOT, format!("a reply that becomes {wanted}"), found)
    }
}

impl<'de> Deserialize<'de> for Document<'static> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // `schema_id` decides, so that an error speaks of the field that is wrong and not of all the documents it is not.
        let value = serde_json::Value::deserialize(deserializer)?;
        let id = value.get("schema_id").and_then(serde_json::Value::as_str).unwrap_or_default();
        let document = match id {
            HealthReport::SCHEMA_ID => serde_json::from_value(value).map(Document::Health),
            HealthCheckReport::SCHEMA_ID => serde_json::from_value(value).map(Document::HealthChecks),
            Inventory::SCHEMA_ID => serde_json::from_value(value).map(Document::Inventory),
            _ => return Err(serde::de::Error::custom(format_args!("`{id}` is not the schema_id of a document of this version"))),
        };
        document.map_err(serde::de::Error::custom)
    }
}

impl std::str::FromStr for Document<'static> {
    type Err = Error;

    /// Reads a document that this or a newer version wrote.
    ///
    /// # Errors
    ///
    /// [`NotJson`](ErrorKind::NotJson) or [`UnexpectedShape`](ErrorKind::UnexpectedShape).
    fn from_str(text: &str) -> Result<Self, Error> {
        fn of<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
            serde_json::from_str(text).map_err(|error| not_a_document(text, &error))
        }
        // Read twice, so that an error says in which line and column the field stands that is wrong.
        let Head { schema_id } = of(text)?;
        match schema_id.as_deref() {
            Some(HealthReport::SCHEMA_ID) => of(text).map(Self::Health),
            Some(HealthCheckReport::SCHEMA_ID) => of(text).map(Self::HealthChecks),
            Some(Inventory::SCHEMA_ID) => of(text).map(Self::Inventory),
            _ => of(text),
        }
    }
}

/// What tells which document a document is.
#[derive(Deserialize)]
pub(crate) struct Head {
    #[serde(default)]
    pub(crate) schema_id: Option<String>,
}

fn not_a_document(text: &str, error: &serde_json::Error) -> Error {
    if error.is_data() {
        Error::from(ErrorKind::UnexpectedShape { expected: "a document of lbhealth".to_owned(), found: error.to_string() })
    } else {
        Error::not_json(text, error)
    }
}

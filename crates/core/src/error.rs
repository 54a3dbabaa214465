//! Why a payload gave no document.

use std::fmt::{self, Display, Write};

use strum::IntoStaticStr;

use crate::Pointer;
use crate::json::opens_array;

/// Why a payload gave no document: what was read, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    adapter: Option<&'static str>,
    path: Option<Pointer>,
    /// What to do, where more is known than the kind has fields for.
    advice: Option<String>,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum ErrorKind {
    /// Several adapters, or an adapter and a look-alike, read payloads of this shape and mean different things.
    #[non_exhaustive]
    AmbiguousAdapter {
        /// Ids of the products it can be from, some of which this build may not read. There are others where it names just one.
        candidates: Vec<&'static str>,
    },
    /// The text is not JSON.
    #[non_exhaustive]
    NotJson {
        /// Line of the first byte that does not fit, from 1.
        line: usize,
        /// Column of that byte in its line, in bytes from 1; 0 at the end of a line.
        column: usize,
        /// What is wrong there.
        problem: String,
    },
    /// The documents are not pages of one answer, nor answers about one product.
    #[non_exhaustive]
    NotMergeable {
        /// The adapter of the first.
        first: String,
        /// The adapter of another.
        other: String,
    },
    /// There is no document to merge. It is a case of [`NotMergeable`](Self::NotMergeable).
    #[strum(serialize = "NOT_MERGEABLE")]
    NothingToMerge,
    /// The payload is no reply but a document of ours. It is a case of [`UnexpectedShape`](Self::UnexpectedShape).
    #[non_exhaustive]
    #[strum(serialize = "UNEXPECTED_SHAPE")]
    OwnDocument {
        /// The URN of its schema.
        schema_id: String,
    },
    /// The document has warnings and the caller asked for none.
    #[non_exhaustive]
    Strict {
        /// How many warnings there are.
        warnings: usize,
        /// The first of them.
        first: String,
    },
    /// The payload is larger than what is read at most.
    #[non_exhaustive]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// There is no adapter of this name.
    #[non_exhaustive]
    UnknownAdapter {
        /// The name that was asked for.
        id: String,
        /// The ids that exist.
        known: Vec<&'static str>,
    },
    /// The payload is an object, but not the reply of an operation that is read.
    #[non_exhaustive]
    UnknownOperation {
        /// Names of the payload's first fields.
        found: Vec<String>,
        /// The operations that are read; the adapters, where none was named.
        known: Vec<&'static str>,
        /// The operation that the caller named, if any.
        asked: Option<String>,
    },
    /// The payload, or a part that everything depends on, is not what the operation returns.
    #[non_exhaustive]
    UnexpectedShape {
        /// What should stand there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// The payload is the vendor's answer to a call that failed. It says nothing about any backend.
    #[non_exhaustive]
    VendorError {
        /// The vendor's error code.
        code: Option<String>,
        /// The vendor's message.
        message: Option<String>,
        /// The vendor's id of the call.
        request_id: Option<String>,
        /// What kind of failure it is.
        class: VendorErrorClass,
    },
}

/// What kind of failure a vendor's error code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::Display, IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum VendorErrorClass {
    /// The caller is known and may not do this.
    Forbidden,
    /// The request itself is wrong.
    InvalidRequest,
    /// What was asked for does not exist.
    NotFound,
    /// Anything else, or a code this version does not know.
    Other,
    /// Too many calls: try again later. It says nothing about whether the thing exists.
    Throttled,
    /// The caller is not known, or its credentials are not valid.
    Unauthenticated,
    /// The vendor's service failed: try again later.
    Unavailable,
}

impl ErrorKind {
    /// There is no adapter of this name.
    pub fn unknown_adapter(id: &str, known: Vec<&'static str>) -> Self {
        Self::UnknownAdapter { id: id.to_owned(), known }
    }

    /// The kind alone, such as `NOT_JSON`. A case of a wider kind has the word of that kind.
    pub fn as_str(&self) -> &'static str {
        self.into()
    }

    /// What kind of failure the vendor tells of, where it is the vendor who does.
    pub const fn vendor_class(&self) -> Option<VendorErrorClass> {
        match self {
            Self::VendorError { class, .. } => Some(*class),
            _ => None,
        }
    }
}

impl Error {
    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Id of the adapter that read the payload, where that is what failed. An error of a document that was read, such as that of
    /// [`Document::into_health`](crate::Document::into_health), has none: the document says whose it is.
    pub fn adapter(&self) -> Option<&'static str> {
        self.0.adapter
    }

    /// Where in the payload, where it is a part of it.
    pub fn path(&self) -> Option<&Pointer> {
        self.0.path.as_ref()
    }

    /// The same error, as that adapter's.
    #[must_use]
    pub(crate) fn with_adapter(mut self, id: &'static str) -> Self {
        self.0.adapter = Some(id);
        self
    }

    /// A part of the payload, or all of it, is not what the operation returns.
    pub fn unexpected_shape(path: Pointer, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self::from(ErrorKind::UnexpectedShape { expected: expected.into(), found: found.into() }).with_path(path)
    }

    pub(crate) fn not_json(payload: &str, error: &serde_json::Error) -> Self {
        let text = error.to_string();
        // serde_json puts the place at the end of its text; it is kept in fields of its own here.
        let problem = text.rsplit_once(" at line ").map_or(text.as_str(), |(problem, _)| problem);
        let beginning = payload.trim_ascii_start();
        let may_be_json = match beginning.as_bytes().first() {
            Some(b'[') => opens_array(beginning.as_bytes()) != Some(false),
            first => first == Some(&b'{'),
        };
        let hint = if beginning.starts_with('<') {
            "; this looks like HTML or XML, as a proxy or gateway answers".to_owned()
        } else if beginning.starts_with('\u{1B}') {
            "; this looks like coloured text; ask for it without colours".to_owned()
        } else if ["---", "+-", "| "].iter().any(|start| beginning.starts_with(start)) {
            "; this looks like YAML or a table; ask for JSON".to_owned()
        } else if ["{'", "[{'"].iter().any(|start| beginning.starts_with(start)) {
            "; this looks like Python's print of a dictionary; write it with `json.dumps`".to_owned()
        } else if error.is_eof() {
            "; the text is empty or cut off".to_owned()
        } else if !may_be_json {
            // What failed before often says so here.
            format!("; the text begins with `{}`", first_lines(beginning))
        } else if problem == "trailing characters" {
            "; pass one reply at a time".to_owned()
        } else {
            String::new()
        };
        let (line, column) = (error.line(), error.column());
        Self::from(ErrorKind::NotJson { line, column, problem: format!("{problem}{hint}") })
    }

    pub(crate) fn with_advice(mut self, advice: Option<String>) -> Self {
        self.0.advice = advice;
        self
    }

    pub(crate) fn with_path(mut self, path: Pointer) -> Self {
        self.0.path = Some(path);
        self
    }
}

/// The first lines of a text, of long ones their beginning. Command lines often say only in the second what failed.
fn first_lines(text: &str) -> String {
    const MOST_LINES: usize = 3;
    const MOST: usize = 240;
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_LINES).collect();
    let lines = lines.join(" / ");
    let mut words: String = lines.chars().take(MOST).collect();
    if words.len() < lines.len() {
        words.push('…');
    }
    words
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(Inner { kind, adapter: None, path: None, advice: None }))
    }
}

impl Display for Inner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(adapter) = self.adapter {
            write!(formatter, "{adapter}: ")?;
        }
        match &self.kind {
            ErrorKind::AmbiguousAdapter { candidates } => write!(
                formatter,
                "the payload can be from {}{} and would mean different things; name the adapter",
                list(candidates.iter(), " or "),
                if candidates.len() == 1 { " or another product with its API" } else { "" }
            ),
            ErrorKind::NotJson { line, column, problem } => {
                write!(formatter, "the payload is not JSON: {problem} (line {line}, column {column})")
            }
            ErrorKind::NotMergeable { first, other } => {
                write!(formatter, "documents of {first} and {other} cannot be merged; merge those of one adapter at a time")
            }
            ErrorKind::NothingToMerge => formatter.write_str("there is no document to merge"),
            ErrorKind::OwnDocument { schema_id } => {
                write!(formatter, "expected a reply of a vendor at `/schema_id`, found `{schema_id}`, a document of lbhealth")
            }
            ErrorKind::Strict { warnings: 1, first } => write!(formatter, "the document has a warning: {first}"),
            ErrorKind::Strict { warnings, first } => write!(formatter, "the document has {warnings} warnings, the first: {first}"),
            ErrorKind::TooLarge { limit } => {
                write!(formatter, "the payload is larger than {limit} bytes, the most that is read; set a higher limit or split it")
            }
            ErrorKind::UnknownAdapter { id, known } => {
                write!(formatter, "no adapter is called `{id}`; there are {}", list(known.iter(), " and "))
            }
            ErrorKind::UnknownOperation { asked: Some(asked), known, .. } => {
                write!(formatter, "no operation is called `{asked}`; read are {}", list(known.iter(), " and "))
            }
            ErrorKind::UnknownOperation { found, known, asked: None } => {
                write!(formatter, "no operation that is read replies with the fields {}; ", list(found.iter(), ", "))?;
                if let Some(advice) = &self.advice {
                    return formatter.write_str(advice);
                }
                let of = if self.adapter.is_some() { "" } else { "an operation of " };
                write!(formatter, "pass the whole reply of {of}{}", list(known.iter(), " or "))
            }
            ErrorKind::UnexpectedShape { expected, found } => match &self.path {
                Some(path) if *path != Pointer::ROOT => write!(formatter, "expected {expected} at `{path}`, found {found}"),
                _ => write!(formatter, "expected {expected}, found {found}"),
            },
            ErrorKind::VendorError { code, message, request_id, class } => {
                write!(formatter, "the payload is an error reply ({class})")?;
                for part in [code, message].into_iter().flatten() {
                    write!(formatter, ": {part}")?;
                }
                match request_id {
                    Some(request_id) => write!(formatter, " (request {request_id})"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// The items as text, the last joined by `last`.
pub(crate) fn list<T: Display>(items: impl ExactSizeIterator<Item = T>, last: &str) -> String {
    let count = items.len();
    let mut text = String::new();
    for (index, item) in items.enumerate() {
        if index > 0 {
            text.push_str(if index + 1 == count { last } else { ", " });
        }
        // Writing to a `String` cannot fail.
        let _ = write!(text, "`{item}`");
    }
    text
}

//! What a difference means to somebody who reads what is published.

use std::collections::BTreeMap;
use std::fmt;

/// What a difference asks of a reader, in the order of how bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// A reader fails, or reads something else than what was meant.
    Breaking,
    /// A reader's program does not compile any more with the types of a generator.
    SourceBreaking,
    /// The same words of a vendor get another answer.
    Vocabulary,
    /// There is more than before; a reader that does not know of it is right as it was.
    Additive,
    /// Only text for people.
    Documentation,
}

impl Class {
    /// All classes, the worst first.
    pub(crate) const ALL: [Self; 5] = [Self::Breaking, Self::SourceBreaking, Self::Vocabulary, Self::Additive, Self::Documentation];

    /// Whether a frozen version of the schemas rules it out.
    pub(crate) const fn breaks(self) -> bool {
        matches!(self, Self::Breaking | Self::SourceBreaking)
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::SourceBreaking => "source-breaking",
            Self::Vocabulary => "vocabulary",
            Self::Additive => "additive",
            Self::Documentation => "documentation",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What it asks of a reader.
    pub(crate) class: Class,
    /// Where it is; in the first file, where it is in several.
    pub(crate) at: Place,
    /// In how many further files the same definition has it.
    pub(crate) further: usize,
    /// What is different.
    pub(crate) what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:15}  {}", self.class, self.at)?;
        match self.further {
            0 => {}
            1 => formatter.write_str(" (and 1 file more)")?,
            more => write!(formatter, " (and {more} files more)")?,
        }
        write!(formatter, ": {}", self.what)
    }
}

/// A place in a published file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Path below the folder of the version.
    file: String,
    /// JSON Pointer; in a table the key of the row and the column.
    pointer: String,
    /// The place seen from the type it belongs to: the same in every file that holds the type.
    subject: String,
}

impl Place {
    /// The whole file. What is in it is told from other files by `subject`.
    pub(crate) fn file(file: &str, subject: &str) -> Self {
        Self { file: file.to_owned(), pointer: String::new(), subject: subject.to_owned() }
    }

    /// Within what names of types are unique: payloads of different vendors may have types of the same name.
    fn scope(&self) -> &str {
        let vendor = self.file.match_indices('/').nth(1).map(|(end, _)| end);
        vendor.and_then(|end| self.file.get(..end)).unwrap_or_default()
    }

    /// Whether this is the whole file.
    pub(crate) fn is_file(&self) -> bool {
        self.pointer.is_empty()
    }

    /// What stands under this key.
    pub(crate) fn child(&self, key: &str) -> Self {
        let step = format!("/{}", key.replace('~', "~0").replace('/', "~1"));
        Self { file: self.file.clone(), pointer: format!("{}{step}", self.pointer), subject: format!("{}{step}", self.subject) }
    }

    /// What stands under these keys.
    pub(crate) fn below(&self, keys: &[&str]) -> Self {
        keys.iter().fold(self.clone(), |place, key| place.child(key))
    }

    /// The definition of this name.
    pub(crate) fn definition(&self, name: &str) -> Self {
        Self { subject: name.to_owned(), ..self.below(&["$defs", name]) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if self.pointer.is_empty() { Ok(()) } else { write!(formatter, "#{}", self.pointer) }
    }
}

/// The differences found so far.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// How many differences were noted.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Notes a difference.
    pub(crate) fn add(&mut self, class: Class, at: &Place, what: impl Into<String>) {
        self.0.push(Finding { class, at: at.clone(), further: 0, what: what.into() });
    }

    /// The differences by class and place; one entry for what the same definition has in several files.
    pub(crate) fn sorted(self) -> Vec<Finding> {
        let mut merged: BTreeMap<(Class, String, String, String), Finding> = BTreeMap::new();
        for finding in self.0 {
            let at = &finding.at;
            let key = (finding.class, at.scope().to_owned(), at.subject.clone(), finding.what.clone());
            merged.entry(key).and_modify(|first| first.further += usize::from(first.at.file != finding.at.file)).or_insert(finding);
        }
        merged.into_values().collect()
    }
}

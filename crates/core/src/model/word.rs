//! Lists of words: the enums of the model and what every one of them can say about itself.

use std::any::Any;

use strum::{EnumMessage, EnumProperty, VariantArray};

/// The first release: what names no other is there since then.
pub(crate) const FIRST_RELEASE: &str = "0.1.0";

/// An enum whose values are the words of a published list.
///
/// Text on the wire, [`Display`](std::fmt::Display), [`FromStr`](std::str::FromStr) and the schema use one spelling,
/// `SCREAMING_SNAKE_CASE`; the documentation of a value is the text that the schema and the tables in `docs/` show.
pub trait Word: Copy + EnumMessage + EnumProperty + Into<&'static str> + VariantArray {
    /// Name of the list, which is the name of the Rust type.
    const NAME: &'static str;
    /// What the list answers, and what a reader does with a word it does not know.
    const DOCUMENTATION: &'static str;
    /// Whether a later version may add words without a new major version of the schemas.
    const OPEN: bool;

    /// Its place in the list, from 0.
    fn index(self) -> usize;

    /// What this word means.
    fn documentation(self) -> &'static str {
        self.get_documentation().unwrap_or_default()
    }

    /// The release that brought the word. A word of a later release than the first says so: `#[strum(props(since = "0.2.0"))]`.
    fn since(self) -> &'static str {
        self.get_str("since").unwrap_or(FIRST_RELEASE)
    }

    /// The release since which the word should not be relied on any more. Its documentation begins `Deprecated since 0.2.0: use …`, and
    /// it is still written.
    fn deprecated_since(self) -> Option<&'static str> {
        Some(self.documentation().trim_start().strip_prefix("Deprecated since ")?.split_once(':')?.0)
    }
}

/// The word, where it is one of this list.
pub(crate) fn of_list<W: Word>(word: impl Word) -> Option<W> {
    let word: &dyn Any = &word;
    word.downcast_ref().copied()
}

/// A text is none of the words of a list. In a document, a word of an open list that is not known is read as `UNRECOGNIZED` instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no word of {list}; these are: {}", words.join(", "))]
#[non_exhaustive]
pub struct UnknownWord {
    /// The text.
    pub text: String,
    /// Name of the list.
    pub list: &'static str,
    /// The words of the list.
    pub words: Vec<&'static str>,
}

impl UnknownWord {
    pub(crate) fn new<W: Word>(text: &str) -> Self {
        let words = W::VARIANTS.iter().map(|word| (*word).into()).collect();
        Self { text: text.to_owned(), list: W::NAME, words }
    }
}

/// Declares a list of words: `open` lists catch every word they do not know in a last variant `Unrecognized`.
macro_rules! words {
    ($(#[doc = $doc:literal])+ closed $name:ident { $($body:tt)+ }) => {
        words! {
            @enum [$($doc)+] false
            [#[expect(clippy::exhaustive_enums, reason = "a closed list: a new word is a new major version of the schemas")]]
            $name { $($body)+ }
        }
    };
    ($(#[doc = $doc:literal])+ open $name:ident { $($body:tt)+ }) => {
        words! {
            @enum [$($doc)+] true
            [#[non_exhaustive]]
            $name {
                $($body)+
                /// A word of a newer version of the schema, or none of the words above. It proves nothing.
                #[serde(other)]
                Unrecognized,
            }
        }
    };
    (@enum [$($doc:literal)+] $open:literal [$($growth:tt)+] $name:ident { $($body:tt)+ }) => {
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, strum::Display,
            strum::EnumMessage, strum::EnumProperty, strum::IntoStaticStr, strum::VariantArray, strum::VariantNames,
        )]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        #[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
        $($growth)+
        $(#[doc = $doc])+
        pub enum $name {
            $($body)+
        }

        impl $name {
            /// All words of the list, in their order.
            pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

            /// The word as it stands in documents.
            pub fn as_str(self) -> &'static str {
                self.into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::UnknownWord;

            fn from_str(text: &str) -> Result<Self, crate::UnknownWord> {
                let word = Self::ALL.iter().copied().find(|word| word.as_str() == text);
                word.ok_or_else(|| crate::UnknownWord::new::<Self>(text))
            }
        }

        impl crate::Word for $name {
            const NAME: &'static str = stringify!($name);
            const DOCUMENTATION: &'static str = concat!($($doc, "\n"),+);
            const OPEN: bool = $open;

            #[inline]
            fn index(self) -> usize {
                self as usize
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                crate::schema::words::<Self>()
            }
        }
    };
}
pub(crate) use words;

/// Hands the names of all lists to a macro, which writes the path before each.
#[doc(hidden)]
#[macro_export]
macro_rules! every_list {
    ($each:ident) => {
        $each! {
            BackendHealth, Traffic, TrafficReason, FailureReason, Trend, Phase, Certainty, WarningCode, FindingCode, FindingSeverity,
            Coverage, Completeness, Scope, Registration, Role, BackendKind, ParentKind, DocumentKind, CodeKind, HostDefault, Rating,
            VerdictReason, Standing, ChangeKind, PoolChangeKind, ComparisonWarningCode
        }
    };
}

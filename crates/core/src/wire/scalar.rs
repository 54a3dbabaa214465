//! Text, numbers and booleans in any of the forms that vendors and their clients write them in.

use std::borrow::Cow;
use std::ops::Deref;

use super::{Kind, Read, Value};
use crate::bytes::trimmed;

/// Text exactly as the vendor sent it. A number or a boolean counts as text too: `80.0` as `80`, `true` as `true`.
pub type Text<'a> = Cow<'a, str>;

impl<'a> Value<'a> for Text<'a> {
    const KIND: Kind = Kind::Text;
    const TELLS_KEYS: bool = true;

    fn from_bool(value: bool) -> Read<Self> {
        Read::Value(if value { "true" } else { "false" }.into())
    }

    fn from_f64(value: f64) -> Read<Self> {
        Read::Value(value.to_string().into())
    }

    fn from_i64(value: i64) -> Read<Self> {
        Read::Value(value.to_string().into())
    }

    fn from_text(text: Cow<'a, str>) -> Read<Self> {
        Read::Value(text)
    }

    fn from_u64(value: u64) -> Read<Self> {
        Read::Value(value.to_string().into())
    }
}

/// Whether the vendor's text is this word, without regard to case and to blanks around it.
pub fn is_word(text: &str, word: &str) -> bool {
    trimmed(text).eq_ignore_ascii_case(word)
}

/// An identifier: text without the blanks around it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Id<'a>(Cow<'a, str>);

impl<'a> Id<'a> {
    /// The text.
    pub fn into_text(self) -> Cow<'a, str> {
        self.0
    }

    /// The text in upper case.
    pub fn into_upper(self) -> Cow<'a, str> {
        // Nearly always a protocol, which then need not be copied into every record.
        const COMMON: &[&str] = &["HTTP", "HTTPS", "TCP", "UDP", "QUIC", "TLS", "GRPC", "GRPCS"];
        if let Some(word) = COMMON.iter().find(|word| word.eq_ignore_ascii_case(&self.0)) {
            return Cow::Borrowed(word);
        }
        if self.0.bytes().any(|byte| byte.is_ascii_lowercase()) { Cow::Owned(self.0.to_ascii_uppercase()) } else { self.0 }
    }
}

impl Deref for Id<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a> From<Text<'a>> for Id<'a> {
    #[inline]
    fn from(text: Text<'a>) -> Self {
        Self(match text {
            Cow::Borrowed(text) => Cow::Borrowed(trimmed(text)),
            Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        })
    }
}

impl<'a> Value<'a> for Id<'a> {
    const KIND: Kind = Kind::Text;
    const TELLS_KEYS: bool = true;

    fn from_bool(value: bool) -> Read<Self> {
        Text::from_bool(value).map(Self::from)
    }

    fn from_f64(value: f64) -> Read<Self> {
        Text::from_f64(value).map(Self::from)
    }

    fn from_i64(value: i64) -> Read<Self> {
        Text::from_i64(value).map(Self::from)
    }

    fn from_text(value: Cow<'a, str>) -> Read<Self> {
        Read::Value(value.into())
    }

    fn from_u64(value: u64) -> Read<Self> {
        Text::from_u64(value).map(Self::from)
    }
}

impl<'a> Value<'a> for bool {
    const KIND: Kind = Kind::Boolean;
    const TELLS_KEYS: bool = true;

    fn from_bool(value: bool) -> Read<Self> {
        Read::Value(value)
    }

    fn from_text(text: Cow<'a, str>) -> Read<Self> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("true") {
            Read::Value(true)
        } else if text.eq_ignore_ascii_case("false") {
            Read::Value(false)
        } else {
            Read::Unreadable
        }
    }
}

impl<'a> Value<'a> for f64 {
    const KIND: Kind = Kind::Number;
    const TELLS_KEYS: bool = true;

    fn from_f64(value: f64) -> Read<Self> {
        Read::Value(value)
    }

    #[expect(clippy::cast_precision_loss, reason = "a figure of this size was not exact before either")]
    fn from_i64(value: i64) -> Read<Self> {
        Read::Value(value as Self)
    }

    fn from_text(text: Cow<'a, str>) -> Read<Self> {
        // `parse` takes words such as `inf` and `nan` too, which JSON cannot carry.
        text.trim().parse().ok().filter(|value: &Self| value.is_finite()).map_or(Read::Unreadable, Read::Value)
    }

    #[expect(clippy::cast_precision_loss, reason = "a figure of this size was not exact before either")]
    fn from_u64(value: u64) -> Read<Self> {
        Read::Value(value as Self)
    }
}

macro_rules! whole_numbers {
    ($($type:ident $(without $none:literal)?),*) => {
        $(impl<'a> Value<'a> for $type {
            const KIND: Kind = Kind::Integer(most($type::MAX as u64));
            const TELLS_KEYS: bool = true;

            fn from_f64(value: f64) -> Read<Self> {
                integral(value).map_or(Read::Unreadable, Self::from_u64)
            }

            fn from_text(text: Cow<'a, str>) -> Read<Self> {
                let text = text.trim();
                match text.parse() {
                    Ok(value) => Self::from_u64(value),
                    Err(_) => text.parse().map_or(Read::Unreadable, Self::from_f64),
                }
            }

            fn from_u64(value: u64) -> Read<Self> {
                if value > most(u64::from($type::MAX)) {
                    return Read::Unreadable;
                }
                $(if value == $none {
                    return Read::Absent;
                })?
                value.try_into().map_or(Read::Unreadable, Read::Value)
            }
        })*
    };
}

/// The greatest whole number that is read: every number fits a signed column of 32 bits.
const fn most(of_type: u64) -> u64 {
    const SIGNED: u64 = i32::MAX as u64;
    if of_type < SIGNED { of_type } else { SIGNED }
}

// What fits 16 bits is a port, and port 0 is none.
whole_numbers!(u16 without 0, u32);

/// The whole number that a float such as `90.0` stands for.
fn integral(value: f64) -> Option<u64> {
    let whole = value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked above")]
    whole.then_some(value as u64)
}

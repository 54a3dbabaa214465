//! Places in a payload.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

use serde::{Deserialize, Serialize};

use crate::bytes;
use crate::json::{push_integer, push_text};

/// A JSON Pointer (RFC 6901) into the payload; the empty text is the payload itself.
///
/// Adapters make pointers from a template and indices, which costs nothing until somebody writes the pointer out.
#[derive(Clone, Debug)]
pub struct Pointer {
    repr: Repr,
    /// Whether names begin with a capital, whatever the template says.
    capitalized: bool,
}

#[derive(Clone, Debug)]
enum Repr {
    Place { template: &'static str, indices: [u32; 4] },
    Text(Box<str>),
}

impl Pointer {
    /// The payload itself.
    pub const ROOT: Self = Self::at("", []);

    /// A pointer in which each `#` of the template stands for the next index. At most four are supported.
    ///
    /// ```
    /// # use lbhealth_core::Pointer;
    /// assert_eq!(Pointer::at("/pools/#/members/#", [0, 7]).to_string(), "/pools/0/members/7");
    /// ```
    pub const fn at<const N: usize>(template: &'static str, indices: [u32; N]) -> Self {
        const { assert!(N <= 4, "a place has at most four indices") };
        let mut all = [0; 4];
        all.split_at_mut(N).0.copy_from_slice(&indices);
        Self { repr: Repr::Place { template, indices: all }, capitalized: false }
    }

    /// The same in a payload whose names begin with capitals, as PowerShell writes them; `join` keeps to that.
    ///
    /// ```
    /// # use lbhealth_core::Pointer;
    /// let server = Pointer::at("/servers/#", [3]).capitalized(true);
    /// assert_eq!(server.join("probeLog").to_string(), "/Servers/3/ProbeLog");
    /// ```
    #[must_use]
    pub fn capitalized(mut self, capitalized: bool) -> Self {
        self.capitalized = capitalized;
        self
    }

    /// The place that `relative` names from here: names and indices joined by `/`. A leading number goes up that many levels first
    /// (`2/ActionType`), as in Relative JSON Pointers.
    #[must_use]
    pub fn join(&self, relative: &str) -> Self {
        let base = self.to_string();
        let (up, rest) = match relative.split_once('/') {
            Some((up, rest)) if !up.is_empty() && up.bytes().all(|byte| byte.is_ascii_digit()) => (up.parse().unwrap_or(0), rest),
            _ => (0, relative),
        };
        let mut base = base.as_str();
        for _ in 0..up {
            base = base.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
        Self { repr: Repr::Text(format!("{base}/{rest}").into()), capitalized: self.capitalized }
    }

    /// Adds the text as it stands in a JSON string.
    pub(crate) fn write_text(&self, out: &mut Vec<u8>) {
        let (template, indices) = match &self.repr {
            _ if self.capitalized => return push_text(out, &self.text()),
            Repr::Place { template, indices } => (*template, indices),
            Repr::Text(text) => return push_text(out, text),
        };
        let mut indices = indices.iter();
        let mut rest = template;
        while let Some((part, after)) = bytes::split_once(rest, b'#') {
            push_text(out, part);
            match indices.next() {
                Some(index) => push_integer(out, *index),
                None => out.push(b'#'),
            }
            rest = after;
        }
        push_text(out, rest);
    }

    /// The text of the pointer.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.repr {
            _ if self.capitalized => Cow::Owned(self.to_string()),
            Repr::Place { template, .. } if !template.contains('#') => Cow::Borrowed(template),
            Repr::Place { .. } => Cow::Owned(self.to_string()),
            Repr::Text(text) => Cow::Borrowed(text),
        }
    }
}

impl Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.capitalized {
            let plain = self.clone().capitalized(false).to_string();
            return plain.split_inclusive('/').try_for_each(|name| write_capitalized(name, formatter));
        }
        let (template, indices) = match &self.repr {
            Repr::Place { template, indices } => (*template, indices),
            Repr::Text(text) => return formatter.write_str(text),
        };
        let mut indices = indices.iter();
        let mut parts = template.split('#');
        formatter.write_str(parts.next().unwrap_or_default())?;
        for part in parts {
            match indices.next() {
                Some(index) => formatter.write_str(itoa::Buffer::new().format(*index))?,
                None => formatter.write_char('#')?,
            }
            formatter.write_str(part)?;
        }
        Ok(())
    }
}

fn write_capitalized(name: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut characters = name.chars();
    if let Some(first) = characters.next() {
        formatter.write_char(first.to_ascii_uppercase())?;
    }
    formatter.write_str(characters.as_str())
}

impl Default for Pointer {
    fn default() -> Self {
        Self::ROOT
    }
}

impl PartialEq for Pointer {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Pointer {}

impl From<String> for Pointer {
    fn from(text: String) -> Self {
        Self { repr: Repr::Text(text.into()), capitalized: false }
    }
}

impl Serialize for Pointer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pointer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Pointer {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Pointer".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_down_and_up() {
        let server = Pointer::at("/a/#/b/#", [1, 2]);
        assert_eq!(server.join("Reason/ReasonCode").to_string(), "/a/1/b/2/Reason/ReasonCode");
        assert_eq!(server.join("2/ActionType").to_string(), "/a/1/ActionType");
        assert_eq!(server.join("0").to_string(), "/a/1/b/2/0");
        assert_eq!(Pointer::ROOT.join("Code").to_string(), "/Code");
        assert_eq!(Pointer::ROOT.join("3/Code").to_string(), "/Code");
    }

    #[test]
    fn names_can_begin_with_capitals() {
        let server = Pointer::at("/pools/#/servers/#", [0, 7]).capitalized(true);
        assert_eq!(server.to_string(), "/Pools/0/Servers/7");
        assert_eq!(server.join("1/settings").to_string(), "/Pools/0/Servers/Settings");
        assert_eq!(server, Pointer::from("/Pools/0/Servers/7".to_owned()));
        assert_eq!(Pointer::ROOT.capitalized(true).text(), "");
    }

    #[test]
    fn equal_by_text() {
        assert_eq!(Pointer::at("/a/#", [3]), Pointer::from("/a/3".to_owned()));
    }
}

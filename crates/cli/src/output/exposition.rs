//! The text format of `OpenMetrics`, as far as gauges need it.
//!
//! What is written here is at the same time valid in Prometheus' own text format, which has no types `stateset` and `info` and takes
//! `# UNIT` and `# EOF` for comments. So every family is a gauge.

use std::fmt::{Display, Write as _};
use std::io::{self, Write};

/// Labels of a sample, in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Labels(String);

impl Labels {
    /// The same with one more. One without a value is left out, which means the same as an empty one.
    pub(super) fn with(mut self, name: &str, value: Option<impl Display>) -> Self {
        let value = value.map(|value| value.to_string()).unwrap_or_default();
        if value.is_empty() {
            return self;
        }
        let separator = if self.0.is_empty() { "" } else { "," };
        // Writing to memory cannot fail.
        let _ = write!(self.0, "{separator}{name}=\"");
        for letter in value.chars() {
            match letter {
                '\\' => self.0.push_str("\\\\"),
                '"' => self.0.push_str("\\\""),
                '\n' => self.0.push_str("\\n"),
                letter => self.0.push(letter),
            }
        }
        self.0.push('"');
        self
    }
}

/// What a set of samples of one name measures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Family {
    pub(super) name: &'static str,
    /// The base unit, which is also the end of the name.
    pub(super) unit: Option<&'static str>,
    pub(super) help: &'static str,
}

impl Family {
    /// Writes the family with all its samples; nothing where it has none.
    pub(super) fn write(&self, out: &mut impl Write, samples: impl IntoIterator<Item = (Labels, impl Display)>) -> io::Result<()> {
        let Self { name, unit, help } = self;
        let mut has_head = false;
        for (Labels(labels), value) in samples {
            if !has_head {
                writeln!(out, "# TYPE {name} gauge")?;
                if let Some(unit) = unit {
                    writeln!(out, "# UNIT {name} {unit}")?;
                }
                writeln!(out, "# HELP {name} {help}")?;
                has_head = true;
            }
            writeln!(out, "{name}{{{labels}}} {value}")?;
        }
        Ok(())
    }
}

/// Says that nothing is missing.
pub(super) fn end(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# EOF")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_values_are_escaped_and_empty_ones_left_out() {
        let labels =
            Labels::default().with("a", Some("x\\y\"z\nü")).with("b", None::<&str>).with("c", Some("")).with("d", Some(80));
        assert_eq!(labels.0, r#"a="x\\y\"z\nü",d="80""#);
    }

    #[test]
    fn a_family_has_its_head_once_and_none_without_samples() {
        let family = Family { name: "f_seconds", unit: Some("seconds"), help: "Help." };
        let mut out = Vec::new();
        family.write(&mut out, [(Labels::default(), 1), (Labels::default().with("a", Some("b")), 2)]).unwrap();
        family.write(&mut out, std::iter::empty::<(Labels, u8)>()).unwrap();
        end(&mut out).unwrap();
        let expected = "# TYPE f_seconds gauge\n# UNIT f_seconds seconds\n# HELP f_seconds Help.\nf_seconds{} 1\nf_seconds{a=\"b\"} 2\n# EOF\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}

//! Flat rows, as lines of JSON or as CSV.

use std::io::{BufWriter, Write};

use anyhow::{Result, anyhow};
use lbhealth::Column;
use serde::Serialize;
use serde_json::Value;

/// Where flat rows of one kind go.
#[derive(Debug)]
pub(crate) enum Rows<W: Write> {
    Lines(BufWriter<W>),
    Csv { writer: Box<csv::Writer<W>>, columns: &'static [Column], has_header: bool },
}

impl<W: Write> Rows<W> {
    /// A JSON object a line.
    pub(crate) fn lines(out: W) -> Self {
        Self::Lines(BufWriter::new(out))
    }

    /// CSV as of RFC 4180, but for lines that end in a line feed. A value is written as it is, also where a spreadsheet would take it for a
    /// formula: the file is data first, and keys have to join.
    pub(crate) fn csv(out: W, columns: &'static [Column]) -> Self {
        Self::Csv { writer: Box::new(csv::Writer::from_writer(out)), columns, has_header: false }
    }

    pub(crate) fn write(&mut self, row: &impl Serialize) -> Result<()> {
        self.begin()?;
        match self {
            Self::Lines(out) => {
                serde_json::to_writer(&mut *out, row)?;
                out.write_all(b"\n")?;
            }
            Self::Csv { writer, columns, .. } => {
                let row = serde_json::to_value(row)?;
                for column in *columns {
                    writer.write_field(cell(row.get(column.name))).map_err(unwrapped)?;
                }
                writer.write_record(None::<&[u8]>).map_err(unwrapped)?;
            }
        }
        Ok(())
    }

    /// Writes what is still buffered; the header too where no row came.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.begin()?;
        match self {
            Self::Lines(out) => out.flush()?,
            Self::Csv { writer, .. } => writer.flush()?,
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<()> {
        if let Self::Csv { writer, columns, has_header: has_header @ false } = self {
            writer.write_record(columns.iter().map(|column| column.name)).map_err(unwrapped)?;
            *has_header = true;
        }
        Ok(())
    }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// The error of the output itself, so that a closed pipe is known as one.
fn unwrapped(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        kind => anyhow!("{kind:?}"),
    }
}

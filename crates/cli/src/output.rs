//! Where results go.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use lbhealth::Document;

use crate::arguments::{Format, Normalize};
use crate::batch::{Batch, Counts};
use crate::complain;

/// How many complaints are shown where nobody asked for a file of failures, and how many remarks.
const MOST_SHOWN: usize = 20;

/// Standard output, and the files beside it.
pub(crate) struct Output {
    out: io::Stdout,
    pools: Option<(PathBuf, File)>,
    failures: Option<(PathBuf, File)>,
    complaints: Shown,
    remarks: Shown,
    /// What was written so far.
    pub(crate) counts: Counts,
}

/// What was shown so far, and how many more were not.
#[derive(Default)]
struct Shown {
    shown: usize,
    hidden: u64,
}

impl Output {
    /// Opens the files that were asked for.
    pub(crate) fn new(arguments: &Normalize) -> Result<Self> {
        let create = |path: Option<&PathBuf>| -> Result<Option<(PathBuf, File)>> {
            let Some(path) = path else { return Ok(None) };
            let file = File::create(path).with_context(|| format!("writing {}", path.display()))?;
            Ok(Some((path.clone(), file)))
        };
        Ok(Self {
            out: io::stdout(),
            pools: create(arguments.pools.as_ref())?,
            failures: create(arguments.failures.as_ref())?,
            complaints: Shown::default(),
            remarks: Shown::default(),
            counts: Counts::default(),
        })
    }

    /// Writes what a batch holds, and empties it.
    pub(crate) fn write(&mut self, batch: &mut Batch) -> Result<()> {
        let Batch { out, pools, failures, complaints, remarks, counts } = batch;
        // What failed is said even where nobody reads the rest any more.
        self.counts.add(std::mem::take(counts));
        self.remarks.show(remarks, MOST_SHOWN);
        let most = if self.failures.is_some() { 0 } else { MOST_SHOWN };
        self.complaints.show(complaints, most);
        write(&mut self.failures, failures)?;
        self.out.write_all(out)?;
        out.clear();
        write(&mut self.pools, pools)
    }

    /// Says what there was, where that was more than one reply.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.out.flush()?;
        if self.complaints.hidden > 0 && self.failures.is_none() {
            complain(&format!("{} more failures are not shown; `--failures FILE` keeps them all", self.complaints.hidden));
        }
        if self.remarks.hidden > 0 {
            complain(&format!("{} more warnings are not shown; `--format ndjson` has them all", self.remarks.hidden));
        }
        let Counts { documents, records, failures, warnings } = self.counts;
        if documents + failures > 1 {
            let of = |count: u64, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
            complain(&format!(
                "{}, {}, {}, {}",
                of(documents, "document"),
                of(records, "record"),
                of(warnings, "warning"),
                of(failures, "failure")
            ));
        }
        Ok(())
    }
}

impl Shown {
    fn show(&mut self, texts: &mut Vec<String>, most: usize) {
        for text in texts.drain(..) {
            if self.shown < most {
                self.shown += 1;
                complain(&text);
            } else {
                self.hidden += 1;
            }
        }
    }
}

fn write(file: &mut Option<(PathBuf, File)>, bytes: &mut Vec<u8>) -> Result<()> {
    if let Some((path, file)) = file {
        file.write_all(bytes).with_context(|| writing(path))?;
    }
    bytes.clear();
    Ok(())
}

fn writing(path: &Path) -> String {
    format!("writing {}", path.display())
}

/// Writes a document in a format.
pub(crate) fn document(document: &Document<'_>, format: Format, out: &mut Vec<u8>) -> Result<()> {
    match (format, document) {
        (Format::Json, _) => serde_json::to_writer_pretty(&mut *out, document)?,
        (Format::Ndjson, _) => serde_json::to_writer(&mut *out, document)?,
        (Format::Records, Document::Health(report)) => {
            report.write_rows(out);
            return Ok(());
        }
        (Format::Records, _) => bail!("only health reports have backend rows; use --format json or ndjson"),
    }
    out.push(b'\n');
    Ok(())
}

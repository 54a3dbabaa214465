//! Goes through a file of replies once, in one of several ways, and prints the seconds that this took once the file was in memory: what lbhealth does without writing, and two things that read the same bytes and
//! do less. `lbhealth` itself is measured as people run it.

use std::io::Write;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use lbhealth::Document;
use serde::de::IgnoredAny;
use serde_json::Value;

const USAGE: &str = "usage: lbhealth-benchmark value|ignored|normalize|write FILE [ADAPTER]";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(way), Some(path)) = (arguments.next(), arguments.next()) else { bail!(USAGE) };
    let adapter = arguments.next().map(|id| lbhealth::adapter(&id)).transpose()?;
    let bytes = std::fs::read(&path)?;
    let text = std::str::from_utf8(&bytes)?;
    let start = Instant::now();
    let found = match &*way {
        // Every text is looked at before the next, as a program that works on it would.
        "value" => texts::<Value>(text, |value| value.as_object().is_some_and(|object| !object.is_empty()))?,
        "ignored" => texts::<IgnoredAny>(text, |IgnoredAny| true)?,
        "normalize" | "write" => {
            let mut stream = lbhealth::stream::slice(&bytes);
            if let Some(adapter) = adapter {
                stream = stream.adapter(adapter);
            }
            let (mut records, mut out) = (0, Vec::new());
            for item in stream {
                if let Document::Health(report) = item.document? {
                    records += report.records.len();
                    if way == "write" {
                        report.write_rows(&mut out);
                    }
                    report.recycle();
                }
                if out.len() > 1 << 20 {
                    out.clear();
                }
            }
            records
        }
        _ => bail!(USAGE),
    };
    // The result is used, so that no compiler leaves the work out.
    if found == 0 {
        bail!("nothing in {path}");
    }
    writeln!(std::io::stdout(), "{}", start.elapsed().as_secs_f64())?;
    Ok(())
}

/// Reads the lines of a text as `T`, and counts those that pass.
fn texts<T: for<'a> serde::Deserialize<'a>>(text: &str, passes: impl Fn(&T) -> bool) -> Result<usize> {
    let mut count = 0;
    for line in text.lines() {
        let value: T = serde_json::from_str(line).with_context(|| format!("text {count}"))?;
        count += usize::from(passes(&value));
    }
    Ok(count)
}

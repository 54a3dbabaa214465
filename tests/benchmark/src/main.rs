//! baselines
use anyhow::{Result, bail};
use lbhealth::{Context, Document};

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let (Some(mode), Some(file)) = (args.next(), args.next()) else { bail!("usage: MODE FILE [ADAPTER]") };
    let adapter = args.next().map(|id| lbhealth::adapter(&id)).transpose()?;
    let data = std::fs::read(file)?;
    let mut normalizer = adapter.map_or_else(|| lbhealth::Normalizer::new(lbhealth::ADAPTERS), lbhealth::Normalizer::of);
    for _ in 0..3 {
        let start = std::time::Instant::now();
        let mut out: Vec<u8> = Vec::new();
        let mut written = 0usize;
        let context = Context::default();
        let mut n = 0usize;
        for line in lbhealth_lines(&data) {
            match mode.as_str() {
                "value" => n += serde_json::from_str::<serde_json::Value>(std::str::from_utf8(line)?)?.as_object().map_or(0, |o| o.len()),
                "ignored" => {
                    serde_json::from_str::<serde::de::IgnoredAny>(std::str::from_utf8(line)?)?;
                    n += 1;
                }
                _ => {
                    let document = normalizer.normalize(line, &context)?;
                    let Document::Health(report) = document else { continue };
                    n += report.records.len();
                    if mode == "write" {
                        report.write_rows(&mut out);
                        if out.len() > 1 << 20 {
                            written += out.len();
                            out.clear();
                        }
                    }
                }
            }
        }
        let secs = start.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss)]
        {
            println!("{mode}: {:.0} MB/s in, {:.0} MB/s in+out, {n}", data.len() as f64 / secs / 1e6, (data.len() + written) as f64 / secs / 1e6);
        }
    }
    Ok(())
}

fn lbhealth_lines(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    memchr::memchr_iter(b'\n', data).map(move |end| {
        let line = data.get(start..end).unwrap_or_default();
        start = end + 1;
        line
    })
}

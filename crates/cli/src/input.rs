//! Where replies come from.

use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::container::Container;
use crate::progress::Progress;

/// The endings of names of files that are compressed.
const GZIP: &str = "gz";
const ZSTD: &str = "zst";

/// Opens a file, compressed or not as its name says, or standard input.
pub(crate) fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    if path == Path::new("-") {
        // Whoever forgot the file would wait for ever.
        if io::stdin().is_terminal() {
            crate::complain("reading what is typed here, up to Ctrl-D");
        }
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path)?;
    if let Some(container) = Container::of(path) {
        // Whoever reads columns does not come here. No bar stands in the advice, which would end the text of a monitoring plugin.
        return Err(io::Error::other(format!(
            "{} is read by `lbhealth normalize` only, without `--with`; read the file that `--format ndjson {} > FILE` gives",
            container.name(),
            path.display()
        )));
    }
    Ok(if ends_in(path, &[GZIP]) {
        Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 16, file)))
    } else if ends_in(path, &[ZSTD]) {
        Box::new(zstd::Decoder::new(file)?)
    } else {
        Box::new(file)
    })
}

/// Whether the name of the file has one of these endings, in whatever case.
pub(crate) fn ends_in(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|own| endings.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
}

/// All of an input.
pub(crate) fn read(path: &Path, progress: &Progress) -> io::Result<Vec<u8>> {
    let mut payload = Vec::new();
    progress.watch(open(path)?).read_to_end(&mut payload)?;
    Ok(payload)
}

/// The name of an input, for people.
pub(crate) fn name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// How much an input holds, where that is known: the file is neither compressed nor one of columns.
pub(crate) fn size(path: &Path) -> Option<u64> {
    let is_plain = !ends_in(path, &[GZIP, ZSTD]) && Container::of(path).is_none();
    let data = path.metadata().ok().filter(|data| data.is_file() && is_plain)?;
    Some(data.len())
}

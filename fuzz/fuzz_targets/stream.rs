//! Any bytes as a stream: at once, in small reads, and on several threads.
#![no_main]

use std::io::{self, Read};
use std::num::NonZero;

use lbhealth::stream::{self, Item};
use libfuzzer_sys::fuzz_target;

/// Line, offset, length, and the document or the error.
type Seen = (u64, u64, usize, String);

fuzz_target!(|bytes: &[u8]| {
    // The first byte says how the source is cut into reads.
    let Some((step, bytes)) = bytes.split_first() else { return };
    let step = usize::from(*step).max(1);
    let at_once: Vec<Seen> = stream::slice(bytes).map(|item| seen(&item)).collect();
    follow_each_other(&at_once, bytes);

    let mut reader = stream::reader(Steps { bytes, step });
    let mut in_steps = Vec::new();
    while let Some(item) = reader.next().expect("the source does not fail") {
        in_steps.push(seen(&item));
    }
    assert_eq!(in_steps, at_once);

    let mut on_threads = Vec::new();
    let threads = NonZero::new(2).expect("two");
    stream::reader(Steps { bytes, step })
        .for_each(
            threads,
            |batch: &mut Vec<Seen>, item| batch.push(seen(&item)),
            |batch| {
                on_threads.append(batch);
                Ok(())
            },
        )
        .expect("the source does not fail");
    assert_eq!(on_threads, at_once);

    let mut small = stream::reader(Steps { bytes, step }).limit(64);
    while let Some(item) = small.next().expect("the source does not fail") {
        assert!(item.document.is_err() || item.bytes.len() <= 64, "the limit does not hold");
    }
});

/// Items stand in the bytes, one behind the other, on the lines that they say.
fn follow_each_other(items: &[Seen], bytes: &[u8]) {
    let mut end = 0;
    for (line, offset, length, _) in items {
        let start = usize::try_from(*offset).expect("a place in memory");
        assert!(start >= end && start + length <= bytes.len(), "an item overlaps another");
        let before = bytes[..start].iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(*line, before as u64 + 1, "an item is on another line");
        end = start + length;
    }
}

fn seen(item: &Item<'_>) -> Seen {
    let what = match &item.document {
        Ok(document) => {
            lbhealth_fuzz::document(document);
            serde_json::to_string(document).expect("a document can be written")
        }
        Err(error) => error.to_string(),
    };
    (item.line, item.offset, item.bytes.len(), what)
}

/// A source that gives a few bytes at a time.
struct Steps<'b> {
    bytes: &'b [u8],
    step: usize,
}

impl Read for Steps<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.step.min(buffer.len()).min(self.bytes.len());
        let (now, later) = self.bytes.split_at(length);
        buffer[..length].copy_from_slice(now);
        self.bytes = later;
        Ok(length)
    }
}

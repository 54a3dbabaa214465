//! Standard output.

use std::io::{self, Write};

/// Standard output, whose errors say that they are its own.
#[derive(Debug)]
pub(crate) struct Standard {
    out: io::Stdout,
    /// Whether files are written beside it, which do not end where its reader has seen enough.
    is_one_of_several: bool,
    is_closed: bool,
}

impl Standard {
    pub(crate) fn new(is_one_of_several: bool) -> Self {
        Self { out: io::stdout(), is_one_of_several, is_closed: false }
    }

    /// What came of an attempt; `instead` where there is no reader any more, and that does not matter.
    fn settle<T>(&mut self, outcome: io::Result<T>, instead: T) -> io::Result<T> {
        match outcome {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(io::Error::new(error.kind(), format!("writing standard output: {error}")))
            }
            Err(_) if self.is_one_of_several => {
                self.is_closed = true;
                Ok(instead)
            }
            outcome => outcome,
        }
    }
}

impl Write for Standard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_closed {
            return Ok(bytes.len());
        }
        let outcome = self.out.write(bytes);
        self.settle(outcome, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let outcome = self.out.flush();
        self.settle(outcome, ())
    }
}

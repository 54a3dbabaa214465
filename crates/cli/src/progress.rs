//! How far reading has come.

use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;
use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::input;

/// Reading that takes no longer needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar on standard error, where that is a terminal and reading takes long. Threads share it.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    start: Instant,
    show: Option<Once>,
}

impl Progress {
    /// The progress of reading these files. With `quiet` the output comes at the end only; else it may stand on the same terminal and shows
    /// the progress itself.
    pub(crate) fn of(files: &[PathBuf], quiet: bool) -> Self {
        let is_wanted = io::stderr().is_terminal() && (quiet || !io::stdout().is_terminal());
        let total: Option<u64> = files.iter().map(|path| input::size(path)).sum();
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let template = if total.is_some() { "{bar:40} {bytes} of {total_bytes}, {eta} left" } else { "{bytes} read in {elapsed}" };
        // The templates are right; else the bar has its own look.
        let bar = match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        };
        Self { bar, start: Instant::now(), show: is_wanted.then(Once::new) }
    }

    /// The same input, counted.
    pub(crate) fn watch<R: Read>(&self, input: R) -> Watched<'_, R> {
        Watched { input, progress: self }
    }

    /// Says something on standard error while the bar is out of the way.
    pub(crate) fn pause<T>(&self, say: impl FnOnce() -> T) -> T {
        self.bar.suspend(say)
    }

    /// Takes the bar away, because everything has been read.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// Counts bytes that were read.
    pub(crate) fn advance(&self, bytes: usize) {
        if let Some(once) = &self.show
            && self.start.elapsed() > PATIENCE
        {
            once.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
        self.bar.inc(bytes as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}

/// An input whose bytes count.
#[derive(Debug)]
pub(crate) struct Watched<'p, R> {
    input: R,
    progress: &'p Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.input.read(buffer)?;
        self.progress.advance(bytes);
        Ok(bytes)
    }
}

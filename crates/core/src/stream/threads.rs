//! The payloads of a source on several threads.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::Settings;
use super::chunk::{Chunk, Chunks};
use super::items::Item;
use super::reader::Reader;

/// How many batches a thread may be ahead of the one that is written, times the number of threads.
const AHEAD: u64 = 2;

impl<R: Read + Send> Reader<'_, R> {
    /// Works on all payloads with this many threads, of which the calling one is one.
    ///
    /// `work` adds what it makes of a payload to a batch, which holds what neighbouring payloads gave. `sink` gets the batches one at a
    /// time, in the order of the source, and is to leave each empty: it is used again, with the room it has.
    ///
    /// # Errors
    ///
    /// Those of the source and of `sink`; the first ends it all.
    pub fn for_each<B, W, S>(self, threads: NonZero<usize>, work: W, sink: S) -> io::Result<()>
    where
        B: Default + Send,
        W: Fn(&mut B, Item<'_>) + Sync,
        S: FnMut(&mut B) -> io::Result<()> + Send,
    {
        let run = Run {
            settings: &self.settings,
            chunks: Mutex::new((0, self.chunks)),
            work,
            batches: Mutex::new(Batches {
                next: 0,
                waiting: BTreeMap::new(),
                free: Vec::new(),
                is_busy: false,
                error: None,
                is_over: false,
            }),
            changed: Condvar::new(),
            sink: Mutex::new(sink),
            ahead: AHEAD.saturating_mul(u64::try_from(threads.get()).unwrap_or(u64::MAX)),
        };
        thread::scope(|scope| {
            for _ in 1..threads.get() {
                scope.spawn(|| run.work());
            }
            run.work();
        });
        lock(&run.batches).error.take().map_or(Ok(()), Err)
    }
}

/// What the threads share.
struct Run<'s, 'a, R, B, W, S> {
    settings: &'s Settings<'a>,
    /// The number of the next chunk, and where it comes from.
    chunks: Mutex<(u64, Chunks<R>)>,
    work: W,
    batches: Mutex<Batches<B>>,
    /// Told when a batch has been written.
    changed: Condvar,
    sink: Mutex<S>,
    ahead: u64,
}

/// The batches that are done.
struct Batches<B> {
    /// The number of the batch that is written next.
    next: u64,
    waiting: BTreeMap<u64, B>,
    free: Vec<B>,
    /// Whether a thread is writing.
    is_busy: bool,
    is_over: bool,
    error: Option<io::Error>,
}

impl<R, B, W, S> Run<'_, '_, R, B, W, S>
where
    R: Read,
    B: Default,
    W: Fn(&mut B, Item<'_>),
    S: FnMut(&mut B) -> io::Result<()>,
{
    /// What each thread does: takes a chunk, works on it, and writes what is due.
    fn work(&self) {
        // A thread that panics must not leave the others waiting for its batch.
        let _over = Over(self);
        let mut normalizer = self.settings.normalizer();
        let mut chunk = Chunk::new();
        while let Some(number) = self.chunk(&mut chunk) {
            let mut batch = lock(&self.batches).free.pop().unwrap_or_default();
            let mut place = chunk.place;
            if chunk.is_too_large {
                (self.work)(&mut batch, Item::too_large(place.line, place.before, &chunk.bytes, self.settings.limit));
            } else {
                while let Some(next) = place.advance(&chunk.bytes, chunk.is_end) {
                    (self.work)(&mut batch, place.take(next, &chunk.bytes, self.settings, &mut normalizer));
                }
            }
            self.done(number, batch);
        }
    }

    /// The next chunk and its number.
    fn chunk(&self, chunk: &mut Chunk) -> Option<u64> {
        let mut chunks = lock(&self.chunks);
        if lock(&self.batches).is_over {
            return None;
        }
        match chunks.1.next(chunk) {
            Ok(true) => {
                let number = chunks.0;
                chunks.0 += 1;
                Some(number)
            }
            Ok(false) => None,
            // What came before is still written.
            Err(error) => {
                lock(&self.batches).error.get_or_insert(error);
                None
            }
        }
    }

    /// Hands a batch over, and writes those whose turn it is unless another thread does.
    fn done(&self, number: u64, batch: B) {
        let mut batches = lock(&self.batches);
        while number > batches.next.saturating_add(self.ahead) && !batches.is_over {
            batches = self.changed.wait(batches).unwrap_or_else(PoisonError::into_inner);
        }
        batches.waiting.insert(number, batch);
        while !batches.is_busy && !batches.is_over {
            let next = batches.next;
            let Some(mut due) = batches.waiting.remove(&next) else { return };
            batches.is_busy = true;
            drop(batches);
            let outcome = (lock(&self.sink))(&mut due);
            batches = lock(&self.batches);
            batches.is_busy = false;
            batches.next += 1;
            batches.free.push(due);
            self.changed.notify_all();
            if let Err(error) = outcome {
                drop(batches);
                return self.fail(error);
            }
        }
    }

    fn fail(&self, error: io::Error) {
        let mut batches = lock(&self.batches);
        batches.error.get_or_insert(error);
        batches.is_over = true;
        self.changed.notify_all();
    }
}

/// Ends the run where a thread panics.
struct Over<'r, 's, 'a, R, B, W, S>(&'r Run<'s, 'a, R, B, W, S>);

impl<R, B, W, S> Drop for Over<'_, '_, '_, R, B, W, S> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(&self.0.batches).is_over = true;
            self.0.changed.notify_all();
        }
    }
}

/// What a lock guards, also where another thread panicked while it held it: the panic ends the run anyway.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

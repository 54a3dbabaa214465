//! The payloads of a source on several threads.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::chunk::Chunk;
use super::items::Item;
use super::reader::Reader;

/// How many batches a thread may be ahead of the one that is written, times the number of threads.
const AHEAD: u64 = 2;
/// How many threads there are at most, whatever is asked for.
const MOST: usize = 1024;

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
        let (settings, mut chunks) = (&self.settings, self.chunks);
        in_order(
            threads,
            || (Chunk::new(), settings.normalizer()),
            |(chunk, _)| chunks.next(chunk),
            |(chunk, normalizer), batch| {
                let mut position = chunk.position.clone();
                if chunk.is_too_large {
                    return work(batch, Item::too_large(position.line, position.before, &chunk.bytes, settings.limit));
                }
                while let Some(next) = position.advance(&chunk.bytes, chunk.is_end) {
                    work(batch, position.take(next, &chunk.bytes, settings, normalizer));
                }
            },
            sink,
        )
    }
}

/// Works on the parts of a source with this many threads, of which the calling one is one, for sources that are not text. There can be
/// fewer: where the machine gives no more of them, and 1024 at most.
///
/// Each thread has a state that `start` makes. `next` puts the next part into it, and says whether there was one; it is called by one
/// thread at a time, and not again once there was none. `work` adds what it makes of that part to a batch. `sink` gets the batches one at
/// a time, in the order of the parts, and is to leave each empty: it is used again, with the room it has.
///
/// # Errors
///
/// Those of `next` and of `sink`; the first ends it all, and what came before an error of `next` is still handed over.
pub fn in_order<T, B>(
    threads: NonZero<usize>,
    start: impl Fn() -> T + Sync,
    next: impl FnMut(&mut T) -> io::Result<bool> + Send,
    work: impl Fn(&mut T, &mut B) + Sync,
    sink: impl FnMut(&mut B) -> io::Result<()> + Send,
) -> io::Result<()>
where
    B: Default + Send,
{
    let run = Run {
        start,
        source: Mutex::new(Source { number: 0, next, is_at_end: false }),
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
        for _ in 1..threads.get().min(MOST) {
            let is_done = run.source.try_lock().is_ok_and(|source| source.is_at_end);
            // Where the machine gives no more of them, those that there are do the work.
            if is_done || thread::Builder::new().spawn_scoped(scope, || run.work()).is_err() {
                break;
            }
        }
        run.work();
    });
    lock(&run.batches).error.take().map_or(Ok(()), Err)
}

/// What the threads share.
struct Run<I, N, B, W, S> {
    start: I,
    source: Mutex<Source<N>>,
    work: W,
    batches: Mutex<Batches<B>>,
    /// Told when a batch has been written.
    changed: Condvar,
    sink: Mutex<S>,
    ahead: u64,
}

/// Where parts come from.
struct Source<N> {
    /// The number of the next part.
    number: u64,
    next: N,
    is_at_end: bool,
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

impl<I, N, T, B, W, S> Run<I, N, B, W, S>
where
    I: Fn() -> T,
    N: FnMut(&mut T) -> io::Result<bool>,
    B: Default,
    W: Fn(&mut T, &mut B),
    S: FnMut(&mut B) -> io::Result<()>,
{
    /// What each thread does: takes a part, works on it, and writes what is due.
    fn work(&self) {
        // A thread that panics must not leave the others waiting for its batch.
        let _over = Over(self);
        let mut state = (self.start)();
        while let Some(number) = self.part(&mut state) {
            let mut batch = lock(&self.batches).free.pop().unwrap_or_default();
            (self.work)(&mut state, &mut batch);
            self.done(number, batch);
        }
    }

    /// Puts the next part into the state, and gives its number.
    fn part(&self, state: &mut T) -> Option<u64> {
        let mut source = lock(&self.source);
        if source.is_at_end || lock(&self.batches).is_over {
            return None;
        }
        match (source.next)(state) {
            Ok(true) => {
                let number = source.number;
                source.number += 1;
                return Some(number);
            }
            Ok(false) => {}
            // What came before is still written.
            Err(error) => {
                lock(&self.batches).error.get_or_insert(error);
            }
        }
        source.is_at_end = true;
        None
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
struct Over<'r, I, N, B, W, S>(&'r Run<I, N, B, W, S>);

impl<I, N, B, W, S> Drop for Over<'_, I, N, B, W, S> {
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

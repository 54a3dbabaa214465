//! What there is in the place of Parquet and Arrow where the program is built without them.

#![expect(clippy::unused_self, reason = "the methods are those of what is absent")]

use std::io::{self, Write};
use std::marker::PhantomData;
use std::num::NonZero;

use anyhow::{Result, bail};
use lbhealth::stream::Item;
use lbhealth::{Error, HealthReport};

use crate::container::{Container, Source};

/// No rows.
#[derive(Debug, Default)]
pub(crate) struct NoRows;

pub(crate) type BackendRows = NoRows;
pub(crate) type PoolRows = NoRows;

/// Nothing to write to.
#[derive(Debug)]
pub(crate) struct Writer<W>(PhantomData<W>);

impl NoRows {
    pub(crate) fn schema() -> Self {
        Self
    }

    pub(crate) fn add(&mut self, _: &HealthReport<'_>) -> Result<()> {
        absent()
    }

    pub(crate) fn take(&mut self) -> Result<Self> {
        absent()
    }
}

impl<W: Write + Send> Writer<W> {
    pub(crate) fn new(_: Container, _: NoRows, _: W) -> Result<Self> {
        absent()
    }

    pub(crate) fn write(&mut self, _: NoRows) -> Result<()> {
        absent()
    }

    pub(crate) fn finish(&mut self) -> Result<()> {
        absent()
    }
}

pub(crate) fn stream<B: Default + Send>(
    _: &Source<'_>,
    _: NonZero<usize>,
    _: impl Fn(&mut B, u64, &[u8], Result<Item<'_>, Error>) + Sync,
    _: impl FnMut(&mut B) -> io::Result<()> + Send,
) -> Result<()> {
    absent()
}

fn absent<T>() -> Result<T> {
    bail!("this lbhealth was built without Parquet and Arrow; build it with the cargo feature `columnar`")
}

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
pub(crate) struct Rows;

/// Nothing to write to.
#[derive(Debug)]
pub(crate) struct Writer<W>(PhantomData<W>);

impl Rows {
    pub(crate) fn add_backends(&mut self, _: &HealthReport<'_>) -> Result<()> {
        absent()
    }

    pub(crate) fn add_pools(&mut self, _: &HealthReport<'_>) -> Result<()> {
        absent()
    }
}

impl<W: Write + Send> Writer<W> {
    pub(crate) fn backends(_: Container, _: W) -> Result<Self> {
        absent()
    }

    pub(crate) fn pools(_: Container, _: W) -> Result<Self> {
        absent()
    }

    pub(crate) fn write_backends(&mut self, _: &mut Rows) -> Result<()> {
        absent()
    }

    pub(crate) fn write_pools(&mut self, _: &mut Rows) -> Result<()> {
        absent()
    }

    pub(crate) fn finish(&mut self) -> Result<()> {
        absent()
    }
}

pub(crate) fn stream<B: Default + Send>(
    _: &Source<'_>,
    _: NonZero<usize>,
    _: impl Fn(&mut B, u64, Result<Item<'_>, Error>) + Sync,
    _: impl FnMut(&mut B) -> io::Result<()> + Send,
) -> Result<()> {
    absent()
}

fn absent<T>() -> Result<T> {
    bail!("this lbhealth was built without Parquet and Arrow; build it with the cargo feature `columnar`")
}

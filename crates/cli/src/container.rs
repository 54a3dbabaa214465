//! Kinds of files that hold columns.

use std::path::Path;

use lbhealth::{Adapter, Context};

use crate::input::ends_in;
use crate::progress::Progress;

/// A file whose payloads are the values of a column, and how they are read.
#[cfg_attr(not(feature = "columnar"), expect(dead_code, reason = "nothing reads columns"))]
pub(crate) struct Source<'s> {
    pub(crate) path: &'s Path,
    /// The column of payloads.
    pub(crate) payloads: &'s str,
    /// The column that names the adapter of each.
    pub(crate) adapters: Option<&'s str>,
    /// The adapter where the column does not name one.
    pub(crate) adapter: Option<&'static dyn Adapter>,
    pub(crate) context: &'s Context<'s>,
    pub(crate) progress: &'s Progress,
}

/// A kind of file that holds columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// Arrow IPC, as a stream or as a file.
    Arrow,
    /// Parquet.
    Parquet,
}

impl Container {
    /// What the name of a file says.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        if ends_in(path, &["arrow", "arrows", "feather", "ipc"]) {
            Some(Self::Arrow)
        } else {
            ends_in(path, &["parquet"]).then_some(Self::Parquet)
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Arrow => "Arrow",
            Self::Parquet => "Parquet",
        }
    }

    /// How the name of a file ends that is written.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Arrow => "arrows",
            Self::Parquet => "parquet",
        }
    }
}

//! `cargo xtask generate [--check]` writes (or checks) everything that is generated from the library, `cargo xtask new-adapter <id>`
//! starts an adapter. `compat`, `snapshot`, `conformance` and `release` are about releases: see `docs/versioning.md`.

mod artefacts;
mod compat;
mod conformance;
mod generate;
mod matrix;
mod policies;
mod python;
mod scaffold;
mod tables;
mod tree;

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use semver::Version;

/// Tasks of the workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Compare what is published, and what payloads give, with the last release; fail where a frozen version would break.
    Compat {
        /// The snapshot to compare with, in a folder named after its version [default: the last one in tests/compat/].
        folder: Option<PathBuf>,
    },
    /// Write every fixture, with a manifest, for adapters in other languages.
    Conformance {
        /// A folder that is new or empty.
        folder: PathBuf,
    },
    /// Write the files under schemas/ and the generated tables in docs/ and READMEs.
    Generate {
        /// Write nothing; fail where a file is not what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Start an adapter: its folder, and its two lines in the facade.
    NewAdapter {
        /// Vendor and product in kebab-case, such as `acme-lb`.
        id: String,
    },
    /// Write the archives of the schemas and of the conformance kit, with their checksums.
    Release {
        /// A folder that is new or empty.
        folder: PathBuf,
    },
    /// Keep what this version publishes, for later versions to be compared with.
    Snapshot {
        /// A folder that is new or empty [default: the one of this version in tests/compat/].
        folder: Option<PathBuf>,
    },
}

fn main() -> Result<()> {
    let mut out = io::stdout().lock();
    match Arguments::parse().task {
        Task::Compat { folder } => compat::check(&root(), folder, &mut out),
        Task::Conformance { folder } => conformance::write(&root(), &folder),
        Task::Generate { check: true } => generate::check(&root()),
        Task::Generate { check: false } => generate::write(&root()),
        Task::NewAdapter { id } => scaffold::new_adapter(&root(), &id),
        Task::Release { folder } => artefacts::write(&root(), &folder),
        Task::Snapshot { folder } => compat::snapshot(&root(), folder, &mut out),
    }
}

/// The version of the workspace.
fn version() -> Result<Version> {
    Version::parse(env!("CARGO_PKG_VERSION")).context("the version of the workspace")
}

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_path_buf).unwrap_or_default()
}

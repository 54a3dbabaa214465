//! `cargo xtask generate [--check]` writes (or checks) everything that is generated from the library, `cargo xtask new-adapter <id>`
//! starts an adapter.

mod generate;
mod matrix;
mod scaffold;
mod tables;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Tasks of the workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
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
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Generate { check: true } => generate::check(&root()),
        Task::Generate { check: false } => generate::write(&root()),
        Task::NewAdapter { id } => scaffold::new_adapter(&root(), &id),
    }
}

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_path_buf).unwrap_or_default()
}

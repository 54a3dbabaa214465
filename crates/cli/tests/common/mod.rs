//! Running the program on the examples of the documentation.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

pub(crate) fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples")
}

pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Result<Self> {
        let status = output.status.code().ok_or("killed")?;
        Ok(Self { status, out: String::from_utf8(output.stdout)?, err: String::from_utf8(output.stderr)? })
    }
}

/// Runs the program among the examples.
pub(crate) fn lbhealth(arguments: &[&str], input: &[u8]) -> Result<Run> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lbhealth"))
        .args(arguments)
        .current_dir(examples())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut stdin = child.stdin.take().ok_or("no standard input")?;
    // The program may end without reading all of it.
    let _ = stdin.write_all(input);
    drop(stdin);
    Run::of(child.wait_with_output()?)
}

//! Running the program, and the files that it is run on.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The folder that holds everything.
pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of the examples of the documentation.
pub(crate) fn examples() -> PathBuf {
    project().join("docs/examples")
}

/// The folder of the pages for people on call.
pub(crate) fn on_call() -> PathBuf {
    project().join("docs/on-call")
}

/// A reply that the pages for people on call show.
pub(crate) fn sample(name: &str) -> String {
    on_call().join("samples").join(name).display().to_string()
}

/// The payload of a fixture, such as `huawei-elb/vendor-example-member`.
pub(crate) fn fixture(name: &str) -> String {
    let (adapter, name) = name.split_once('/').unwrap_or(("", name));
    project().join(format!("crates/adapters/{adapter}/fixtures/{name}/input.json")).display().to_string()
}

/// A reply about the health of servers.
pub(crate) fn health() -> String {
    fixture("alibaba-alb/vendor-example-listener-health")
}

/// A reply about a health check.
pub(crate) fn template() -> String {
    fixture("alibaba-alb/vendor-example-template")
}

/// A reply about several health checks.
pub(crate) fn monitors() -> String {
    fixture("huawei-elb/monitors-of-every-protocol")
}

/// Files of a test, which go when it ends.
pub(crate) struct Scratch(TempDir);

impl Scratch {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self(TempDir::new()?))
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    /// The path of a file that need not be there.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder().join(name).display().to_string()
    }

    /// The path of a file with this content.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> Result<String> {
        let path = self.path(name);
        std::fs::write(&path, content)?;
        Ok(path)
    }
}

/// What the program said, and its exit status.
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

/// The program among the examples, with nothing on standard input.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lbhealth"));
    command.args(arguments).current_dir(examples()).stdin(Stdio::null());
    command
}

/// Runs the program among the examples.
pub(crate) fn lbhealth(arguments: &[&str], input: impl AsRef<[u8]>) -> Result<Run> {
    Run::of(fed(&mut program(arguments), input.as_ref())?)
}

/// Runs the program with an output that nobody reads any more.
pub(crate) fn unread(arguments: &[&str]) -> Result<Run> {
    let (reader, writer) = std::io::pipe()?;
    drop(reader);
    Run::of(program(arguments).stdout(writer).output()?)
}

/// Runs the program with an output on a disk without room.
#[cfg(target_os = "linux")]
pub(crate) fn on_full_disk(arguments: &[&str]) -> Result<Run> {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full")?;
    Run::of(program(arguments).stdout(full).output()?)
}

/// Runs a command on the input.
pub(crate) fn fed(command: &mut Command, input: &[u8]) -> std::io::Result<Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // It may end without reading all of it.
        let _ = stdin.write_all(input);
    }
    child.wait_with_output()
}

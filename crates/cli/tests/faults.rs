//! What goes wrong around the program: a clear error each, and the right status.

use std::fs::OpenOptions;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

fn health() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../adapters/alibaba-alb/fixtures/vendor-example-listener-health");
    folder.join("input.json").to_string_lossy().into_owned()
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lbhealth"));
    command.arg("normalize").stdin(Stdio::null());
    command
}

/// Status, standard output, standard error.
fn outcome(output: Output) -> Result<(Option<i32>, String, String)> {
    Ok((output.status.code(), String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?))
}

/// A folder that is removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("lbhealth-faults-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_file_that_is_not_there_and_a_folder_do_not_lose_the_others() -> Result {
    let scratch = Scratch::new("folder")?;
    let missing = scratch.0.join("missing.json");
    let output = program().args(["--format", "ndjson"]).arg(&missing).arg(&scratch.0).arg(health()).output()?;
    let (status, out, err) = outcome(output)?;
    assert_eq!((status, out.lines().count()), (Some(1), 1), "{err}");
    assert!(err.contains(&format!("{}: cannot be read: No such file or directory", missing.display())), "{err}");
    assert!(err.contains(&format!("{}: cannot be read: Is a directory", scratch.0.display())), "{err}");
    Ok(())
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_read_is_an_error() -> Result {
    // Its start is no memory of the program, so that reading fails whoever asks.
    let (status, out, err) = outcome(program().arg("/proc/self/mem").output()?)?;
    assert_eq!((status, &*out), (Some(1), ""));
    assert!(err.contains("/proc/self/mem: cannot be read: Input/output error"), "{err}");
    Ok(())
}

#[test]
fn text_that_is_not_utf_8_is_placed() -> Result {
    let scratch = Scratch::new("utf-8")?;
    let path = scratch.0.join("latin-1.json");
    std::fs::write(&path, b"{\"member\": {\n \"id\": \"caf\xE9\"}}")?;
    let (status, out, err) = outcome(program().arg(&path).output()?)?;
    assert_eq!((status, &*out), (Some(1), ""));
    assert!(err.contains("the text is not UTF-8 (line 2, column 12)"), "{err}");
    Ok(())
}

#[test]
fn a_number_without_measure_does_not_lose_the_reply() -> Result {
    let scratch = Scratch::new("number")?;
    let path = scratch.0.join("number.json");
    std::fs::write(&path, br#"{"member":{"id":"m-1","subnet_cidr_id":"s-1","weight":1e400,"operating_status":"ONLINE"}}"#)?;
    let (status, out, err) = outcome(program().args(["--format", "ndjson"]).arg(&path).output()?)?;
    assert_eq!((status, &*err), (Some(0), ""));
    assert!(out.contains("\"HEALTHY\"") && out.contains("FIELD_UNREADABLE"), "{out}");
    Ok(())
}

/// A reply of this many bytes and a few more.
fn reply(id: &str, size: usize) -> String {
    let padding = "x".repeat(size);
    let words = r#""subnet_cidr_id":"s-1","operating_status":"ONLINE""#;
    format!("{{\"member\":{{\"id\":\"{id}\",{words},\"project_id\":\"{padding}\"}}}}\n")
}

#[test]
fn a_line_above_the_limit_is_an_error_and_its_neighbours_are_not() -> Result {
    // The second is passed over without being kept whole; the fourth fits into what is read at once.
    let sizes = [10, 1 << 20, 10, 5000, 10];
    let lines: String = sizes.iter().enumerate().map(|(number, size)| reply(&format!("m-{number}"), *size)).collect();
    let scratch = Scratch::new("limit")?;
    let path = scratch.0.join("sweep.ndjson");
    std::fs::write(&path, lines)?;
    let (status, out, err) = outcome(program().args(["--format", "records", "--limit", "1000"]).arg(&path).output()?)?;
    assert_eq!((status, out.lines().count()), (Some(1), 3));
    let problem = "the payload is larger than 1000 bytes, the most that is read; set a higher limit or split it";
    for line in [2, 4] {
        assert!(err.contains(&format!("reply at line {line}: {problem}")), "{err}");
    }
    assert!(err.contains("3 documents, 3 records, 0 warnings, 2 failures"), "{err}");
    Ok(())
}

#[test]
fn a_live_pipe_is_answered_reply_by_reply() -> Result {
    let mut child = program().args(["--format", "records"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (mut pipe, out) = (child.stdin.take().ok_or("no pipe")?, child.stdout.take().ok_or("no pipe")?);
    let (told, rows) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        for row in std::io::BufReader::new(out).lines().map_while(std::result::Result::ok) {
            if told.send(row).is_err() {
                break;
            }
        }
    });
    for id in ["m-1", "m-2", "m-3"] {
        pipe.write_all(reply(id, 10).as_bytes())?;
        let row = rows.recv_timeout(std::time::Duration::from_mins(1))?;
        assert!(row.contains(&format!("\"backend_id\":\"{id}\"")), "{row}");
    }
    drop(pipe);
    assert!(child.wait()?.success());
    reader.join().map_err(|_| "the reader failed")?;
    Ok(())
}

#[test]
fn a_huge_line_is_read_whole() -> Result {
    let scratch = Scratch::new("huge")?;
    let path = scratch.0.join("huge.json");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path)?);
    file.write_all(br#"{"member":{"id":"m-1","subnet_cidr_id":"s-1","operating_status":"ONLINE","project_id":""#)?;
    for _ in 0..8192 {
        file.write_all(&[b'x'; 4096])?;
    }
    file.write_all(br#""}}"#)?;
    file.into_inner()?;
    let (status, out, err) = outcome(program().args(["--format", "ndjson"]).arg(&path).output()?)?;
    assert_eq!((status, out.lines().count(), &*err), (Some(0), 1, ""));
    Ok(())
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_wherever_it_is_met() -> Result {
    for format in ["json", "ndjson", "records"] {
        // More than fits the buffer, and less.
        for files in [1, 100] {
            let full = OpenOptions::new().write(true).open("/dev/full")?;
            let inputs = std::iter::repeat_n(health(), files);
            let (status, _, err) = outcome(program().args(["--format", format]).args(inputs).stdout(full).output()?)?;
            assert_eq!(status, Some(1), "{format} {files}");
            assert!(err.contains("writing standard output: No space left on device"), "{format} {files}: {err}");
        }
    }
    for command in ["adapters", "schema", "man"] {
        let full = OpenOptions::new().write(true).open("/dev/full")?;
        let output = Command::new(env!("CARGO_BIN_EXE_lbhealth")).arg(command).stdin(Stdio::null()).stdout(full).output()?;
        let (status, _, err) = outcome(output)?;
        assert_eq!(status, Some(1), "{command}");
        assert!(err.contains("writing standard output: No space left on device"), "{command}: {err}");
    }
    let (status, _, err) = outcome(program().arg(health()).args(["--pools", "/dev/full"]).output()?)?;
    assert_eq!(status, Some(1));
    assert!(err.contains("/dev/full") && err.contains("No space left on device"), "{err}");
    Ok(())
}

#[test]
fn a_pool_file_that_cannot_be_made_is_said_before_anything_is_written() -> Result {
    let scratch = Scratch::new("pools")?;
    let path = scratch.0.join("no-such-folder/pools.ndjson");
    let (status, out, err) = outcome(program().arg(health()).arg("--pools").arg(&path).output()?)?;
    assert_eq!((status, &*out), (Some(1), ""));
    assert!(err.contains("pools.ndjson") && err.contains("No such file or directory"), "{err}");
    Ok(())
}

#[test]
fn files_beside_the_output_are_whole_where_its_reader_has_seen_enough() -> Result {
    let scratch = Scratch::new("beside")?;
    let bad = scratch.0.join("bad.json");
    std::fs::write(&bad, "no reply")?;
    for format in ["ndjson", "parquet"] {
        let (pools, failures) = (scratch.0.join("pools.ndjson"), scratch.0.join("failures.ndjson"));
        let (reader, writer) = std::io::pipe()?;
        drop(reader);
        let mut command = program();
        command.args(["--format", format]).args(std::iter::repeat_n(health(), 300)).arg(&bad).arg(health());
        let output = command.arg("--pools").arg(&pools).arg("--failures").arg(&failures).stdout(writer).output()?;
        assert_eq!(output.status.code(), Some(1), "{format}: the bad file failed");
        let one =
            outcome(program().args(["--format", "ndjson", "--pools"]).arg(scratch.0.join("one.ndjson")).arg(health()).output()?)?;
        assert_eq!(one.0, Some(0));
        let lines_of_one = std::fs::read_to_string(scratch.0.join("one.ndjson"))?.lines().count();
        assert_eq!(std::fs::read_to_string(&pools)?.lines().count(), 301 * lines_of_one, "{format}");
        assert_eq!(std::fs::read_to_string(&failures)?.lines().count(), 1, "{format}");
    }
    Ok(())
}

#[test]
fn a_writer_that_is_killed_leaves_an_error_and_not_half_a_document() -> Result {
    let mut writer =
        Command::new("sh").args(["-c", "printf '{\"member\": {\"id\": \"m-1\", '; kill -9 $$"]).stdout(Stdio::piped()).spawn()?;
    let pipe = writer.stdout.take().ok_or("no pipe")?;
    let (status, out, err) = outcome(program().stdin(pipe).output()?)?;
    writer.wait()?;
    assert_eq!((status, &*out), (Some(1), ""));
    assert!(err.contains("the text is empty or cut off"), "{err}");
    Ok(())
}

#[test]
#[cfg(target_os = "linux")]
fn lint_keeps_its_status_where_its_output_fails() -> Result {
    let scratch = Scratch::new("lint")?;
    let clean = scratch.0.join("clean.json");
    std::fs::write(&clean, r#"{"HealthCheckTemplates":[],"RequestId":"r"}"#)?;
    let missing = scratch.0.join("missing.json");
    let lint = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lbhealth"));
        command.args(["lint", "--adapter", "alibaba-alb"]).stdin(Stdio::null());
        command
    };
    // A full disk is neither a finding nor a clean configuration.
    let full = lint().arg(&clean).stdout(OpenOptions::new().write(true).open("/dev/full")?).output()?;
    assert_eq!(outcome(full)?.0, Some(2));
    // Whoever closed the output still gets what could not be read.
    let (reader, writer) = std::io::pipe()?;
    drop(reader);
    assert_eq!(outcome(lint().arg(&missing).stdout(writer).output()?)?.0, Some(2));
    Ok(())
}

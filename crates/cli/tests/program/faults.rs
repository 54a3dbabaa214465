//! What goes wrong around the program: a clear error each, and the right status.

use std::io::{BufRead, Write};
use std::process::{Command, Stdio};

use crate::run::{Result, Run, Scratch, health, lbhealth, on_full_disk, program, sample, unread};

#[test]
fn a_file_that_is_not_there_and_a_folder_do_not_lose_the_others() -> Result {
    let scratch = Scratch::new()?;
    let missing = scratch.path("missing.json");
    let folder = scratch.path("");
    let Run { status, out, err } = lbhealth(&["normalize", "--format", "ndjson", &missing, &folder, &health()], "")?;
    assert_eq!((status, out.lines().count()), (1, 1), "{err}");
    assert!(err.contains(&format!("{missing}: cannot be read: No such file or directory")), "{err}");
    assert!(err.contains(&format!("{folder}: cannot be read: Is a directory")), "{err}");
    Ok(())
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_read_is_an_error() -> Result {
    // Its start is no memory of the program, so that reading fails whoever asks.
    let Run { status, out, err } = lbhealth(&["normalize", "/proc/self/mem"], "")?;
    assert_eq!((status, &*out), (1, ""));
    assert!(err.contains("/proc/self/mem: cannot be read: Input/output error"), "{err}");
    Ok(())
}

#[test]
fn text_that_is_not_utf_8_is_placed() -> Result {
    let scratch = Scratch::new()?;
    let path = scratch.file("latin-1.json", b"{\"member\": {\n \"id\": \"caf\xE9\"}}")?;
    let Run { status, out, err } = lbhealth(&["normalize", &path], "")?;
    assert_eq!((status, &*out), (1, ""));
    assert!(err.contains("the text is not UTF-8 (line 2, column 12)"), "{err}");
    Ok(())
}

#[test]
fn a_number_without_measure_does_not_lose_the_reply() -> Result {
    let scratch = Scratch::new()?;
    let path = scratch
        .file("number.json", br#"{"member":{"id":"m-1","subnet_cidr_id":"s-1","weight":1e400,"operating_status":"ONLINE"}}"#)?;
    let Run { status, out, err } = lbhealth(&["normalize", "--format", "ndjson", &path], "")?;
    assert_eq!((status, &*err), (0, ""));
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
    let scratch = Scratch::new()?;
    let path = scratch.file("sweep.ndjson", lines)?;
    let Run { status, out, err } = lbhealth(&["normalize", "--format", "records", "--limit", "1000", &path], "")?;
    assert_eq!((status, out.lines().count()), (1, 3));
    let problem = "the payload is larger than 1000 bytes, the most that is read; set a higher limit or split it";
    for line in [2, 4] {
        assert!(err.contains(&format!("reply at line {line}: {problem}")), "{err}");
    }
    assert!(err.contains("3 documents, 3 records, 0 warnings, 2 failures"), "{err}");
    Ok(())
}

#[test]
fn the_limit_counts_beside_inventories_too() -> Result {
    let command = ["normalize", "--adapter", "alibaba-alb", "--format", "ndjson"];
    let (listener, servers) = (sample("listener.json"), sample("servers.json"));
    let files = [&*listener, "--with", &servers];
    let Run { status, out, err } = lbhealth(&[&command[..], &["--limit", "10"], &files].concat(), "")?;
    assert_eq!((status, &*out), (1, ""));
    let problem = "the payload is larger than 10 bytes, the most that is read; set a higher limit or split it";
    for file in [&listener, &servers] {
        assert!(err.contains(&format!("{file}: {problem}")), "{err}");
    }
    let Run { status, out, err } = lbhealth(&[&command[..], &["--limit", "1000000"], &files].concat(), "")?;
    assert_eq!((status, out.lines().count()), (0, 1), "{err}");
    Ok(())
}

#[test]
fn an_empty_inventory_is_said_to_be_empty() -> Result {
    let scratch = Scratch::new()?;
    for (name, content, what) in
        [("array.json", "[]", "array is empty; there is no reply"), ("input.json", " \n", "input is empty; there is no document")]
    {
        let with = scratch.file(name, content)?;
        let Run { status, err, .. } = lbhealth(&["normalize", &health(), "--with", &with], "")?;
        assert_eq!(status, 1);
        assert!(err.contains(&format!("{with}: the {what} in it\n")), "{err}");
    }
    Ok(())
}

#[test]
fn a_live_pipe_is_answered_reply_by_reply() -> Result {
    let mut child = program(&["normalize", "--format", "records"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
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
    let scratch = Scratch::new()?;
    let path = scratch.path("huge.json");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path)?);
    file.write_all(br#"{"member":{"id":"m-1","subnet_cidr_id":"s-1","operating_status":"ONLINE","project_id":""#)?;
    for _ in 0..8192 {
        file.write_all(&[b'x'; 4096])?;
    }
    file.write_all(br#""}}"#)?;
    file.into_inner()?;
    let Run { status, out, err } = lbhealth(&["normalize", "--format", "ndjson", &path], "")?;
    assert_eq!((status, out.lines().count(), &*err), (0, 1, ""));
    Ok(())
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_wherever_it_is_met() -> Result {
    let health = health();
    for format in ["csv", "json", "ndjson", "openmetrics", "records", "table"] {
        // More than fits the buffer, and less.
        for files in [1, 100] {
            let inputs = std::iter::repeat_n(&*health, files);
            let arguments: Vec<&str> = ["normalize", "--format", format].into_iter().chain(inputs).collect();
            let Run { status, err, .. } = on_full_disk(&arguments)?;
            assert_eq!(status, 1, "{format} {files}");
            assert!(err.contains("writing standard output: No space left on device"), "{format} {files}: {err}");
        }
    }
    for command in ["adapters", "schema", "man"] {
        let Run { status, err, .. } = on_full_disk(&[command])?;
        assert_eq!(status, 1, "{command}");
        assert!(err.contains("writing standard output: No space left on device"), "{command}: {err}");
    }
    let Run { status, err, .. } = lbhealth(&["normalize", &health, "--pools", "/dev/full"], "")?;
    assert_eq!(status, 1);
    assert!(err.contains("/dev/full") && err.contains("No space left on device"), "{err}");
    Ok(())
}

#[test]
fn standard_input_is_read_once() -> Result {
    let reply = std::fs::read_to_string(health())?;
    for (arguments, expected) in [
        (&["normalize", "-", "-"][..], 2),
        (&["normalize", "--with", "-"], 2),
        (&["summarize", "-", "-"], 2),
        (&["lint", "-", "-"], 2),
        (&["diff", "-", "-"], 2),
        (&["check", "-", "-"], 3),
    ] {
        let Run { status, err, .. } = lbhealth(arguments, &reply)?;
        assert_eq!(status, expected, "{arguments:?}: {err}");
        assert_eq!(err, "lbhealth: `-` is standard input, which can be read only once\n", "{arguments:?}");
    }
    Ok(())
}

#[test]
fn a_pool_file_that_cannot_be_made_is_said_before_anything_is_written() -> Result {
    let scratch = Scratch::new()?;
    let path = scratch.path("no-such-folder/pools.ndjson");
    let Run { status, out, err } = lbhealth(&["normalize", &health(), "--pools", &path], "")?;
    assert_eq!((status, &*out), (1, ""));
    assert!(err.contains("pools.ndjson") && err.contains("No such file or directory"), "{err}");
    Ok(())
}

#[test]
fn files_beside_the_output_are_whole_where_its_reader_has_seen_enough() -> Result {
    let scratch = Scratch::new()?;
    let (health, bad) = (health(), scratch.file("bad.json", "no reply")?);
    let (one, pools, failures) = (scratch.path("one.ndjson"), scratch.path("pools.ndjson"), scratch.path("failures.ndjson"));
    assert_eq!(lbhealth(&["normalize", "--format", "ndjson", "--pools", &one, &health], "")?.status, 0);
    let lines_of_one = std::fs::read_to_string(&one)?.lines().count();
    for format in ["ndjson", "parquet"] {
        let options = ["normalize", "--format", format, "--pools", &pools, "--failures", &failures];
        let inputs = [&[&*health; 300][..], &[&bad, &health]].concat();
        assert_eq!(unread(&[&options[..], &inputs].concat())?.status, 1, "{format}: the bad file failed");
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
    let Run { status, out, err } = Run::of(program(&["normalize"]).stdin(pipe).output()?)?;
    writer.wait()?;
    assert_eq!((status, &*out), (1, ""));
    assert!(err.contains("the text is empty or cut off"), "{err}");
    Ok(())
}

#[test]
#[cfg(target_os = "linux")]
fn lint_keeps_its_status_where_its_output_fails() -> Result {
    let scratch = Scratch::new()?;
    let clean = scratch.file("clean.json", r#"{"HealthCheckTemplates":[],"RequestId":"r"}"#)?;
    let missing = scratch.path("missing.json");
    let lint = ["lint", "--adapter", "alibaba-alb"];
    // A full disk is neither a finding nor a clean configuration.
    assert_eq!(on_full_disk(&[&lint[..], &[&clean]].concat())?.status, 2);
    // Whoever closed the output still gets what could not be read.
    assert_eq!(unread(&[&lint[..], &[&missing]].concat())?.status, 2);
    Ok(())
}

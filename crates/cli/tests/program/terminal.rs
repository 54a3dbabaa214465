//! What the program does where a person looks at it.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::run::{Result, program, sample};

/// A terminal, 100 columns wide.
struct Terminal {
    seen: JoinHandle<Vec<u8>>,
    line: File,
}

impl Terminal {
    fn new() -> Result<Self> {
        let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        grantpt(&screen)?;
        unlockpt(&screen)?;
        tcsetwinsize(&screen, Winsize { ws_row: 50, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0 })?;
        let line = OpenOptions::new().read(true).write(true).open(ptsname(&screen, Vec::new())?.to_str()?)?;
        let mut screen = File::from(screen);
        let seen = thread::spawn(move || {
            let mut seen = Vec::new();
            // Reading ends with an error when nobody holds the line any more.
            let _ = screen.read_to_end(&mut seen);
            seen
        });
        Ok(Self { seen, line })
    }

    fn line(&self) -> Result<Stdio> {
        Ok(self.line.try_clone()?.into())
    }

    /// What was shown, once every program has ended.
    fn seen(self) -> Result<String> {
        drop(self.line);
        let seen = self.seen.join().map_err(|_| "the reader panicked")?;
        Ok(String::from_utf8(seen)?.replace("\r\n", "\n"))
    }
}

fn normalize(arguments: &[&str]) -> Command {
    let mut command = program(&["normalize"]);
    command.args(arguments).env("TERM", "xterm");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

fn ended(mut child: Child) -> Result {
    assert!(child.wait()?.success());
    Ok(())
}

#[test]
fn a_terminal_gets_a_coloured_table_of_its_width() -> Result {
    let terminal = Terminal::new()?;
    ended(normalize(&[&sample("listener.json")]).stdout(terminal.line()?).spawn()?)?;
    let seen = terminal.seen()?;
    assert!(seen.contains("\u{1b}[1m\u{1b}[31mUNHEALTHY\u{1b}[0m     EXCLUDED"), "{seen}");
    let plain: Vec<String> = anstream::adapter::strip_str(&seen).to_string().lines().map(str::to_owned).collect();
    let table = plain.iter().skip(1).take_while(|line| !line.is_empty());
    assert!(table.clone().all(|line| line.chars().count() <= 100), "{plain:#?}");
    assert!(table.clone().any(|line| line.starts_with("HEALTH ")), "{plain:#?}");
    assert!(table.clone().any(|line| line.contains("rule rule-bp1orders")), "{plain:#?}");
    Ok(())
}

#[test]
fn no_color_is_heeded() -> Result {
    let terminal = Terminal::new()?;
    ended(normalize(&[&sample("listener.json")]).env("NO_COLOR", "1").stdout(terminal.line()?).spawn()?)?;
    let seen = terminal.seen()?;
    assert!(seen.contains("UNHEALTHY") && !seen.contains('\u{1b}'), "{seen}");
    Ok(())
}

#[test]
fn a_pipe_gets_json_and_a_table_without_colour() -> Result {
    let json = normalize(&[&sample("listener.json")]).output()?;
    assert!(json.stdout.starts_with(b"{\n"));
    let table = normalize(&["--format", "table", &sample("listener.json")]).output()?;
    assert!(table.stdout.starts_with(b"adapter ") && !table.stdout.contains(&0x1b));
    let forced = normalize(&["--format", "table", &sample("listener.json")]).env("CLICOLOR_FORCE", "1").output()?;
    assert!(forced.stdout.contains(&0x1b));
    Ok(())
}

#[test]
fn a_terminal_gets_no_columns() -> Result {
    for (format, name) in [("parquet", "Parquet"), ("arrow", "Arrow")] {
        let terminal = Terminal::new()?;
        let output = normalize(&["--format", format, &sample("listener.json")]).stdout(terminal.line()?).output()?;
        assert_eq!((output.status.code(), terminal.seen()?), (Some(2), String::new()));
        let complaint = String::from_utf8(output.stderr)?;
        assert!(complaint.starts_with(&format!("lbhealth: {name} is not text that a terminal can show; ")), "{complaint}");
    }
    Ok(())
}

/// Runs with standard error on a terminal and an input that takes its time; gives standard output and what the terminal showed.
fn slow(format: &str, pause: Duration) -> Result<(String, String)> {
    let terminal = Terminal::new()?;
    let mut child =
        normalize(&["--format", format]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(terminal.line()?).spawn()?;
    let reply = std::fs::read(sample("listener.json"))?;
    let (first, second) = reply.split_at(reply.len() / 2);
    let mut input = child.stdin.take().ok_or("no standard input")?;
    input.write_all(first)?;
    thread::sleep(pause);
    input.write_all(second)?;
    drop(input);
    let output = child.wait_with_output()?;
    assert!(output.status.success());
    Ok((String::from_utf8(output.stdout)?, terminal.seen()?))
}

#[test]
fn long_input_has_a_progress_bar_beside_untouched_output() -> Result {
    let quick = normalize(&["--format", "json", &sample("listener.json")]).output()?;
    let (output, seen) = slow("json", Duration::from_millis(1300))?;
    assert_eq!(output.as_bytes(), quick.stdout);
    assert!(seen.contains(" read in 1s"), "{seen:?}");
    assert!(seen.ends_with("\u{1b}[2K") || seen.ends_with("\r\u{1b}[2K\r"), "the bar is taken away: {seen:?}");
    Ok(())
}

#[test]
fn short_input_has_none() -> Result {
    assert_eq!(slow("json", Duration::ZERO)?.1, "");
    Ok(())
}

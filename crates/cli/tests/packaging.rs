//! What a package ships beside the program: shells accept the completions, and every command has a manual page.

use std::io::Write;
use std::process::{Command, Output, Stdio};

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

fn lbhealth(arguments: &[&str]) -> Result<Output> {
    Ok(Command::new(env!("CARGO_BIN_EXE_lbhealth")).args(arguments).output()?)
}

fn commands() -> Result<Vec<String>> {
    let help = String::from_utf8(lbhealth(&["--help"])?.stdout)?;
    let list = help.split("Commands:\n").nth(1).ok_or("no commands")?.split("\n\n").next().unwrap_or_default();
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    Ok(names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect())
}

/// Whether the program reads the text without complaint; `None` where there is no such program.
fn accepts(program: &str, arguments: &[&str], text: &[u8]) -> Result<Option<Output>> {
    let spawned = Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match spawned {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        spawned => spawned?,
    };
    child.stdin.take().ok_or("no standard input")?.write_all(text)?;
    Ok(Some(child.wait_with_output()?))
}

#[test]
fn shells_accept_their_completions() -> Result {
    for (shell, arguments) in [("bash", &["-n"][..]), ("zsh", &["-n"]), ("fish", &["--no-execute"])] {
        let script = lbhealth(&["completions", shell])?;
        assert!(script.status.success());
        let text = String::from_utf8(script.stdout)?;
        for name in commands()? {
            assert!(text.contains(&name), "{shell} does not complete `{name}`");
        }
        if let Some(output) = accepts(shell, arguments, text.as_bytes())? {
            assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
            let wrong = accepts(shell, arguments, b"if true; then\n")?.ok_or("gone")?;
            assert!(!wrong.status.success(), "{shell} would accept anything");
        }
    }
    Ok(())
}

#[test]
#[cfg(unix)]
fn bash_completes_with_them() -> Result {
    let script = String::from_utf8(lbhealth(&["completions", "bash"])?.stdout)?;
    let ask = "\nCOMP_WORDS=(lbhealth normalize --format open) COMP_CWORD=3\n_lbhealth lbhealth open --format\necho \"${COMPREPLY[@]}\"\n";
    let output = Command::new("bash").args(["--norc", "-c", &format!("{script}{ask}")]).output()?;
    assert_eq!(String::from_utf8(output.stdout)?, "openmetrics\n", "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

#[test]
fn every_command_has_a_manual_page() -> Result {
    let page = String::from_utf8(lbhealth(&["man"])?.stdout)?;
    assert!(page.contains(".TH lbhealth 1"), "{page}");
    for name in commands()? {
        assert!(page.contains(&format!("lbhealth\\-{name}(1)")), "the program's page does not name {name}");
        let output = lbhealth(&["man", &name])?;
        let text = String::from_utf8(output.stdout)?;
        assert!(output.status.success() && text.contains(&format!(".TH lbhealth-{name} 1")), "{text}");
        assert!(text.contains(".SH EXAMPLES\n"), "{name}");
        if let Some(output) = accepts("groff", &["-man", "-Tutf8", "-ww"], text.as_bytes())? {
            assert!(output.stderr.is_empty(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(String::from_utf8_lossy(&output.stdout).contains("General Commands Manual"));
        }
    }
    let output = lbhealth(&["man", "nonsense"])?;
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8(output.stderr)?, "lbhealth: there is no command `nonsense`; `lbhealth --help` lists them\n");
    Ok(())
}

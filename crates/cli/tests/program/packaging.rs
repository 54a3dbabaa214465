//! What a package ships beside the program: shells accept the completions, and every command has a manual page.

use std::process::{Command, Output};

use crate::run::{Result, Run, fed, lbhealth};

fn commands() -> Result<Vec<String>> {
    let help = lbhealth(&["--help"], "")?.out;
    let list = help.split("Commands:\n").nth(1).ok_or("no commands")?.split("\n\n").next().unwrap_or_default();
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    Ok(names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect())
}

/// Whether the program reads the text without complaint; `None` where there is no such program.
fn accepts(program: &str, arguments: &[&str], text: &[u8]) -> Result<Option<Output>> {
    match fed(Command::new(program).args(arguments), text) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        ran => Ok(Some(ran?)),
    }
}

#[test]
fn shells_accept_their_completions() -> Result {
    for (shell, arguments) in [("bash", &["-n"][..]), ("zsh", &["-n"]), ("fish", &["--no-execute"])] {
        let Run { status, out: text, .. } = lbhealth(&["completions", shell], "")?;
        assert_eq!(status, 0);
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
    let script = lbhealth(&["completions", "bash"], "")?.out;
    let ask = "\nCOMP_WORDS=(lbhealth normalize --format open) COMP_CWORD=3\n_lbhealth lbhealth open --format\necho \"${COMPREPLY[@]}\"\n";
    let output = Command::new("bash").args(["--norc", "-c", &format!("{script}{ask}")]).output()?;
    assert_eq!(String::from_utf8(output.stdout)?, "openmetrics\n", "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

#[test]
fn every_command_has_a_manual_page() -> Result {
    let page = lbhealth(&["man"], "")?.out;
    assert!(page.contains(".TH lbhealth 1"), "{page}");
    for name in commands()? {
        assert!(page.contains(&format!("lbhealth\\-{name}(1)")), "the program's page does not name {name}");
        let Run { status, out: text, .. } = lbhealth(&["man", &name], "")?;
        assert!(status == 0 && text.contains(&format!(".TH lbhealth-{name} 1")), "{text}");
        assert!(text.contains(".SH EXAMPLES\n"), "{name}");
        if let Some(output) = accepts("groff", &["-man", "-Tutf8", "-ww"], text.as_bytes())? {
            assert!(output.stderr.is_empty(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(String::from_utf8_lossy(&output.stdout).contains("General Commands Manual"));
        }
    }
    let run = lbhealth(&["man", "nonsense"], "")?;
    assert_eq!((run.status, &*run.err), (2, "lbhealth: there is no command `nonsense`; `lbhealth --help` lists them\n"));
    Ok(())
}

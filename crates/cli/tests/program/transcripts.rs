//! The commands of the documentation, run for real: the `console` blocks of all pages, and the examples in the help of every command.
//! They run in a shell: those of `docs/on-call` and of the help in a copy of `docs/on-call/samples`, as they write files, those of
//! `docs/roll-up.md` in `docs/examples`, and all others in the project's own folder.
//!
//! In a `console` block a line that begins with `$ ` is a command, one that begins with `> ` goes on with it, and the lines below are all
//! it says, on standard output and standard error. A command has to succeed, unless the next one is `echo $?`. `UPDATE_GOLDEN=1` writes
//! what the commands say now; read the difference before you believe it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::run::{Result, Scratch, examples, lbhealth, on_call, project};

/// A copy of the samples.
fn samples() -> Result<Scratch> {
    let scratch = Scratch::new()?;
    for entry in fs::read_dir(on_call().join("samples"))? {
        let path = entry?.path();
        fs::copy(&path, scratch.folder().join(path.file_name().ok_or("no name")?))?;
    }
    Ok(scratch)
}

/// Runs a script of bash, with the program in the path and what it says in one piece.
fn bash(folder: &Path, script: &str) -> Result<Output> {
    let program = Path::new(env!("CARGO_BIN_EXE_lbhealth")).parent().ok_or("no folder")?;
    let path = format!("{}:{}", program.display(), std::env::var("PATH")?);
    let script = format!(
        "exec 2>&1
set -o pipefail
{script}"
    );
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-c", &script]).current_dir(folder).env("PATH", path).env("HOME", folder);
    Ok(bash.env("LC_ALL", "C").env_remove("CLICOLOR_FORCE").stdin(Stdio::null()).output()?)
}

/// Commands of a block, each with the line it began with, and what stands in the page for them.
struct Block<'p> {
    text: &'p str,
    commands: Vec<String>,
}

impl<'p> Block<'p> {
    fn new(text: &'p str) -> Self {
        let mut commands: Vec<String> = Vec::new();
        let mut goes_on = false;
        for line in text.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                commands.push(command.to_owned());
                goes_on = true;
            } else if let (true, Some(rest), Some(command)) = (goes_on, line.strip_prefix("> "), commands.last_mut()) {
                let _ = write!(command, "\n{rest}");
            } else {
                goes_on = false;
            }
        }
        Self { text, commands }
    }

    /// The block as it has to be: the commands, and below each what it says.
    fn run(&self, folder: &Path) -> Result<String> {
        let mut script = String::new();
        for (index, command) in self.commands.iter().enumerate() {
            let may_fail = self.commands.get(index + 1).is_some_and(|next| next == "echo $?");
            let check = if may_fail { "" } else { "((status == 0)) || echo \"exit status $status\"; " };
            let _ = write!(script, "{command}\nstatus=$?; {check}printf '\\036'; (exit $status)\n");
        }
        let said = String::from_utf8(bash(folder, &script)?.stdout)?;
        let mut text = String::new();
        for (command, said) in self.commands.iter().zip(said.split('\u{1e}').chain(std::iter::repeat("the shell ended\n"))) {
            let _ = writeln!(text, "$ {}", command.replace('\n', "\n> "));
            text.push_str(said);
            if !said.is_empty() && !said.ends_with('\n') {
                text.push('\n');
            }
        }
        Ok(text)
    }
}

/// The text of the `console` blocks of a page.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let starts = page.split("```console\n").skip(1);
    starts.filter_map(|rest| rest.split_once("```")).map(|(text, _)| Block::new(text)).collect()
}

/// The pages in a folder.
fn pages(folder: &Path) -> Result<Vec<PathBuf>> {
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect())
}

#[test]
fn pages_show_what_the_program_says() -> Result {
    let (mut count, mut wrong) = (0, Vec::new());
    for path in [pages(&project().join("docs"))?, pages(&on_call())?].concat() {
        let page = fs::read_to_string(&path)?;
        // The blocks of a page follow upon each other.
        let samples = samples()?;
        let folder = match path.file_name().and_then(|name| name.to_str()) {
            _ if path.parent() == Some(&on_call()) => samples.folder().to_owned(),
            Some("roll-up.md") => examples(),
            _ => project(),
        };
        let mut updated = page.clone();
        for block in blocks(&page) {
            assert!(!block.commands.is_empty(), "{}: a console block without a command", path.display());
            let said = block.run(&folder)?;
            count += block.commands.len();
            if said != block.text {
                wrong.push(format!("{}:\n--- written\n{}--- said\n{said}", path.display(), block.text));
                updated = updated.replacen(block.text, &said, 1);
            }
        }
        if std::env::var_os("UPDATE_GOLDEN").is_some() && updated != page {
            fs::write(&path, updated)?;
        }
    }
    assert!(count >= 20, "{count} commands");
    assert!(wrong.is_empty(), "{}\nUPDATE_GOLDEN=1 writes what the commands say now", wrong.join("\n"));
    Ok(())
}

#[test]
fn a_transcript_that_is_wrong_is_noticed() -> Result {
    let folder = &project();
    let right = "$ printf 'a\\nb\\n'\na\nb\n$ echo one \\\n> two >&2\none two\n$ false\n$ echo $?\n1\n$ true\n";
    assert_eq!(Block::new(right).run(folder)?, right);
    assert_eq!(Block::new("$ echo a\nb\n").run(folder)?, "$ echo a\na\n");
    assert_eq!(Block::new("$ (exit 3)\n").run(folder)?, "$ (exit 3)\nexit status 3\n");
    assert_eq!(Block::new("$ false | true\n").run(folder)?, "$ false | true\nexit status 1\n");
    assert_eq!(Block::new("$ exit 0\n$ echo a\na\n").run(folder)?, "$ exit 0\n$ echo a\nthe shell ended\n");
    Ok(())
}

/// The help of the program, of its commands, and of theirs: the words after the program's name, and the text.
fn helps() -> Result<Vec<(Vec<String>, String)>> {
    let mut helps = Vec::new();
    let mut open = vec![Vec::<String>::new()];
    while let Some(words) = open.pop() {
        let arguments: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
        let text = lbhealth(&arguments, "")?.out;
        let commands = text.split("\nCommands:\n").nth(1).map(|rest| rest.split("\n\n").next().unwrap_or_default());
        for command in commands.unwrap_or_default().lines().filter_map(|line| line.strip_prefix("  ")) {
            // Lines that go on with a description stand further in.
            if !command.starts_with(' ') && !command.starts_with("help ") {
                let name = command.split_whitespace().next().ok_or("no name")?;
                open.push(words.iter().cloned().chain([name.to_owned()]).collect());
            }
        }
        helps.push((words, text));
    }
    Ok(helps)
}

/// The commands below `Examples:`, each with the comment above it. `exit status N` in the comment says how it ends.
fn examples_of(help: &str) -> Vec<(String, i32)> {
    let mut examples = Vec::new();
    let mut status = 0;
    for line in help.split("\nExamples:\n").nth(1).unwrap_or_default().lines().map(str::trim) {
        if line.starts_with('#') {
            let number =
                line.split("exit status ").nth(1).and_then(|rest| rest.split(|letter: char| !letter.is_ascii_digit()).next());
            status = number.and_then(|number| number.parse().ok()).unwrap_or(0);
        } else if !line.is_empty() {
            examples.push((line.to_owned(), std::mem::take(&mut status)));
        }
    }
    examples
}

#[test]
fn examples_fit_a_terminal() -> Result {
    // Where it is narrower than the line, a command is wrapped and can no longer be copied.
    const WIDEST: usize = 78;
    for (words, help) in helps()? {
        for line in help.split("\nExamples:\n").nth(1).unwrap_or_default().lines() {
            assert!(line.chars().count() <= WIDEST, "an example of `lbhealth {}`: {line}", words.join(" "));
        }
    }
    Ok(())
}

#[test]
fn every_command_has_examples_that_work() -> Result {
    let helps = helps()?;
    assert!(helps.iter().any(|(words, _)| words == &["normalize"]), "the commands are found");
    for (words, help) in &helps {
        let examples = examples_of(help);
        assert!(!examples.is_empty(), "the help of `lbhealth {}` has no examples", words.join(" "));
        let samples = samples()?;
        for (example, status) in examples {
            assert!(
                words.is_empty() || example.contains(&format!("lbhealth {}", words.join(" "))),
                "an example of `{}` without it: {example}",
                words.join(" ")
            );
            let output = bash(samples.folder(), &example)?;
            assert_eq!(output.status.code(), Some(status), "{example}\n{}", String::from_utf8_lossy(&output.stdout));
        }
    }
    Ok(())
}

//! What a package of the program ships beside it: completions and manual pages.

use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::WrongUsage;
use crate::arguments::Arguments;
use crate::output::print;

/// Prints what the shell loads to complete commands and options.
pub(crate) fn completions(shell: Shell) -> Result<ExitCode> {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    // First to memory: a closed pipe is no reason to panic, as the generator would.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    print(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the manual page of a command, or of the program.
pub(crate) fn man(command: Option<&str>) -> Result<ExitCode> {
    let mut program = Arguments::command();
    // Gives the commands their whole names, such as `lbhealth-normalize`, which is also what their pages are called.
    program.build();
    let page = match command {
        None => Some(program),
        Some(name) => program.find_subcommand(name).cloned(),
    };
    let Some(page) = page else {
        let name = command.unwrap_or_default();
        return Err(WrongUsage(format!("there is no command `{name}`; `lbhealth --help` lists them")).into());
    };
    let mut text = Vec::new();
    Man::new(page).render(&mut text)?;
    // The generator does not know what stands after the options.
    print(String::from_utf8(text)?.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n"))?;
    Ok(ExitCode::SUCCESS)
}

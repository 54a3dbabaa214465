//! `lbhealth schema`.

use std::process::ExitCode;

use anyhow::Result;

use crate::arguments::TextFormat;
use crate::{WrongUsage, output};

/// Prints a published file, or the names of all of them.
pub(crate) fn run(name: Option<&str>, list: bool, format: TextFormat) -> Result<ExitCode> {
    let files = lbhealth::schema::documents(lbhealth::ADAPTERS);
    if list {
        let names: Vec<&str> = files.iter().map(|file| &*file.path).collect();
        output::print(match format {
            TextFormat::Text => names.join("\n") + "\n",
            TextFormat::Json => output::json(&names)?,
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let name = name.unwrap_or("document");
    let is_it = |path: &str| path == name || path.strip_suffix(".schema.json") == Some(name);
    let Some(file) = files.iter().find(|file| is_it(&file.path)) else {
        return Err(WrongUsage(format!("no published file is called `{name}`; `lbhealth schema --list` prints their names")).into());
    };
    output::print(&*file.text)?;
    Ok(ExitCode::SUCCESS)
}

//! Every fixture of every adapter gives exactly what its `expected.json` says.
//!
//! `UPDATE_GOLDEN=1` rewrites the expected files; a changed one is reviewed like a change of the API.

use std::path::Path;

use lbhealth_tests::{Fixture, written};
use serde_json::Value;

fn conforms(expected: &Path) -> datatest_stable::Result<()> {
    let fixture = Fixture::of(expected)?;
    let outcome = fixture.outcome()?;
    let actual = written(&outcome)?;
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(expected, &actual)?;
    } else if serde_json::from_str::<Value>(&actual)? != fixture.expected {
        return Err(format!("{} expects something else; the outcome is:\n{actual}", fixture.folder.display()).into());
    }
    Ok(())
}

datatest_stable::harness! {
    { test = conforms, root = "../crates/adapters", pattern = r"fixtures/.*/expected\.json$" },
}

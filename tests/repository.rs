//! The tree is as the documentation says it is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use lbhealth_tests::root;
use serde_json::Value;

/// The files of the project below a folder, with these endings.
fn files(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() && !path.is_symlink() && name != "target" && name != ".git" && name != "node_modules" {
            found.extend(files(&path, endings)?);
        } else if path.is_file() && endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    Ok(found)
}

fn adapter_folders() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("crates/adapters"))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[test]
fn every_adapter_folder_is_registered_and_every_registered_adapter_has_a_folder() -> Result<()> {
    let ids: Vec<&str> = lbhealth::ADAPTERS.iter().map(|adapter| adapter.id()).collect();
    assert_eq!(ids, adapter_folders()?, "in alphabetical order");
    Ok(())
}

#[test]
fn every_adapter_has_the_same_files() -> Result<()> {
    for id in adapter_folders()? {
        let folder = root().join("crates/adapters").join(&id);
        for file in ["Cargo.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
            assert!(folder.join(file).exists(), "{id} has no {file}");
        }
        let mut sources: Vec<String> = fs::read_dir(folder.join("src"))?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_>>()?;
        // An adapter that reads health checks says how they are written.
        sources.retain(|name| name != "checks.rs");
        sources.sort();
        assert_eq!(sources, ["lib.rs", "normalize", "normalize.rs", "operations.rs", "vocabulary.rs", "wire.rs"], "{id}");
    }
    Ok(())
}

#[test]
fn outside_its_folder_an_adapter_is_named_in_two_lines() -> Result<()> {
    let all = files(&root(), &[".rs", ".toml", ".py", ".sh", ".txt"])?;
    // Tests and help texts name adapters as examples. The contracts with the vendors' clients are found by their folder.
    let is_in = |path: &Path, name: &str| path.iter().any(|part| part == name);
    let is_example = |path: &&PathBuf| (is_in(path, "tests") && !is_in(path, "vendor-sdk")) || is_in(path, "examples");
    let code: Vec<&PathBuf> = all.iter().filter(|path| !is_example(path)).collect();
    for id in adapter_folders()? {
        let names = [id.clone(), id.replace('-', "_")];
        let mut lines = Vec::new();
        for path in code.iter().filter(|path| !path.starts_with(root().join("crates/adapters").join(&id))) {
            let text = fs::read_to_string(path)?;
            let found = text.lines().filter(|line| names.iter().any(|name| line.contains(name.as_str())));
            let place = path.strip_prefix(root())?.display().to_string();
            lines.extend(found.map(|line| (place.clone(), line.trim().to_owned())));
        }
        lines.sort();
        let places: Vec<&str> = lines.iter().map(|(place, _)| place.as_str()).collect();
        let dependency_and_entry = ["crates/lbhealth/Cargo.toml", "crates/lbhealth/src/lib.rs"];
        assert_eq!(places, dependency_and_entry, "beside the dependency and the registry entry: {lines:#?}");
    }
    Ok(())
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() -> Result<()> {
    let without_comments = |text: &str| text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    let workspace = without_comments(&fs::read_to_string(root().join("Cargo.toml"))?);
    let (_, lints) = workspace.split_once("[workspace.lints.rust]").context("the workspace has no lints")?;
    let (lints, _) = lints.split_once("\n\n[profile").context("the lints have no end")?;
    let lints = lints.replace("[workspace.", "[").replace("unsafe_code = \"forbid\"", "unsafe_code = \"deny\"");
    for path in files(&root(), &["Cargo.toml"])?.iter().filter(|path| **path != root().join("Cargo.toml")) {
        let manifest = fs::read_to_string(path)?;
        // What Python is handed to takes all of them but one.
        let wanted = if path.ends_with("python/Cargo.toml") { lints.as_str() } else { "[lints]\nworkspace = true" };
        assert!(without_comments(&manifest).contains(wanted), "{}", path.display());
    }
    Ok(())
}

#[test]
fn every_dependency_has_a_reason_and_every_reason_a_dependency() -> Result<()> {
    let mut used = BTreeSet::new();
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let cargo = Command::new(env!("CARGO"))
            .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
            .arg(root().join(manifest))
            .output()?;
        let metadata: Value =
            serde_json::from_slice(&cargo.stdout).with_context(|| String::from_utf8_lossy(&cargo.stderr).into_owned())?;
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let dependencies = packages.flat_map(|package| package["dependencies"].as_array().into_iter().flatten());
        let foreign = dependencies.filter(|dependency| dependency["path"].is_null());
        used.extend(foreign.filter_map(|dependency| dependency["name"].as_str()).map(str::to_owned));
    }
    let page = fs::read_to_string(root().join("docs/dependencies.md"))?;
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let explained: BTreeSet<String> = rows.map(|(name, _)| name.to_owned()).collect();
    assert_eq!(explained, used);
    Ok(())
}

#[test]
fn source_files_stay_small() -> Result<()> {
    for path in files(&root().join("crates"), &[".rs"])? {
        let lines = fs::read_to_string(&path)?.lines().count();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_of_adapter = path.starts_with(root().join("crates/adapters"));
        let most = match &*name {
            "lib.rs" => 150,
            // Tables may be longer than logic.
            "wire.rs" | "vocabulary.rs" if is_of_adapter => 650,
            _ => 420,
        };
        assert!(lines <= most, "{} has {lines} lines; split it by noun", path.display());
    }
    Ok(())
}

#[test]
fn every_published_file_says_what_it_is_for() -> Result<()> {
    let guide = fs::read_to_string(root().join("schemas/README.md"))?;
    for entry in fs::read_dir(root().join("schemas/v1"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        assert!(guide.contains(&format!("`{name}")), "schemas/README.md does not name {name}");
    }
    Ok(())
}

#[test]
fn links_between_pages_lead_somewhere() -> Result<()> {
    for page in files(&root(), &[".md"])? {
        let text = fs::read_to_string(&page)?;
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            let path = link.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") || path.contains("::") || !path.contains(['.', '/']) {
                continue;
            }
            // The facade's README is the root's, seen from another folder.
            let folder = page.canonicalize()?.parent().map(Path::to_path_buf).unwrap_or_default();
            assert!(folder.join(path).exists(), "{}: {link}", page.display());
        }
    }
    Ok(())
}

//! A new adapter: one folder, and two lines in the facade.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("../template/Cargo.toml.txt")),
    ("README.md", include_str!("../template/README.md.txt")),
    ("src/lib.rs", include_str!("../template/lib.rs.txt")),
    ("src/normalize.rs", include_str!("../template/normalize.rs.txt")),
    ("src/normalize/health.rs", include_str!("../template/health.rs.txt")),
    ("src/operations.rs", include_str!("../template/operations.rs.txt")),
    ("src/vocabulary.rs", include_str!("../template/vocabulary.rs.txt")),
    ("src/wire.rs", include_str!("../template/wire.rs.txt")),
    ("fixtures/up/input.json", include_str!("../template/input.json.txt")),
    ("fixtures/up/expected.json", include_str!("../template/expected.json.txt")),
];

/// Writes the folder of the adapter and registers it with the facade.
pub(crate) fn new_adapter(root: &Path, id: &str) -> Result<()> {
    let is_kebab = id.split('-').all(|part| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit())
    });
    ensure!(is_kebab && id.contains('-'), "`{id}` is not vendor and product in kebab-case, such as acme-lb");
    let folder = root.join("crates/adapters").join(id);
    ensure!(!folder.exists(), "{} exists already", folder.display());
    for (name, template) in FILES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().context("a file has a folder")?)?;
        fs::write(&path, fill(template, id)).with_context(|| format!("writing {}", path.display()))?;
    }
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        link(&Path::new("../../..").join(licence), &folder.join(licence))?;
    }
    register(
        &root.join("crates/lbhealth/Cargo.toml"),
        "lbhealth-",
        &fill(concat!("lbhealth-@id@ = { path = \"../adapters/@id@\", version = \"", env!("CARGO_PKG_VERSION"), "\" }"), id),
    )?;
    register(&root.join("crates/lbhealth/src/lib.rs"), "    &lbhealth_", &fill("    &lbhealth_@crate@::@Type@::new(),", id))
}

/// A link to a file, which stands as a link in the other crates too.
#[cfg(unix)]
fn link(target: &Path, at: &Path) -> Result<()> {
    std::os::unix::fs::symlink(target, at).with_context(|| format!("linking {}", at.display()))
}

/// A copy, where links are not for everybody.
#[cfg(not(unix))]
fn link(target: &Path, at: &Path) -> Result<()> {
    let folder = at.parent().context("a file has a folder")?;
    fs::copy(folder.join(target), at).map(drop).with_context(|| format!("writing {}", at.display()))
}

/// The template with the names of the adapter.
fn fill(template: &str, id: &str) -> String {
    let capital =
        |part: &str| part.chars().take(1).map(|first| first.to_ascii_uppercase()).chain(part.chars().skip(1)).collect::<String>();
    let name: String = id.split('-').map(capital).collect();
    template.replace("@id@", id).replace("@crate@", &id.replace('-', "_")).replace("@Type@", &name)
}

/// Puts the line among those that start with `prefix`, which are in alphabetical order.
fn register(path: &Path, prefix: &str, line: &str) -> Result<()> {
    let text = fs::read_to_string(path)?;
    let mut lines: Vec<&str> = text.lines().collect();
    let is_adapter = |other: &&str| other.starts_with(prefix) && !other.contains("workspace");
    let last = lines.iter().rposition(&is_adapter).with_context(|| format!("{} names no adapter", path.display()))?;
    let place = lines.iter().position(|other| is_adapter(other) && *other > line).unwrap_or(last + 1);
    lines.insert(place, line);
    fs::write(path, lines.join("\n") + "\n").with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_the_id() {
        assert_eq!(fill("@id@ @crate@ @Type@", "acme-lb2"), "acme-lb2 acme_lb2 AcmeLb2");
    }

    #[test]
    fn other_names_are_refused() {
        for id in ["acme", "Acme-lb", "acme-", "acme_lb", "../acme-lb"] {
            assert!(new_adapter(Path::new("/nowhere"), id).is_err(), "{id}");
        }
    }
}

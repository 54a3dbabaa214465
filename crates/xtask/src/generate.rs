//! Files that are generated: whole ones under `schemas/v1/` and in the Python package, and regions between markers in pages that people
//! write.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::tree::Tree;
use crate::{python, tables};

/// Where the published files stand.
const PUBLISHED: &str = "schemas/v1";

/// What to run where something is out of date.
const REMEDY: &str = "run `cargo xtask generate`";

/// Writes every file that is not as it should be, and removes files that nothing generates.
pub(crate) fn write(root: &Path) -> Result<()> {
    let files = files(root)?;
    for (path, text) in &files {
        if fs::read_to_string(path).ok().as_ref() != Some(text) {
            let folder = path.parent().context("a file has a folder")?;
            fs::create_dir_all(folder)?;
            fs::write(path, text).with_context(|| format!("writing {}", path.display()))?;
        }
    }
    for path in orphans(root, &files)? {
        fs::remove_file(path)?;
    }
    Ok(())
}

/// Fails where a file is not as it should be, or nothing generates it.
pub(crate) fn check(root: &Path) -> Result<()> {
    let files = files(root)?;
    for (path, text) in &files {
        if fs::read_to_string(path).ok().as_ref() != Some(text) {
            bail!("{} is out of date; {REMEDY}", path.display());
        }
    }
    if let Some(path) = orphans(root, &files)?.first() {
        bail!("nothing generates {}; {REMEDY}", path.display());
    }
    Ok(())
}

/// Every generated file as it should be.
fn files(root: &Path) -> Result<BTreeMap<PathBuf, String>> {
    let published = lbhealth::schema::documents(lbhealth::ADAPTERS).into_iter();
    let mut files: BTreeMap<PathBuf, String> = published.map(|file| (root.join(PUBLISHED).join(file.path), file.text)).collect();
    files.insert(root.join(python::FILE), python::module(root)?);
    let mut pages = vec![
        root.join("README.md"),
        root.join("docs/model.md"),
        root.join("docs/mapping-rules.md"),
        root.join("docs/operations.md"),
        root.join("docs/vendors.md"),
        root.join("docs/roll-up.md"),
        root.join("docs/health-checks.md"),
        root.join("docs/explain.md"),
    ];
    pages.extend(lbhealth::ADAPTERS.iter().map(|adapter| root.join("crates/adapters").join(adapter.id()).join("README.md")));
    for page in pages {
        let text = fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
        let text = with_regions(&text).with_context(|| format!("in {}", page.display()))?;
        files.insert(page, text);
    }
    Ok(files)
}

/// Files that stand among the published ones and that nothing generates.
fn orphans(root: &Path, files: &BTreeMap<PathBuf, String>) -> Result<Vec<PathBuf>> {
    let folder = root.join(PUBLISHED);
    let found = Tree::read(&folder)?.into_files().map(|(path, _)| folder.join(path));
    Ok(found.filter(|path| !files.contains_key(path)).collect())
}

/// The page with everything between `<!-- generated: NAME -->` and `<!-- end -->` written anew.
fn with_regions(page: &str) -> Result<String> {
    const START: &str = "<!-- generated: ";
    const END: &str = "<!-- end -->";
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once(START) {
        let (name, after) = after.split_once(" -->").context("a marker is not closed")?;
        let (_, after) = after.split_once(END).with_context(|| format!("the region `{name}` has no end"))?;
        let table = tables::region(name).with_context(|| format!("no table is called `{name}`"))?;
        text += &[before, START, name, " -->\n\n", table.trim_end(), "\n\n", END].concat();
        rest = after;
    }
    Ok(text + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_generated_is_up_to_date() {
        if let Err(error) = check(&crate::root()) {
            panic!("{error:#}");
        }
    }

    #[test]
    fn a_region_is_replaced_and_the_page_around_it_stays() {
        let page = "a\n<!-- generated: adapters -->\nold\n<!-- end -->\nb\n";
        let text = with_regions(page).unwrap();
        assert!(text.starts_with("a\n<!-- generated: adapters -->\n\n| ") && text.ends_with("<!-- end -->\nb\n"), "{text}");
        assert_eq!(with_regions(&text).unwrap(), text);
        assert!(with_regions("<!-- generated: nonsense -->\n<!-- end -->").is_err());
    }
}

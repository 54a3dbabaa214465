//! What a release carries beside the crates: the published schemas and the conformance kit, packed, with their checksums.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Result, ensure};
use sha2::{Digest, Sha256};

use crate::compat::Release;
use crate::tree::Tree;
use crate::{conformance, version};

/// Writes the archives of this version and `SHA256SUMS` into a folder that is new or empty. The same tree gives the same bytes.
pub(crate) fn write(root: &Path, folder: &Path) -> Result<()> {
    let version = version()?;
    let today = Release::today()?;
    let is_kept = Release::read(&root.join("tests/compat").join(version.to_string())).is_ok_and(|snapshot| snapshot == today);
    ensure!(is_kept, "tests/compat/{version} is not what would be released; run `cargo xtask snapshot`");
    artefacts(root)?.write(folder)
}

fn artefacts(root: &Path) -> Result<Tree> {
    let version = version()?;
    let mut artefacts = Tree::default();
    let mut sums = String::new();
    for (name, tree) in [("conformance", conformance::kit(root)?), ("schemas", Tree::read(&root.join("schemas"))?)] {
        let name = format!("{name}-{version}");
        let bytes = tree.archive(&name)?;
        let mut sum = String::new();
        for byte in Sha256::digest(&bytes) {
            write!(sum, "{byte:02x}")?;
        }
        writeln!(sums, "{sum}  {name}.tar.gz")?;
        artefacts.add(format!("{name}.tar.gz"), bytes);
    }
    artefacts.add("SHA256SUMS", sums);
    Ok(artefacts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_tree_gives_the_same_artefacts() {
        let one = artefacts(&crate::root()).unwrap();
        assert_eq!(one, artefacts(&crate::root()).unwrap());
        let names: Vec<String> = one.into_files().map(|(path, _)| path).collect();
        let version = crate::version().unwrap();
        let archives = ["conformance", "schemas"].map(|name| format!("{name}-{version}.tar.gz"));
        assert_eq!(names[0], "SHA256SUMS");
        assert_eq!(names[1..], archives);
    }
}

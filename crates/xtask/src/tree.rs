//! A folder of files in memory: to write it out, or to pack it so that the same files always give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::{Compression, GzBuilder};

/// A time for archives, the same in each: 2006-07-24. GNU tar complains of 1970.
const TIME: u64 = 1_153_704_088;
/// What gzip writes where the system is not to be told.
const NO_SYSTEM: u8 = 255;

/// Files by their path, with `/` between its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree(BTreeMap<String, Vec<u8>>);

impl Tree {
    /// Adds a file.
    pub(crate) fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), bytes.into());
    }

    /// Everything below a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut tree = Self::default();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(inner) = folders.pop() {
            for entry in fs::read_dir(&inner).with_context(|| format!("reading {}", inner.display()))? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let parts = path.strip_prefix(folder)?.iter().map(|part| part.to_string_lossy().into_owned());
                let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
                tree.add(parts.collect::<Vec<_>>().join("/"), bytes);
            }
        }
        Ok(tree)
    }

    /// The files by path.
    pub(crate) fn into_files(self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.0.into_iter()
    }

    /// Writes the files into a folder that is new or empty, so that nothing else lies between them.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
        ensure!(is_empty, "{} is not empty; name a new folder", folder.display());
        for (path, bytes) in &self.0 {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().context("a file has a folder")?)?;
            fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
        }
        Ok(())
    }

    /// A gzipped tar archive with everything in one folder of this name.
    pub(crate) fn archive(&self, name: &str) -> Result<Vec<u8>> {
        let gzip = GzBuilder::new().mtime(0).operating_system(NO_SYSTEM).write(Vec::new(), Compression::best());
        let mut archive = tar::Builder::new(gzip);
        for (path, bytes) in &self.0 {
            let mut header = tar::Header::new_gnu();
            header.set_size(u64::try_from(bytes.len())?);
            header.set_mode(0o644);
            header.set_mtime(TIME);
            archive.append_data(&mut header, format!("{name}/{path}"), bytes.as_slice())?;
        }
        Ok(archive.into_inner()?.finish()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_give_the_same_bytes_in_whatever_order_they_came() {
        let (mut one, mut other) = (Tree::default(), Tree::default());
        one.add("a/b.json", "{}");
        one.add("c", "text");
        other.add("c", "text");
        other.add("a/b.json", "{}");
        assert_eq!(one.archive("name").unwrap(), other.archive("name").unwrap());
        other.add("c", "other text");
        assert_ne!(one.archive("name").unwrap(), other.archive("name").unwrap());
    }

    #[test]
    fn an_archive_unpacks_to_its_files_in_one_folder() {
        let mut tree = Tree::default();
        let long = format!("{}/input.json", "a-situation-with-a-long-name".repeat(8));
        tree.add("manifest.json", "{}");
        tree.add(long.as_str(), "[]");
        let bytes = tree.archive("name-0.1.0").unwrap();
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
        let paths: Vec<String> =
            archive.entries().unwrap().map(|entry| entry.unwrap().path().unwrap().display().to_string()).collect();
        assert_eq!(paths, [format!("name-0.1.0/{long}"), "name-0.1.0/manifest.json".to_owned()]);
    }

    #[test]
    fn a_folder_with_something_in_it_is_refused() {
        let mut tree = Tree::default();
        tree.add("Cargo.toml", "");
        let error = tree.write(&crate::root()).unwrap_err().to_string();
        assert!(error.ends_with("is not empty; name a new folder"), "{error}");
    }
}

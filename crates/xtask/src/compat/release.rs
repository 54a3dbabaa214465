//! What a release published, as `tests/compat/<version>/` keeps it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use lbhealth_tests::Fixture;

use super::Files;
use super::goldens::Golden;
use crate::tree::Tree;

/// The files of a release, and its payloads with what they gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Release {
    /// The published files.
    pub(super) files: Files,
    /// Per adapter its payloads, one per line. The file has the name of the adapter.
    pub(super) goldens: Files,
}

impl Release {
    /// What would be released now.
    pub(crate) fn today() -> Result<Self> {
        let files = lbhealth::schema::documents(lbhealth::ADAPTERS).into_iter().map(|file| (file.path, file.text)).collect();
        let mut goldens: Files = BTreeMap::new();
        for fixture in Fixture::all()? {
            let lines = goldens.entry(format!("{}.ndjson", fixture.adapter)).or_default();
            *lines += &(serde_json::to_string(&Golden::of(&fixture)?)? + "\n");
        }
        Ok(Self { files, goldens })
    }

    /// Reads the snapshot of a release.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let part = |name: &str| -> Result<Files> {
            let files = Tree::read(&folder.join(name))?.into_files();
            let text = |(path, bytes): (String, Vec<u8>)| {
                let text = String::from_utf8(bytes).with_context(|| format!("{path} in {} is not UTF-8", folder.display()))?;
                Ok((path, text))
            };
            files.map(text).collect()
        };
        let release = Self { files: part("v1")?, goldens: part("goldens")? };
        ensure!(!release.files.is_empty(), "{} is no snapshot of a release: it has no files in v1/", folder.display());
        Ok(release)
    }

    /// The snapshot as files.
    pub(crate) fn tree(&self) -> Tree {
        let mut tree = Tree::default();
        for (part, files) in [("v1", &self.files), ("goldens", &self.goldens)] {
            for (path, text) in files {
                tree.add(format!("{part}/{path}"), text.as_bytes());
            }
        }
        tree
    }
}

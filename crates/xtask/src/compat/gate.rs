//! The gate: what is published now against the last release.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use semver::Version;

use super::{Class, Finding, Release, compare};

/// The release that freezes v1 of the schemas.
const FROZEN_SINCE: Version = Version::new(1, 0, 0);

/// Prints every difference to the last release, or to the snapshot in a folder whose name is a version. Fails where v1 is frozen and
/// a difference breaks a reader.
pub(crate) fn check(root: &Path, folder: Option<PathBuf>, out: &mut dyn Write) -> Result<()> {
    let (version, folder) = match folder {
        Some(folder) => (version_of(&folder)?, folder),
        None => snapshots(root)?.pop().context("tests/compat/ has no release to compare with; run `cargo xtask snapshot`")?,
    };
    let findings = compare(&Release::read(&folder)?, &Release::today()?.files)?;
    let mut text: Vec<String> = findings.iter().map(ToString::to_string).collect();
    text.push(format!("\nagainst {version}: {}\n", counts(&findings)));
    tell(out, &text.join("\n"))?;
    verdict(&version, &findings, out)
}

/// Says something. Whoever has seen enough and closed the pipe, as `head` does, still gets the verdict.
fn tell(out: &mut dyn Write, text: &str) -> io::Result<()> {
    match out.write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Keeps what is published now as the snapshot of this version: in `tests/compat/`, or in a folder of one's own.
pub(crate) fn snapshot(root: &Path, folder: Option<PathBuf>, out: &mut dyn Write) -> Result<()> {
    let now = Release::today()?;
    if let Some(folder) = folder {
        return now.tree().write(&folder);
    }
    let version = crate::version()?;
    let changelog = fs::read_to_string(root.join("CHANGELOG.md")).context("reading CHANGELOG.md")?;
    let is_released = changelog.lines().any(|line| heading(line) == Some(version.to_string().as_str()));
    ensure!(
        !is_released,
        "the changelog says that {version} is released; set the next version, a snapshot of a release stays as it is"
    );
    if let Some((last, folder)) = snapshots(root)?.into_iter().rfind(|(other, _)| *other < version) {
        let findings = compare(&Release::read(&folder)?, &now.files)?;
        verdict(&last, &findings, out)?;
        let least = least(&last, findings.first().map(|finding| finding.class));
        ensure!(version >= least, "{} since {last}; the version has to be {least} at least, not {version}", counts(&findings));
    }
    let folder = root.join("tests/compat").join(version.to_string());
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    now.tree().write(&folder)
}

/// The version of a changelog's heading, such as `## 0.1.0` or `## [0.1.0] - 2026-01-31`.
fn heading(line: &str) -> Option<&str> {
    let text = line.strip_prefix("## ")?.trim_start_matches('[');
    text.split([']', ' ']).next()
}

/// The snapshots there are, in the order of their versions.
fn snapshots(root: &Path) -> Result<Vec<(Version, PathBuf)>> {
    let folder = root.join("tests/compat");
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir()
            && let Ok(version) = version_of(&path)
        {
            found.push((version, path));
        }
    }
    found.sort();
    Ok(found)
}

fn version_of(folder: &Path) -> Result<Version> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Version::parse(&name).with_context(|| format!("`{name}` is not a version; a snapshot's folder is named so"))
}

/// How many differences there are of each class.
fn counts(findings: &[Finding]) -> String {
    let count = |class: Class| format!("{} {class}", findings.iter().filter(|finding| finding.class == class).count());
    Class::ALL.map(count).join(", ")
}

/// Fails where the release promised what the differences break.
fn verdict(release: &Version, findings: &[Finding], out: &mut dyn Write) -> Result<()> {
    if !findings.iter().any(|finding| finding.class.breaks()) {
        return Ok(());
    }
    if *release >= FROZEN_SINCE {
        bail!("v1 of the schemas is frozen since {FROZEN_SINCE}, and readers of {release} would break; see docs/versioning.md");
    }
    let freeze = format!("v1 of the schemas is frozen from {FROZEN_SINCE} on");
    tell(out, &format!("{freeze}, so what breaks readers of {release} is told and not refused\n"))?;
    Ok(())
}

/// The least version that may follow a release, by the worst difference.
fn least(last: &Version, worst: Option<Class>) -> Version {
    match worst {
        None | Some(Class::Documentation) => Version::new(last.major, last.minor, last.patch + 1),
        // Before 1.0 the second number says what the first says later.
        Some(Class::Additive) if last.major == 0 => Version::new(0, last.minor, last.patch + 1),
        Some(_) => Version::new(last.major, last.minor + 1, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_what_the_last_release_promised() {
        let mut out = Vec::new();
        if let Err(error) = check(&crate::root(), None, &mut out) {
            panic!("{}\n{error:#}", String::from_utf8_lossy(&out));
        }
    }

    #[test]
    fn a_release_refuses_what_breaks_its_readers_once_it_is_frozen() {
        let verdict = |release: &str, class| {
            let mut findings = super::super::Findings::default();
            findings.add(class, &super::super::Place::file("document.schema.json", "Document"), "different");
            let mut out = Vec::new();
            let verdict = verdict(&Version::parse(release).unwrap(), &findings.sorted(), &mut out);
            (verdict.is_ok(), !out.is_empty())
        };
        for class in [Class::Breaking, Class::SourceBreaking] {
            assert_eq!(verdict("0.9.0", class), (true, true), "told");
            assert_eq!(verdict("1.0.0-rc.1", class), (true, true), "told");
            assert_eq!(verdict("1.0.0", class), (false, false), "refused");
            assert_eq!(verdict("1.4.2", class), (false, false), "refused");
        }
        for class in [Class::Vocabulary, Class::Additive, Class::Documentation] {
            assert_eq!(verdict("1.0.0", class), (true, false));
        }
    }

    #[test]
    fn the_version_follows_from_the_worst_difference() {
        let least = |last: &str, worst| least(&Version::parse(last).unwrap(), worst).to_string();
        assert_eq!(least("1.4.2", None), "1.4.3");
        assert_eq!(least("1.4.2", Some(Class::Documentation)), "1.4.3");
        assert_eq!(least("1.4.2", Some(Class::Additive)), "1.5.0");
        assert_eq!(least("1.4.2", Some(Class::Vocabulary)), "1.5.0");
        assert_eq!(least("0.4.2", Some(Class::Additive)), "0.4.3");
        assert_eq!(least("0.4.2", Some(Class::Vocabulary)), "0.5.0");
        assert_eq!(least("0.4.2", Some(Class::Breaking)), "0.5.0");
    }

    #[test]
    fn headings_of_the_changelog_name_versions() {
        assert_eq!(heading("## [0.1.0] - 2026-01-31"), Some("0.1.0"));
        assert_eq!(heading("## 0.1.0"), Some("0.1.0"));
        assert_eq!(heading("### 0.1.0"), None);
        assert_eq!(heading("## Unreleased"), Some("Unreleased"));
    }
}

//! Every kind of change, made on a copy of what is published, is named for what it is.

mod changes;
mod documents;
mod rules;

use super::{Files, Finding, Findings, Release, files};

/// What is told of a change of the published files, whatever the number of files that have a type.
fn told(change: impl FnOnce(&mut Files)) -> Vec<String> {
    let old = Release::today().unwrap().files;
    let mut new = old.clone();
    change(&mut new);
    assert_ne!(old, new, "the change changes nothing");
    let mut findings = Findings::default();
    files(&old, &new, &mut findings).unwrap();
    let findings = findings.sorted().into_iter().map(|finding| Finding { further: 0, ..finding });
    findings.map(|finding| finding.to_string()).collect()
}

/// What is told where only the given files exist.
fn told_of(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
    let of = |files: &[(&str, &str)]| files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let mut findings = Findings::default();
    files(&of(old), &of(new), &mut findings).unwrap();
    findings.sorted().iter().map(ToString::to_string).collect()
}

//! Deprecation: a description that begins "Deprecated since 1.4: use `other`." What is deprecated is still written.

use super::finding::{Class, Findings, Place};

/// Notes what is different between two texts for people; `of` says of what in this place, or nothing.
pub(super) fn compare(at: &Place, of: &str, old: &str, new: &str, findings: &mut Findings) {
    if old == new {
        return;
    }
    let (class, what) = match (notice(old), notice(new)) {
        (None, Some(notice)) => (Class::Additive, format!("deprecated: \"{notice}\"")),
        (Some(_), None) => (Class::Additive, "no longer deprecated".to_owned()),
        _ => (Class::Documentation, "other text".to_owned()),
    };
    let what = if of.is_empty() { what } else { format!("`{of}`: {what}") };
    findings.add(class, at, what);
}

/// The sentence that deprecates something, if the text begins with one.
pub(super) fn notice(text: &str) -> Option<&str> {
    let (since, rest) = text.strip_prefix("Deprecated since ")?.split_once(": use ")?;
    let is_version =
        since.starts_with(|first: char| first.is_ascii_digit()) && since.chars().all(|one| one.is_ascii_digit() || one == '.');
    let end = rest.find(". ").map_or(rest.len(), |end| end + 1);
    let sentence = text.len() - rest.len() + end;
    if is_version && !rest.trim().is_empty() { text.get(..sentence) } else { None }
}

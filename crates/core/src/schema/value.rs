//! The words of our own lists, as a table.

use serde::Serialize;

use super::{paragraph, style, table};
use crate::model::word::of_list;
use crate::{BackendHealth, FailureReason, Phase, Word};

const COLUMNS: &[&str] = &["type", "value", "title", "description", "severity", "phase", "open", "since", "deprecated_since"];

/// Every word of every list that stands in a document.
pub(super) fn table() -> String {
    macro_rules! lines {
        ($($list:ident),+) => {
            std::iter::empty()$(.chain(crate::$list::ALL.iter().map(|word| line(*word))))+.collect()
        };
    }
    let mut lines: Vec<Line> = crate::every_list!(lines);
    lines.sort_by_key(|line| line.r#type);
    table::csv(COLUMNS, lines)
}

#[derive(Serialize)]
struct Line {
    r#type: &'static str,
    value: &'static str,
    title: String,
    description: String,
    severity: Option<u8>,
    phase: Option<Phase>,
    open: bool,
    since: &'static str,
    deprecated_since: Option<&'static str>,
}

fn line<W: Word>(word: W) -> Line {
    let value: &'static str = word.into();
    Line {
        r#type: W::NAME,
        value,
        title: style::title(value),
        description: paragraph(word.documentation()),
        severity: of_list(word).map(BackendHealth::severity),
        phase: of_list(word).map(FailureReason::phase),
        open: W::OPEN,
        since: word.since(),
        deprecated_since: word.deprecated_since(),
    }
}

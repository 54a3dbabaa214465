//! Tables for people.

use comfy_table::{ContentArrangement, Table, presets};

use crate::screen::replaced;

/// Aligned columns under a head, without lines and colours.
pub(crate) fn table<'h, R: IntoIterator<Item = String>>(
    head: impl IntoIterator<Item = &'h str>,
    rows: impl IntoIterator<Item = R>,
) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled).set_header(head);
    for row in rows {
        table.add_row(row.into_iter().map(|cell| plain(&cell)));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Text without characters that would move the cursor or turn the letters around: vendors' ids and names can hold anything.
pub(crate) fn plain(text: &str) -> String {
    replaced(text, char::REPLACEMENT_CHARACTER)
}

/// The value, or a dash where there is none.
pub(crate) fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        let text = table(["A", "B"], [["漢字".to_owned(), "1".to_owned()], ["x\u{1b}[31m".to_owned(), "2".to_owned()]]);
        assert_eq!(text, "A       B\n漢字    1\nx\u{FFFD}[31m  2\n");
    }

    #[test]
    fn letters_cannot_turn_a_line_around() {
        assert_eq!(plain("a\u{202e}b\u{2066}c\r\n"), "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}");
    }
}

//! A table that fits the screen.

use unicode_width::UnicodeWidthStr;

use crate::screen::Screen;
use crate::table::{or_dash, plain, table};

/// How far what did not fit into a line stands in.
const INDENT: &str = "    ";

/// Rows under a header, of which only the columns are shown that say something.
#[derive(Debug)]
pub(super) struct Listing {
    header: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Listing {
    pub(super) fn new(header: &[&'static str]) -> Self {
        Self { header: header.to_vec(), rows: Vec::new() }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a row, with a cell for every column; empty where nothing is known.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Takes a column out whose rows all say the same, and gives what they say. It reads better above the table.
    pub(super) fn take_shared(&mut self, column: &str) -> Option<String> {
        let index = self.header.iter().position(|name| *name == column)?;
        let mut cells = self.rows.iter().map(|row| row.get(index));
        let first = cells.next()??.clone();
        if !cells.all(|cell| cell == Some(&first)) {
            return None;
        }
        self.header.remove(index);
        for row in &mut self.rows {
            row.remove(index);
        }
        Some(first).filter(|text| !text.is_empty())
    }

    /// The text. What does not fit into a line of the screen stands below it, named, so that no id is ever cut or broken.
    pub(super) fn text(&self, screen: Screen) -> String {
        let cells = |index: usize| self.rows.iter().filter_map(move |row| row.get(index));
        let filled: Vec<(usize, &str)> =
            self.header.iter().copied().enumerate().filter(|(index, _)| cells(*index).any(|cell| !cell.is_empty())).collect();
        let mut used = 0;
        let fits = |(index, name): &&(usize, &str)| {
            let widest = cells(*index).map(|cell| plain(cell).width()).max().unwrap_or_default();
            used += widest.max(name.len()) + if used == 0 { 0 } else { 2 };
            screen.width.is_none_or(|width| used <= width)
        };
        // Whatever its width, the first column stands in the line.
        let (columns, below) = filled.split_at(filled.iter().take_while(fits).count().clamp(filled.len().min(1), filled.len()));
        let dashed = |row: &[String], index: usize| or_dash(row.get(index).filter(|cell| !cell.is_empty()));
        let table = table(
            columns.iter().map(|(_, name)| *name),
            self.rows.iter().map(|row| columns.iter().map(|(index, _)| dashed(row, *index)).collect::<Vec<_>>()),
        );
        let mut lines = table.lines();
        let mut text = lines.next().unwrap_or_default().to_owned() + "\n";
        for (line, row) in lines.zip(&self.rows) {
            text += &screen.paint(line);
            text.push('\n');
            let rest = below.iter().filter_map(|(index, name)| Some((name, row.get(*index).filter(|cell| !cell.is_empty())?)));
            let rest = rest.map(|(name, cell)| match *name {
                // Where there is none, what a probe got says itself what it is.
                "CAUSE" if cell.starts_with(char::is_lowercase) => plain(cell),
                _ => format!("{} {}", name.to_lowercase(), plain(cell)),
            });
            for line in wrapped(rest, screen.width.unwrap_or(usize::MAX)) {
                text += &line;
                text.push('\n');
            }
        }
        text
    }
}

/// Lines of whole parts.
fn wrapped(parts: impl Iterator<Item = String>, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if line.width() + part.width() + 2 <= width => line.extend([", ", &part]),
            _ => lines.push(format!("{INDENT}{part}")),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(header: &[&'static str], rows: &[&[&str]]) -> Listing {
        let mut listing = Listing::new(header);
        for row in rows {
            listing.row(row.iter().map(|cell| (*cell).to_owned()));
        }
        listing
    }

    fn narrow(width: usize) -> Screen {
        Screen { width: Some(width), is_coloured: false }
    }

    #[test]
    fn wide_letters_take_two_columns() {
        let listing = listing(&["NAME", "PORT"], &[&["订单服务", "80"], &["orders", "8080"]]);
        let text = "NAME      PORT\n订单服务  80\norders    8080\n";
        assert_eq!(listing.text(Screen::default()), text);
        assert_eq!(listing.text(narrow(14)), text);
        assert_eq!(listing.text(narrow(13)), "NAME\n订单服务\n    port 80\norders\n    port 8080\n");
    }

    #[test]
    fn empty_columns_go_and_empty_cells_are_dashes() {
        let listing = listing(&["A", "NONE", "B"], &[&["x", "", "1"], &["y", "", ""]]);
        assert_eq!(listing.text(Screen::default()), "A  B\nx  1\ny  -\n");
    }

    #[test]
    fn a_row_stays_one_line_outside_a_terminal() {
        let long = "i-".to_owned() + &"x".repeat(500);
        assert_eq!(listing(&["ID"], &[&[&long]]).text(Screen::default()), format!("ID\n{long}\n"));
    }

    #[test]
    fn what_does_not_fit_stands_below_whole() {
        let listing = listing(
            &["HEALTH", "BACKEND", "POOL", "RULE"],
            &[&["HEALTHY", "i-1", "sgp-0123456789", ""], &["UNKNOWN", "i-2", "p", "r"]],
        );
        let text = "HEALTH   BACKEND\nHEALTHY  i-1\n    pool sgp-0123456789\nUNKNOWN  i-2\n    pool p, rule r\n";
        assert_eq!(listing.text(narrow(20)), text);
        assert!(listing.text(narrow(1)).contains("\n    pool sgp-0123456789\n"));
    }

    #[test]
    fn what_a_probe_got_is_called_a_cause_only_where_there_is_one() {
        let listing = listing(&["HEALTH", "CAUSE"], &[&["UNHEALTHY", "RESPONSE_MISMATCH got 502"], &["HEALTHY", "got 200"]]);
        assert_eq!(listing.text(narrow(20)), "HEALTH\nUNHEALTHY\n    cause RESPONSE_MISMATCH got 502\nHEALTHY\n    got 200\n");
    }

    #[test]
    fn text_of_others_cannot_steer_the_terminal() {
        let listing = listing(&["ID", "NAME"], &[&["a\u{1b}[2J", "b\nHEALTHY"]]);
        assert_eq!(listing.text(Screen::default()), "ID     NAME\na\u{FFFD}[2J  b\u{FFFD}HEALTHY\n");
        assert_eq!(listing.text(narrow(6)), "ID\na\u{FFFD}[2J\n    name b\u{FFFD}HEALTHY\n");
    }

    #[test]
    fn what_all_rows_share_is_told_once() {
        let mut listing = listing(&["A", "B"], &[&["x", "1"], &["x", "2"]]);
        assert_eq!((listing.take_shared("A").as_deref(), listing.take_shared("B")), (Some("x"), None));
        assert_eq!(listing.text(Screen::default()), "B\n1\n2\n");
    }
}

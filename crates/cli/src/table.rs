//! Tables for people.

use std::io::{self, Write};

use anstream::AutoStream;
use anstream::ColorChoice::Never;
use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ContentArrangement, presets};

/// What a table is shown on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Screen {
    /// Columns of a terminal; elsewhere a line is as long as it has to be, so that nothing is ever cut.
    width: Option<u16>,
    colour: bool,
}

impl Screen {
    /// Standard output. `NO_COLOR`, `CLICOLOR_FORCE` and `TERM=dumb` are heeded.
    pub(crate) fn of_standard_output() -> Self {
        let out = io::stdout();
        let width = terminal_size::terminal_size_of(&out).map(|(width, _)| width.0);
        Self { width, colour: AutoStream::choice(&out) != Never }
    }
}

/// Rows of text under a header. Worth reading on a terminal, in a ticket and in a pipe.
#[derive(Debug)]
pub(crate) struct Table {
    header: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(header: &[&'static str]) -> Self {
        Self { header: header.to_vec(), rows: Vec::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a row, with a cell for every column.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(printable).collect());
    }

    /// Takes a column out whose rows all say the same, and gives what they say. It reads better above the table.
    pub(crate) fn take_shared(&mut self, column: &str) -> Option<String> {
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

    /// Writes the table without the columns that are empty in every row. The first word of a line has the colour of its meaning.
    pub(crate) fn write(&self, out: &mut impl Write, screen: Screen) -> io::Result<()> {
        let is_filled = |index: &usize| self.rows.iter().any(|row| row.get(*index).is_some_and(|cell| !cell.is_empty()));
        let columns: Vec<usize> = (0..self.header.len()).filter(is_filled).collect();
        let of = |row: &[String]| -> Vec<String> { columns.iter().filter_map(|index| row.get(*index)).cloned().collect() };
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING);
        if let Some(width) = screen.width {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        table.set_header(columns.iter().filter_map(|index| self.header.get(*index)));
        for row in &self.rows {
            table.add_row(of(row));
        }
        for (place, index) in columns.iter().enumerate() {
            let mut cells = self.rows.iter().filter_map(|row| row.get(*index)).filter(|cell| !cell.is_empty());
            let is_number = cells.all(|cell| cell.parse::<f64>().is_ok());
            if let Some(column) = table.column_mut(place) {
                column.set_padding((0, 2));
                column.set_cell_alignment(if is_number { CellAlignment::Right } else { CellAlignment::Left });
            }
        }
        for line in table.lines() {
            let line = line.trim_end();
            let word = line.split_whitespace().next().unwrap_or_default();
            match line.strip_prefix(word) {
                Some(rest) if screen.colour => {
                    let style = style(word);
                    writeln!(out, "{style}{word}{style:#}{rest}")?;
                }
                _ => writeln!(out, "{line}")?,
            }
        }
        Ok(())
    }
}

/// The colour of a word of ours. What is no word of ours has none.
fn style(word: &str) -> Style {
    match word {
        "UNHEALTHY" | "CRITICAL" => AnsiColor::Red.on_default().bold(),
        "DEGRADED" | "WARNING" => AnsiColor::Yellow.on_default().bold(),
        "UNKNOWN" => AnsiColor::Magenta.on_default(),
        "INITIALIZING" | "DRAINING" => AnsiColor::Cyan.on_default(),
        "INACTIVE" | "UNMONITORED" => Style::new().dimmed(),
        "HEALTHY" | "OK" => AnsiColor::Green.on_default(),
        _ => Style::new(),
    }
}

/// The text with everything escaped that would move a terminal's cursor, or turn the order of the letters around it.
fn printable(text: String) -> String {
    let is_unprintable =
        |letter: char| letter.is_control() || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(is_unprintable) {
        return text;
    }
    let mut printable = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_unprintable(letter) { printable.extend(letter.escape_default()) } else { printable.push(letter) }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(table: &Table, screen: Screen) -> String {
        let mut out = Vec::new();
        table.write(&mut out, screen).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn table(header: &[&'static str], rows: &[&[&str]]) -> Table {
        let mut table = Table::new(header);
        for row in rows {
            table.row(row.iter().map(|cell| (*cell).to_owned()));
        }
        table
    }

    #[test]
    fn wide_letters_take_two_columns() {
        let table = table(&["NAME", "PORT"], &[&["订单服务", "80"], &["orders", "8080"]]);
        assert_eq!(written(&table, Screen::default()), "NAME      PORT\n订单服务    80\norders    8080\n");
    }

    #[test]
    fn numbers_stand_right_and_empty_columns_go() {
        let table = table(&["A", "NONE", "N"], &[&["x", "", "5"], &["y", "", ""], &["z", "", "12.5"]]);
        assert_eq!(written(&table, Screen::default()), "A     N\nx     5\ny\nz  12.5\n");
    }

    #[test]
    fn a_row_stays_one_line_outside_a_terminal() {
        let long = "i-".to_owned() + &"x".repeat(500);
        let table = table(&["ID"], &[&[&long]]);
        assert_eq!(written(&table, Screen::default()), format!("ID\n{long}\n"));
    }

    #[test]
    fn on_a_terminal_a_long_cell_is_wrapped_and_not_cut() {
        let long = "0123456789".repeat(4);
        let table = table(&["ID", "PORT"], &[&[&long, "80"]]);
        let text = written(&table, Screen { width: Some(30), colour: false });
        assert!(text.lines().all(|line| line.len() <= 30), "{text}");
        let id: String = text.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(id, long);
    }

    #[test]
    fn the_first_word_has_a_colour_and_the_rest_has_none() {
        let table = table(&["HEALTH", "ID"], &[&["UNHEALTHY", "HEALTHY"], &["nonsense", "b"]]);
        let text = written(&table, Screen { width: None, colour: true });
        assert!(text.contains("\u{1b}[1m\u{1b}[31mUNHEALTHY\u{1b}[0m  HEALTHY\n"), "{text:?}");
        assert!(text.contains("\nnonsense   b\n"), "{text:?}");
    }

    #[test]
    fn text_of_others_cannot_steer_the_terminal() {
        let table = table(&["NAME"], &[&["a\u{1b}[2J\nb\u{202e}c"]]);
        assert_eq!(written(&table, Screen::default()), "NAME\na\\u{1b}[2J\\nb\\u{202e}c\n");
    }

    #[test]
    fn what_all_rows_share_is_told_once() {
        let mut table = table(&["A", "B"], &[&["x", "1"], &["x", "2"]]);
        assert_eq!((table.take_shared("A").as_deref(), table.take_shared("B")), (Some("x"), None));
        assert_eq!(written(&table, Screen::default()), "B\n1\n2\n");
    }
}

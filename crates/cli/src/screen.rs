//! What output is shown on.

use std::borrow::Cow;
use std::io;

use anstream::AutoStream;
use anstream::ColorChoice::Never;
use anstyle::{AnsiColor, Style};

/// What output is shown on: how wide it is, and whether it has colours.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Screen {
    /// Columns of a terminal; elsewhere a line is as long as it has to be.
    pub(crate) width: Option<usize>,
    pub(crate) is_coloured: bool,
}

impl Screen {
    /// Standard output. `NO_COLOR`, `CLICOLOR_FORCE` and `TERM=dumb` are heeded.
    pub(crate) fn of_standard_output() -> Self {
        let out = io::stdout();
        let width = terminal_size::terminal_size_of(&out).map(|(width, _)| usize::from(width.0));
        Self { width, is_coloured: AutoStream::choice(&out) != Never }
    }

    /// The line, its first word in the colour of its meaning.
    pub(crate) fn paint(self, line: &str) -> Cow<'_, str> {
        let word = line.split(' ').next().unwrap_or_default();
        match (style(word), line.strip_prefix(word)) {
            (Some(style), Some(rest)) if self.is_coloured => format!("{style}{word}{style:#}{rest}").into(),
            _ => line.into(),
        }
    }
}

/// The colour of a word of ours.
fn style(word: &str) -> Option<Style> {
    Some(match word {
        "UNHEALTHY" | "CRITICAL" => AnsiColor::Red.on_default().bold(),
        "DEGRADED" | "WARNING" => AnsiColor::Yellow.on_default().bold(),
        "UNKNOWN" => AnsiColor::Magenta.on_default(),
        "INITIALIZING" | "DRAINING" => AnsiColor::Cyan.on_default(),
        "INACTIVE" | "UNMONITORED" => Style::new().dimmed(),
        "HEALTHY" | "OK" => AnsiColor::Green.on_default(),
        _ => return None,
    })
}

/// Text that may come from a payload, with what a terminal would obey escaped.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(obeys) {
        return Cow::Borrowed(text);
    }
    let escaped = |one: char| if obeys(one) { one.escape_default().to_string() } else { one.to_string() };
    Cow::Owned(text.chars().map(escaped).collect())
}

/// Text that may come from a payload, with each character that a terminal would obey replaced by one that it shows.
pub(crate) fn replaced(text: &str, by: char) -> String {
    text.chars().map(|one| if obeys(one) { by } else { one }).collect()
}

/// Whether a terminal does not show the character but does something: moves the cursor, or turns the letters around.
fn obeys(one: char) -> bool {
    one.is_control() || matches!(one, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_has_a_colour_and_the_rest_has_none() {
        let screen = Screen { width: None, is_coloured: true };
        assert_eq!(screen.paint("UNHEALTHY  HEALTHY"), "\u{1b}[1m\u{1b}[31mUNHEALTHY\u{1b}[0m  HEALTHY");
        assert_eq!(screen.paint("nonsense  HEALTHY"), "nonsense  HEALTHY");
        assert_eq!(Screen::default().paint("UNHEALTHY"), "UNHEALTHY");
    }
}

//! What fits on a terminal: widths, shortened and harmless text, the version line.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};

use sayso::encoder::Encoder;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The width of output that goes to no terminal.
const PIPE_WIDTH: usize = 100;

/// Terminals are taken to be this wide at least, and no wider than the eye follows a line.
const NARROWEST: usize = 40;
const WIDEST: usize = 120;

/// The columns of standard output: those of the terminal within reason, a fixed number in a pipe.
pub(crate) fn width() -> usize {
    columns_of_terminal().map_or(PIPE_WIDTH, |columns| columns.clamp(NARROWEST, WIDEST))
}

/// The columns that are asked for, else those of standard output.
pub(crate) fn width_or(asked: Option<u16>) -> usize {
    asked.map_or_else(width, |columns| usize::from(columns).clamp(NARROWEST, 1000))
}

fn columns_of_terminal() -> Option<usize> {
    let columns = std::io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    columns.map(|(columns, _)| usize::from(columns.0))
}

/// Text on one line, without control characters: an article or a file name cannot steer the terminal.
pub(crate) fn harmless(text: &str) -> String {
    let words = text.split(|ch: char| ch.is_whitespace() || ch.is_control()).filter(|word| !word.is_empty());
    let invisible = |ch: &char| matches!(ch, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    words.collect::<Vec<_>>().join(" ").chars().filter(|ch| !invisible(ch)).collect()
}

/// Text cut to `width` columns, with an ellipsis where something is missing.
pub(crate) fn shortened(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut used = 1;
    let mut short: String = text
        .chars()
        .take_while(|ch| {
            used += ch.width().unwrap_or(0);
            used <= width
        })
        .collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    Cow::Owned(short)
}

/// Text in `width` columns, with an ellipsis for its middle where it is longer: what differs stands at the ends.
pub(crate) fn without_middle(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let tail = width / 2;
    let mut used = 0;
    let mut end: Vec<char> = text
        .chars()
        .rev()
        .take_while(|ch| {
            used += ch.width().unwrap_or(0);
            used <= tail
        })
        .collect();
    end.reverse();
    format!("{}{}", shortened(text, width.saturating_sub(tail)), end.into_iter().collect::<String>().trim_start())
}

/// Text in a column of `width`: shortened or filled with blanks.
pub(crate) fn column(text: &str, width: usize) -> String {
    let text = shortened(text, width);
    let blanks = " ".repeat(width.saturating_sub(text.width()));
    format!("{text}{blanks}")
}

/// Lines of at most `width` columns, broken between `pieces` joined by `between`.
pub(crate) fn wrapped(pieces: impl IntoIterator<Item = String>, between: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.width() + between.width() + piece.width() <= width => {
                line.push_str(between);
                line.push_str(&piece);
            }
            _ => lines.push(shortened(&piece, width).into_owned()),
        }
    }
    lines
}

/// `12,345` for people.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// `1 article`, `2 articles`.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    format!("{} {thing}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// Prints the program's version and its model's.
pub(crate) fn print_version() {
    let model = match Encoder::bundled() {
        Ok(encoder) => format!("model {}, {}", encoder.version(), encoder.sha256().get(..12).unwrap_or_default()),
        Err(_) => "no model inside".to_owned(),
    };
    // Nobody is left to tell if this fails.
    let _ = writeln!(anstream::stdout(), "sayso {} ({model})", env!("CARGO_PKG_VERSION"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_by_columns() {
        for (text, width, short) in
            [("short", 5, "short"), ("longer", 5, "long…"), ("习近平在", 5, "习近…"), ("a b c", 4, "a b…"), ("ab cd", 4, "ab…")]
        {
            assert_eq!(shortened(text, width), short);
        }
        assert_eq!(column("ab", 4), "ab  ");
    }

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31mred\nb\u{202e}c\t d"), "a [31mred bc d");
    }

    #[test]
    fn wraps_and_groups() {
        let pieces = ["one", "two", "three"].map(str::to_owned);
        assert_eq!(wrapped(pieces, " · ", 10), ["one · two", "three"]);
        assert_eq!((grouped(7), grouped(1234), grouped(1_234_567)), ("7".to_owned(), "1,234".to_owned(), "1,234,567".to_owned()));
        assert_eq!((counted(1, "word"), counted(0, "word")), ("1 word".to_owned(), "0 words".to_owned()));
    }

    #[test]
    fn long_words_lose_their_middle() {
        let cases = [("short", 5, "short"), ("one two three", 9, "one…hree"), ("习近平在北京", 7, "习…京")];
        for (text, width, expected) in cases {
            assert_eq!(without_middle(text, width), expected);
        }
    }
}

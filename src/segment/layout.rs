//! Finds paragraphs: blocks between blank lines, one per line, or several hard-wrapped lines joined, as each document has it.

use super::chars::{is_space, trimmed};
use crate::{ParagraphKind, Span, lexicon};

/// A paragraph to be, with what is known of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) span: Span,
    pub(super) kind: ParagraphKind,
    /// Whether a blank line (or the end of the text) stands after it.
    pub(super) is_apart: bool,
    /// Whether it consists of one line.
    pub(super) is_line: bool,
    /// Whether the file's markup sets it off as a list item or a quotation.
    pub(super) is_set_off: bool,
}

/// One line without outer spaces.
#[derive(Debug, Clone, Copy)]
struct Line {
    span: Span,
    /// Spaces before the first character; a tab counts as four.
    indent: usize,
    /// Whether a blank line stands before it.
    after_blank: bool,
    /// Length in characters.
    width: usize,
}

/// Widest line, in characters, that text wrapped by hand or by a mail program has.
const WIDEST_WRAP: usize = 120;

/// Widest line, in characters, of a narrow column.
const WIDEST_COLUMN: usize = 60;

/// The paragraphs of `text`, all of kind body.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let wrap = wrap_width(text, &lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut before: Option<Line> = None;
    // Whether the last block has a mark: then it is no headline, and short lines may go on with it.
    let mut is_marked = false;
    for &line in &lines {
        let is_open = is_marked && blocks.last().is_some_and(|block| !block.is_line);
        let continues = before.is_some_and(|before| {
            wrap.is_some_and(|width| continues(text, before, line, width) || (is_open && runs_on(text, before, line)))
        });
        is_marked = slice(text, line).contains([',', '.', ';', ':', '“', '"']) || (continues && is_marked);
        match blocks.last_mut() {
            Some(block) if continues => {
                block.span = block.span.cover(line.span);
                block.is_line = false;
            }
            last => {
                if let Some(block) = last {
                    block.is_apart = line.after_blank;
                }
                blocks.push(Block { span: line.span, kind: ParagraphKind::Body, is_apart: true, is_line: true, is_set_off: false });
            }
        }
        before = Some(line);
    }
    blocks
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = 0;
    let mut after_blank = false;
    for raw in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{C}']) {
        let span = trimmed(raw, at);
        let is_half_of_crlf = raw == "\n" && text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'\r');
        if !span.is_empty() {
            let head = raw.get(..span.start() - at).unwrap_or_default();
            let indent = head.chars().map(|ch| if ch == '\t' { 4 } else { 1 }).sum();
            let width = text.get(span.range()).unwrap_or_default().chars().count();
            lines.push(Line { span, indent, after_blank, width });
            after_blank = raw.ends_with('\u{2029}');
        } else if !is_half_of_crlf {
            after_blank = true;
        }
        at += raw.len();
    }
    lines
}

/// The width the text is hard-wrapped at; none where each line is a paragraph of its own.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let says_nothing = |line: &Line| line.after_blank || is_item(slice(text, *line)) || is_alone(slice(text, *line));
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let breaks: Vec<(Line, Line)> = pairs.filter(|(_, next)| !says_nothing(next)).map(|(&line, &next)| (line, next)).collect();
    if breaks.is_empty() {
        return None;
    }
    let runs_on = |line: &Line, next: &Line| starts_lower(text, *next) && !ends_with_stop(text, *line);
    let unended = breaks.iter().filter(|(line, next)| runs_on(line, next)).count();
    if unended * 4 < breaks.len() {
        return narrow_width(text, lines);
    }
    // Lines that hold a long address stick out: the width is that of a full line, not of the longest.
    let mut widths: Vec<usize> = breaks.iter().filter(|(line, next)| runs_on(line, next)).map(|(line, _)| line.width).collect();
    widths.sort_unstable();
    let width = widths.get(widths.len() * 3 / 4).copied()?;
    (width <= WIDEST_WRAP).then_some(width)
}

/// The width of a narrow column in which it happens that no line starts with a small letter: its lines do not end where sentences do.
fn narrow_width(text: &str, lines: &[Line]) -> Option<usize> {
    let width = lines.iter().map(|line| line.width).max().filter(|&width| width <= WIDEST_COLUMN)?;
    let is_set = |group: &[Line]| {
        let Some((last, rest)) = group.split_last() else { return false };
        let count = |is: &dyn Fn(&Line) -> bool| rest.iter().filter(|line| is(line)).count();
        let unended = count(&|line| !ends_with_stop(text, *line));
        let full = count(&|line| line.width * 2 > width);
        let marked = count(&|line| slice(text, *line).contains([',', '.', '”', '"', ';']));
        let is_label = |line: &Line| slice(text, *line).chars().take(width / 2).any(|ch| ch == ':');
        let is_plain = !group.iter().any(|line| is_item(slice(text, *line)) || is_alone(slice(text, *line)) || is_label(line));
        is_plain
            && ends_with_stop(text, *last)
            && rest.len() > 2
            && unended * 5 >= rest.len() * 4
            && full * 2 >= rest.len()
            && marked * 2 >= rest.len()
    };
    let mut groups = lines.chunk_by(|_, next| !next.after_blank).filter(|group| group.len() > 1).peekable();
    (groups.peek().is_some() && groups.all(is_set)).then_some(width)
}

/// Whether `line` goes on with the paragraph of the line `before` it in a text wrapped at `width`.
fn continues(text: &str, before: Line, line: Line, width: usize) -> bool {
    if line.after_blank || is_item(slice(text, line)) || is_alone(slice(text, before)) || is_alone(slice(text, line)) {
        return false;
    }
    if starts_lower(text, line) || leads_on(text, before) {
        return true;
    }
    if line.indent > before.indent + 1 {
        return false;
    }
    let first_word = slice(text, line).split(is_space).next().unwrap_or_default().chars().count();
    // Right margins are ragged: a few characters may be missing on a full line.
    before.width + 1 + first_word + width / 12 > width && before.width * 2 > width
}

/// Whether a short line breaks off in mid-sentence, so that the next one belongs to it: `the head of the team, Bastien de la ⏎ Fontaine`.
fn runs_on(text: &str, before: Line, line: Line) -> bool {
    let is_broken_off = !ends_with_stop(text, before) && !is_alone(slice(text, before)) && !is_alone(slice(text, line));
    is_broken_off && !line.after_blank && !is_item(slice(text, line)) && line.indent <= before.indent + 1
}

/// Whether a line ends with a word after which something must come: *in the port of*.
fn leads_on(text: &str, line: Line) -> bool {
    let last = slice(text, line).rsplit(is_space).next().unwrap_or_default();
    last.chars().all(char::is_lowercase)
        && (lexicon::is_preposition(last) || lexicon::is_particle(last) || matches!(last, "the" | "a" | "an"))
}

fn slice(text: &str, line: Line) -> &str {
    text.get(line.span.range()).unwrap_or_default()
}

fn starts_lower(text: &str, line: Line) -> bool {
    slice(text, line).chars().next().is_some_and(char::is_lowercase)
}

fn ends_with_stop(text: &str, line: Line) -> bool {
    slice(text, line).trim_end_matches(['”', '"', '’', '\'', ')', '»']).ends_with(['.', '?', '!', ':', '…'])
}

/// Whether a line starts a list item: `- `, `• `, `1. `, `(a) `.
pub(super) fn is_item(line: &str) -> bool {
    let Some((mark, _)) = line.split_once(is_space) else { return false };
    if matches!(mark, "-" | "*" | "+" | "•" | "·" | "◦" | "▪" | "■" | "●" | "–" | "—" | "o" | ">" | "➢" | "✓") {
        return true;
    }
    let Some(label) = mark.strip_suffix(['.', ')']) else { return false };
    let label = label.strip_prefix('(').unwrap_or(label);
    (1..=3).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit())
        || mark.ends_with(')') && label.len() <= 4 && !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether a line is a heading, an address or a rule whatever stands around it.
fn is_alone(line: &str) -> bool {
    let marks = line.bytes().take_while(|&byte| byte == b'#').count();
    ((1..=6).contains(&marks) && line.as_bytes().get(marks).is_some_and(u8::is_ascii_whitespace))
        || super::web::is_url(line)
        || !line.chars().any(char::is_alphanumeric)
}

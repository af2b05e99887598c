//! Text with quotations, cues, sources and names marked in place, wrapped for the terminal: in colours, or by signs where there are none.

use std::cmp::Reverse;

use anstyle::{AnsiColor, Effects, Style};
use sayso::{Analysis, QuoteKind, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::style::{DIM, styled};
use super::terminal::harmless;

/// Blue and cyan, not red and green: they can be told apart by everyone, and the signs of a plain page need no colour at all.
pub(super) const DIRECT: Style = AnsiColor::Blue.on_default();
pub(super) const INDIRECT: Style = AnsiColor::Cyan.on_default();
pub(super) const MIXED: Style = AnsiColor::Cyan.on_default().italic();
pub(super) const CUE: Style = AnsiColor::Magenta.on_default();
pub(super) const SOURCE: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const NAME: Style = Style::new().underline();

/// The colour of a quotation.
pub(super) fn of_kind(kind: QuoteKind) -> Style {
    match kind {
        QuoteKind::Direct => DIRECT,
        QuoteKind::Indirect => INDIRECT,
        QuoteKind::Mixed => MIXED,
    }
}

/// What a span of the text is. The later kind lies over the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// A piece of the quotation with this number, from 1.
    Content(usize, QuoteKind),
    Cue,
    Source,
    Name,
}

impl Mark {
    /// What stands before and after it where there are no colours.
    fn signs(self) -> (String, &'static str) {
        match self {
            Self::Content(number, _) => (format!("[{number} "), "]"),
            Self::Cue => ("*".to_owned(), "*"),
            Self::Source => ("<".to_owned(), ">"),
            Self::Name => ("_".to_owned(), "_"),
        }
    }
}

/// The marked spans of an article.
#[derive(Debug)]
pub(super) struct MarkedText<'a> {
    text: &'a str,
    /// Outer ones first.
    marks: Vec<(Span, Mark)>,
    has_colour: bool,
}

/// A piece of a word, or of the space between two, in one style.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    text: String,
    style: Style,
    /// Whether it is a sign of ours, at whose space no line ends.
    is_sign: bool,
}

impl<'a> MarkedText<'a> {
    pub(super) fn new(analysis: &'a Analysis, has_colour: bool) -> Self {
        let mut marks = Vec::new();
        for (number, quote) in (1..).zip(&analysis.quotes) {
            marks.extend(quote.content.iter().map(|&span| (span, Mark::Content(number, quote.kind))));
            marks.extend(quote.cue.map(|span| (span, Mark::Cue)));
            marks.extend(quote.source.map(|span| (span, Mark::Source)));
        }
        marks.extend(analysis.entities.iter().flat_map(|entity| &entity.mentions).map(|mention| (mention.span, Mark::Name)));
        marks.retain(|(span, _)| !span.is_empty());
        marks.sort_by_key(|&(span, mark)| (span.start(), Reverse(span.end()), mark));
        // A source that several cues share is one place.
        marks.dedup();
        Self { text: analysis.doc.text(), marks, has_colour }
    }

    /// The lines of a piece of the text, each at most `width` columns wide.
    pub(super) fn lines(&self, span: Span, base: Style, width: usize) -> Vec<String> {
        let mut lines = vec![Line::default()];
        for word in words(self.pieces(span, base)) {
            word.put(&mut lines, width);
        }
        lines.into_iter().map(|line| line.shown).filter(|line| !line.is_empty()).collect()
    }

    /// The text of a span in pieces of one style each, with signs at the borders of marks.
    fn pieces(&self, span: Span, base: Style) -> Vec<Piece> {
        let within: Vec<&(Span, Mark)> = self.marks.iter().filter(|(mark, _)| mark.overlaps(span)).collect();
        let mut borders: Vec<usize> = within.iter().flat_map(|(mark, _)| [mark.start(), mark.end()]).collect();
        borders.extend([span.start(), span.end()]);
        borders.retain(|at| (span.start()..=span.end()).contains(at));
        borders.sort_unstable();
        borders.dedup();
        let mut pieces = Vec::new();
        for (&start, &end) in borders.iter().zip(borders.iter().skip(1)) {
            self.signs(&mut pieces, &within, start);
            let over = within.iter().filter(|(mark, _)| mark.start() <= start && end <= mark.end());
            let style = over.fold(base, |style, (_, mark)| self.styled(style, *mark));
            pieces.push(Piece { text: self.text.get(start..end).unwrap_or_default().to_owned(), style, is_sign: false });
        }
        self.signs(&mut pieces, &within, span.end());
        pieces
    }

    /// A style with a mark's laid over it.
    fn styled(&self, style: Style, mark: Mark) -> Style {
        let over = match mark {
            _ if !self.has_colour => return style,
            Mark::Content(_, kind) => of_kind(kind),
            Mark::Cue => CUE,
            Mark::Source => SOURCE,
            Mark::Name => NAME,
        };
        let effects: Effects = style.get_effects() | over.get_effects();
        style.fg_color(over.get_fg_color().or(style.get_fg_color())).effects(effects)
    }

    /// The signs at a border: first those of marks that end, inner ones first, then those of marks that begin.
    fn signs(&self, pieces: &mut Vec<Piece>, within: &[&(Span, Mark)], at: usize) {
        if self.has_colour {
            for (span, mark) in within {
                if let (true, Mark::Content(number, _)) = (span.start() == at, mark) {
                    pieces.push(Piece { text: raised(*number), style: DIM, is_sign: true });
                }
            }
            return;
        }
        let sign = |text: String| Piece { text, style: Style::new(), is_sign: true };
        pieces.extend(within.iter().rev().filter(|(span, _)| span.end() == at).map(|(_, mark)| sign(mark.signs().1.to_owned())));
        pieces.extend(within.iter().filter(|(span, _)| span.start() == at).map(|(_, mark)| sign(mark.signs().0)));
    }
}

/// A number in small raised digits.
pub(super) fn raised(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().bytes().filter_map(|digit| DIGITS.get(usize::from(digit.wrapping_sub(b'0')))).collect()
}

/// A word with the space before it.
#[derive(Debug, Default)]
struct Word {
    space: Option<Style>,
    pieces: Vec<Piece>,
}

/// A line in the making.
#[derive(Debug, Default)]
struct Line {
    shown: String,
    width: usize,
}

/// Cuts pieces into words at white space.
fn words(pieces: Vec<Piece>) -> Vec<Word> {
    let mut words: Vec<Word> = vec![Word::default()];
    for piece in pieces {
        if piece.is_sign {
            if let Some(word) = words.last_mut() {
                word.pieces.push(piece);
            }
            continue;
        }
        for (at, part) in piece.text.split(|ch: char| ch.is_whitespace() || ch.is_control()).enumerate() {
            if at > 0 {
                words.push(Word { space: Some(piece.style), pieces: Vec::new() });
            }
            let text = harmless(part);
            if let (false, Some(word)) = (text.is_empty(), words.last_mut()) {
                word.pieces.push(Piece { text, ..piece.clone() });
            }
        }
    }
    words.retain(|word| !word.pieces.is_empty());
    words
}

impl Word {
    /// Puts the word into the last line, or on a new one where it does not fit; one that is wider than a line goes on in the next.
    fn put(self, lines: &mut Vec<Line>, width: usize) {
        let own: usize = self.pieces.iter().map(|piece| piece.text.width()).sum();
        let Some(line) = lines.last_mut() else { return };
        match self.space.filter(|_| line.width > 0) {
            Some(style) if line.width + 1 + own <= width => {
                line.shown.push_str(&spaced(style));
                line.width += 1;
            }
            Some(_) => lines.push(Line::default()),
            None => {}
        }
        for piece in self.pieces {
            let mut part = String::new();
            for ch in piece.text.chars() {
                let Some(line) = lines.last_mut() else { return };
                let cells = ch.width().unwrap_or(0);
                if line.width + cells > width && line.width > 0 {
                    line.shown.push_str(&styled(piece.style, &std::mem::take(&mut part)));
                    lines.push(Line { shown: String::new(), width: cells });
                } else {
                    line.width += cells;
                }
                part.push(ch);
            }
            if let Some(line) = lines.last_mut() {
                line.shown.push_str(&styled(piece.style, &part));
            }
        }
    }
}

/// A space in a style; no escape where nothing would be seen of it.
fn spaced(style: Style) -> String {
    if style.get_effects().contains(Effects::UNDERLINE) { styled(style, " ") } else { " ".to_owned() }
}

//! Where quotation marks open and close: curly, straight, single, guillemets, corner brackets, and two apostrophes for a double mark.
//!
//! Nothing here crosses a paragraph. A mark that is never closed reaches to the next opening mark or to its paragraph's end, and says
//! so ([`Marked::is_closed`]); an odd closing mark is ignored, so later pairs stay whole.

mod singles;

use crate::{Document, ParagraphKind, Segmentation, Span};

/// Marks nested deeper than this are read as ordinary signs.
const DEEPEST: usize = 8;

/// The family of a quotation mark; a mark is closed by one of its own family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarkStyle {
    /// `“ ”`, `„ “`, `" "`, `'' ''`: one family, because articles mix them.
    Double,
    /// `‘ ’` and `' '`.
    Single,
    /// `« »`, also turned round.
    Guillemet,
    /// `「 」`.
    Corner,
    /// `『 』`.
    WhiteCorner,
}

/// A stretch of text between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marked {
    /// With both marks.
    pub(crate) outer: Span,
    /// Without the marks.
    pub(crate) inner: Span,
    /// The family of its marks.
    pub(crate) style: MarkStyle,
    /// Whether the closing mark stands in the same paragraph.
    pub(crate) is_closed: bool,
    /// The nearest stretch around this one.
    pub(crate) parent: Option<usize>,
}

impl Marked {
    /// The opening mark.
    fn opening(&self) -> Span {
        Span::new(self.outer.start(), self.inner.start())
    }

    /// The closing mark.
    fn closing(&self) -> Option<Span> {
        self.is_closed.then(|| Span::new(self.inner.end(), self.outer.end()))
    }
}

/// All marked stretches of one text, by start; they nest and never cross.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    pairs: Vec<Marked>,
}

impl Marks {
    /// Finds the marked stretches of every paragraph.
    pub(crate) fn find(doc: &Document, seg: &Segmentation) -> Self {
        let mut pairs = Vec::new();
        for (at, paragraph) in seg.paragraphs.iter().enumerate() {
            let chars = Line::new(doc.text(), paragraph.span);
            let doubles = pair_doubles(&chars);
            let next = seg.paragraphs.get(at + 1).filter(|next| next.kind == ParagraphKind::Body);
            let is_carried = next.is_some_and(|next| doc.slice(next.span).starts_with(['‘', '\'']));
            let singles = singles::pair(&chars, &doubles, is_carried);
            pairs.extend(doubles);
            pairs.extend(singles);
        }
        pairs.sort_by_key(|pair: &Marked| (pair.outer.start(), usize::MAX - pair.outer.end()));
        let mut marks = Self { pairs };
        marks.set_parents();
        marks
    }

    /// All stretches, by start.
    pub(crate) fn all(&self) -> &[Marked] {
        &self.pairs
    }

    /// The smallest stretch whose marks stand around `span` or at its borders.
    pub(crate) fn around(&self, span: Span) -> Option<&Marked> {
        self.enclosing(span.start()).find(|pair| pair.outer.contains(span))
    }

    /// The stretches that hold byte `offset`, the smallest first.
    pub(crate) fn enclosing(&self, offset: usize) -> impl Iterator<Item = &Marked> {
        let last = self.pairs.partition_point(|pair| pair.outer.start() <= offset).checked_sub(1);
        std::iter::successors(last.and_then(|at| self.pairs.get(at)), |pair| pair.parent.and_then(|at| self.pairs.get(at)))
            .filter(move |pair| offset < pair.outer.end())
    }

    /// Whether `span` is a mark: one of a pair, or a double mark without its partner.
    pub(crate) fn is_mark(&self, doc: &Document, span: Span) -> bool {
        let in_pair = || self.enclosing(span.start()).any(|pair| pair.opening() == span || pair.closing() == Some(span));
        matches!(doc.slice(span), "“" | "”" | "\"") || in_pair()
    }

    /// Whether `offset` stands in a marked stretch, its marks included.
    pub(crate) fn is_inside(&self, offset: usize) -> bool {
        self.enclosing(offset).next().is_some()
    }

    /// The stretches that start in `span`, by start.
    pub(crate) fn starting_in(&self, span: Span) -> &[Marked] {
        let from = self.pairs.partition_point(|pair| pair.outer.start() < span.start());
        let to = self.pairs.partition_point(|pair| pair.outer.start() < span.end());
        self.pairs.get(from..to).unwrap_or_default()
    }

    /// The outermost stretch around byte `offset`.
    pub(crate) fn outermost(&self, offset: usize) -> Option<&Marked> {
        self.enclosing(offset).last()
    }

    fn set_parents(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for at in 0..self.pairs.len() {
            let Some(outer) = self.pairs.get(at).map(|pair| pair.outer) else { break };
            while open.last().and_then(|&last| self.pairs.get(last)).is_some_and(|last| !last.outer.contains(outer)) {
                open.pop();
            }
            let parent = open.last().copied();
            if let Some(pair) = self.pairs.get_mut(at) {
                pair.parent = parent;
            }
            open.push(at);
        }
    }
}

/// The characters of one paragraph with their byte offsets.
#[derive(Debug)]
struct Line {
    chars: Vec<(usize, char)>,
    end: usize,
}

impl Line {
    fn new(text: &str, span: Span) -> Self {
        let slice = text.get(span.range()).unwrap_or_default();
        Self { chars: slice.char_indices().map(|(at, ch)| (span.start() + at, ch)).collect(), end: span.start() + slice.len() }
    }

    fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at an index; `None` outside the paragraph.
    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|&(_, ch)| ch)
    }

    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.char(at))
    }

    /// The byte offset of a character; the paragraph's end beyond the last.
    fn offset(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.end, |&(offset, _)| offset)
    }

    /// `6’2”` or `5'10"`: the mark at `at` counts inches.
    fn is_inch(&self, at: usize) -> bool {
        let digits = (0..at).rev().take_while(|&before| self.char(before).is_some_and(|ch| ch.is_ascii_digit())).count();
        let Some(foot) = (at - digits).checked_sub(1) else { return false };
        digits > 0 && matches!(self.char(foot), Some('\'' | '’' | '′')) && self.before(foot).is_some_and(|ch| ch.is_ascii_digit())
    }
}

/// Whether a word can go on here.
fn is_word(ch: Option<char>) -> bool {
    ch.is_some_and(char::is_alphanumeric)
}

fn is_blank(ch: Option<char>) -> bool {
    ch.is_none_or(char::is_whitespace)
}

/// Whether an opening mark can stand right after `before`.
fn may_open_after(before: Option<char>) -> bool {
    is_blank(before) || before.is_some_and(|ch| "([{<>—–-/:“‘„«「『\"'".contains(ch))
}

/// Whether a closing mark can stand right before `after`.
fn may_close_before(after: Option<char>) -> bool {
    is_blank(after) || after.is_some_and(|ch| !ch.is_alphanumeric() && !"([{“‘„«「『$€£#@".contains(ch))
}

/// What a mark does where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Open,
    Close,
    Nothing,
}

/// A mark that waits for its partner.
#[derive(Debug, Clone, Copy)]
struct Opened {
    style: MarkStyle,
    mark: char,
    outer: usize,
    inner: usize,
}

/// Pairs every family but single marks with one stack.
fn pair_doubles(line: &Line) -> Vec<Marked> {
    let (mut pairs, mut stack, mut at) = (Vec::new(), Vec::<Opened>::new(), 0);
    while let Some(ch) = line.char(at) {
        let Some((style, width)) = mark_at(line, at) else {
            at += 1;
            continue;
        };
        let next = at + width;
        let (start, end) = (line.offset(at), line.offset(next));
        match act(line, at, width, ch, &stack) {
            Act::Open if stack.len() < DEEPEST => stack.push(Opened { style, mark: ch, outer: start, inner: end }),
            Act::Close => {
                let Some(place) = stack.iter().rposition(|opened| opened.style == style) else { break };
                for lost in stack.split_off(place + 1) {
                    pairs.push(unclosed(lost, start));
                }
                if let Some(opened) = stack.pop() {
                    let (outer, inner) = (Span::new(opened.outer, end), Span::new(opened.inner, start));
                    pairs.push(Marked { outer, inner, style, is_closed: true, parent: None });
                }
            }
            _ => {}
        }
        at = next;
    }
    pairs.extend(stack.into_iter().map(|opened| unclosed(opened, line.end)));
    cut_unclosed(&mut pairs);
    pairs
}

fn unclosed(opened: Opened, end: usize) -> Marked {
    let (outer, inner) = (Span::new(opened.outer, end), Span::new(opened.inner, end));
    Marked { outer, inner, style: opened.style, is_closed: false, parent: None }
}

/// Ends every unclosed stretch before the next opening mark.
fn cut_unclosed(pairs: &mut [Marked]) {
    pairs.sort_by_key(|pair| (pair.outer.start(), usize::MAX - pair.outer.end()));
    let mut next: Option<usize> = None;
    for pair in pairs.iter_mut().rev() {
        if let (false, Some(next)) = (pair.is_closed, next) {
            let end = pair.outer.end().min(next);
            pair.outer = Span::new(pair.outer.start(), end);
            pair.inner = Span::new(pair.inner.start(), end);
        }
        next = Some(pair.outer.start());
    }
}

/// The family and width in characters of the mark at `at`; single marks are none of these.
fn mark_at(line: &Line, at: usize) -> Option<(MarkStyle, usize)> {
    let ch = line.char(at)?;
    let twice = line.char(at + 1) == Some(ch) && line.char(at + 2) != Some(ch);
    match ch {
        '“' | '”' | '„' | '‟' | '"' | '＂' | '〝' | '〞' => Some((MarkStyle::Double, 1)),
        '\'' | '`' | '’' | '‘' | ',' if twice && ch != ',' && !(is_word(line.before(at)) && is_word(line.char(at + 2))) => {
            Some((MarkStyle::Double, 2))
        }
        '«' | '»' | '‹' | '›' => Some((MarkStyle::Guillemet, 1)),
        '「' | '」' => Some((MarkStyle::Corner, 1)),
        '『' | '』' => Some((MarkStyle::WhiteCorner, 1)),
        _ => None,
    }
}

fn act(line: &Line, at: usize, width: usize, ch: char, stack: &[Opened]) -> Act {
    let (before, after) = (line.before(at), line.char(at + width));
    let top = |style| stack.iter().rev().find(|opened| opened.style == style).map(|opened| opened.mark);
    match ch {
        '„' | '‟' | '〝' | '「' | '『' | '`' => Act::Open,
        '」' => closing(top(MarkStyle::Corner).is_some()),
        '』' => closing(top(MarkStyle::WhiteCorner).is_some()),
        '«' | '»' | '‹' | '›' => guillemet(ch, top(MarkStyle::Guillemet), before, after),
        '“' => match top(MarkStyle::Double) {
            Some('„') => Act::Close,
            // `… for all“ she said`: an opening mark typed where the closing one belongs
            Some(_) if !may_open_after(before) && may_close_before(after) => Act::Close,
            _ => Act::Open,
        },
        '”' | '〞' => match top(MarkStyle::Double) {
            _ if line.is_inch(at) => Act::Nothing,
            Some(_) => Act::Close,
            None if is_blank(before) && is_word(after) => Act::Open,
            None => Act::Nothing,
        },
        _ if line.is_inch(at) => Act::Nothing,
        _ if top(MarkStyle::Double).is_none() && is_blank(before) && is_blank(after) => {
            // `" Farmers wait , " she said`: tokenized text, in which every mark stands alone
            let is_apart = |later: usize| line.char(later) == Some(ch) && is_blank(line.before(later)) && is_blank(line.char(later + 1));
            if (at + 1..line.len()).any(is_apart) { Act::Open } else { Act::Nothing }
        }
        _ => straight(top(MarkStyle::Double).is_some(), before, after),
    }
}

fn closing(is_open: bool) -> Act {
    if is_open { Act::Close } else { Act::Nothing }
}

/// Straight marks look the same on both sides: white space decides, then whether one is open.
fn straight(is_open: bool, before: Option<char>, after: Option<char>) -> Act {
    let opens = may_open_after(before) && !is_blank(after);
    let closes = !is_blank(before) && may_close_before(after);
    match (opens, closes) {
        (true, false) => Act::Open,
        (false, true) => closing(is_open),
        _ if is_open => Act::Close,
        _ if is_blank(after) => Act::Nothing,
        _ => Act::Open,
    }
}

/// French marks point outwards (« »), German ones inwards (» «).
fn guillemet(ch: char, top: Option<char>, before: Option<char>, after: Option<char>) -> Act {
    let opens_left = matches!(ch, '«' | '‹');
    match top {
        Some(opened) if opened != ch => Act::Close,
        Some(_) if opens_left => Act::Open,
        None if opens_left || (may_open_after(before) && !is_blank(after)) => Act::Open,
        _ => Act::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;

    #[test]
    fn pairs_marks_of_every_family() {
        let cases: [(&str, &[&str]); 15] = [
            ("“one” and “two”", &["“one”", "“two”"]),
            ("\"one\" and \"two\"", &["\"one\"", "\"two\""]),
            ("“She said ‘no’ to it”", &["“She said ‘no’ to it”", "‘no’"]),
            ("“She said “no” to it”", &["“She said “no” to it”", "“no”"]),
            ("‘She said “no” to it’", &["‘She said “no” to it’", "“no”"]),
            ("‘The voters’ choice’ is ours, isn’t it", &["‘The voters’ choice’"]),
            ("The voters’ choice in the ’90s wasn’t 'em", &[]),
            ("'No way,' the islanders' mayor said", &["'No way,'"]),
            ("He is 6’2” tall and “proud”", &["“proud”"]),
            ("odd ” mark, then “two”", &["“two”"]),
            ("“open and then “two” more", &["“open and then ", "“two”"]),
            ("``one'' and ''two''", &["``one''", "''two''"]),
            ("«un» »zwei« „drei“ ‹vier›", &["«un»", "»zwei«", "„drei“", "‹vier›"]),
            ("他说「是『一』」", &["「是『一』」", "『一』"]),
            ("“open\n\n“two” three”", &["“open", "“two”"]),
        ];
        for (text, expected) in cases {
            let annotated = Annotated::new(text);
            let marks = Marks::find(&annotated.doc, &annotated.seg);
            let found: Vec<&str> = marks.all().iter().map(|pair| annotated.doc.slice(pair.outer)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}

//! Single quotation marks against apostrophes: `‘It is time,’ she said` opens one, *don’t*, *voters’* and *’90s* do not.

use super::{Line, MarkStyle, Marked, is_blank, is_word, may_close_before, may_open_after};
use crate::{Span, lexicon};

/// How many possible closing marks are looked at after one opening mark.
const LOOK: usize = 64;

/// The longest word that begins with an apostrophe, in characters.
const LONGEST_CLIPPED: usize = 12;

/// A character that could be a single mark.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    at: usize,
    opens: bool,
    closes: bool,
    region: Option<usize>,
}

/// Pairs single marks; both marks of a pair stand in the same stretch of `doubles`, which are sorted by start. `is_carried` says whether
/// the next paragraph opens with a single mark, so that one of this paragraph may stay open.
pub(super) fn pair(line: &Line, doubles: &[Marked], is_carried: bool) -> Vec<Marked> {
    let found = candidates(line, doubles);
    let (mut pairs, mut from) = (Vec::new(), 0);
    while let Some(open) = found.get(from).copied() {
        from += 1;
        if !open.opens {
            continue;
        }
        if let Some(close) = closing(line, &found, from, open, is_carried) {
            let Some(mark) = found.get(close) else { break };
            pairs.push(closed(line, open.at, mark.at));
            from = close + 1;
        } else if open.at == 0 && line.char(0) == Some('‘') || is_carried && is_led(line, open.at) && is_last(&found, from) {
            let around = open.region.and_then(|region| doubles.get(region));
            pairs.push(left_open(line, open.at, around));
        }
    }
    pairs
}

fn closed(line: &Line, open: usize, close: usize) -> Marked {
    let inner = Span::new(line.offset(open + 1), line.offset(close));
    let outer = Span::new(line.offset(open), line.offset(close + 1));
    Marked { outer, inner, style: MarkStyle::Single, is_closed: true, parent: None }
}

/// A stretch without its closing mark: it reaches to the end of the one around it, else of the paragraph.
fn left_open(line: &Line, open: usize, around: Option<&Marked>) -> Marked {
    let end = around.map_or(line.end, |around| around.inner.end());
    let (outer, inner) = (Span::new(line.offset(open), end), Span::new(line.offset(open + 1), end));
    Marked { outer, inner, style: MarkStyle::Single, is_closed: false, parent: None }
}

fn candidates(line: &Line, doubles: &[Marked]) -> Vec<Candidate> {
    let (mut found, mut around, mut next) = (Vec::new(), Vec::<usize>::new(), 0);
    for at in 0..line.len() {
        let Some(ch @ ('‘' | '’' | '‛' | '\'')) = line.char(at) else { continue };
        let (before, after) = (line.before(at), line.char(at + 1));
        let is_double = before == Some(ch) || after == Some(ch);
        if is_double || (is_word(before) && is_word(after)) {
            continue;
        }
        let opens = ch != '’' && may_open_after(before) && !is_blank(after) && !is_clipped(line, at + 1);
        let closes = ch != '‘' && !is_blank(before) && may_close_before(after);
        if opens || closes {
            let offset = line.offset(at);
            while let Some(pair) = doubles.get(next).filter(|pair| pair.inner.start() <= offset) {
                around.retain(|&at| doubles.get(at).is_some_and(|open| open.inner.end() > pair.inner.start()));
                around.push(next);
                next += 1;
            }
            around.retain(|&at| doubles.get(at).is_some_and(|open| open.inner.end() > offset));
            let region = around.last().copied();
            found.push(Candidate { at, opens, closes, region });
        }
    }
    found
}

/// Whether a mark at `at` opens where speech begins: at the head of the paragraph or behind a sentence, a comma or a colon.
fn is_led(line: &Line, at: usize) -> bool {
    let before = (0..at).rev().find_map(|before| line.char(before).filter(|ch| !ch.is_whitespace()));
    before.is_none_or(|ch| matches!(ch, '.' | '!' | '?' | '…' | ':' | ',' | ';' | '—' | '–' | '’' | '\'' | '”' | '"'))
}

/// Whether no later mark can only open.
fn is_last(found: &[Candidate], from: usize) -> bool {
    found.iter().skip(from).all(|candidate| candidate.closes || !candidate.opens)
}

/// `’90s`, `'em`, `'s-Hertogenbosch`, `'t Horn`: the apostrophe stands for what is left out.
fn is_clipped(line: &Line, at: usize) -> bool {
    let word: String = (at..line.len()).map_while(|at| line.char(at)).take_while(|ch| ch.is_alphanumeric()).take(LONGEST_CLIPPED).collect();
    let is_article = matches!(word.as_str(), "s" | "t" | "n" | "d" | "k" | "m") && matches!(line.char(at + 1), Some('-' | ' ' | '\u{a0}'));
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    (digits == 2 && matches!(word.get(2..), Some("" | "s"))) || is_article || lexicon::is_clipped(&word.to_lowercase())
}

/// The closing mark of an opening one: the first that no plural possessive explains, else the first one.
///
/// `‘the voters’ choice’`: *voters’* may be a possessive, so the mark after *choice* closes. A mark inside a sentence that meets one where
/// speech begins before any that closes is an apostrophe the vocabulary does not know.
fn closing(line: &Line, found: &[Candidate], from: usize, open: Candidate, is_carried: bool) -> Option<usize> {
    let mut first = None;
    for (place, candidate) in found.iter().enumerate().skip(from).take(LOOK) {
        if candidate.region != open.region {
            continue;
        }
        if candidate.opens && !candidate.closes && !is_led(line, open.at) && is_led(line, candidate.at) {
            return None;
        }
        if candidate.opens && !candidate.closes && first.is_some() {
            break;
        }
        if !candidate.closes {
            continue;
        }
        let possessive = matches!(line.before(candidate.at), Some('s' | 'S'))
            && line.char(candidate.at + 1).is_some_and(char::is_whitespace)
            && line.char(candidate.at + 2).is_some_and(char::is_lowercase);
        if !possessive {
            return Some(place);
        }
        first = first.or(Some(place));
    }
    first.filter(|_| !is_carried)
}

//! Single quotation marks against apostrophes: `‘It is time,’ she said` opens one, *don’t*, *voters’* and *’90s* do not.

use super::{Line, MarkStyle, Marked, is_blank, is_word, may_close_before, may_open_after};
use crate::{Span, lexicon};

/// How many possible closing marks are looked at after one opening mark.
const LOOK: usize = 64;

/// A character that could be a single mark.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    at: usize,
    opens: bool,
    closes: bool,
    region: Option<usize>,
}

/// Pairs single marks; both marks of a pair stand in the same stretch of `doubles`, which are sorted by start.
pub(super) fn pair(line: &Line, doubles: &[Marked]) -> Vec<Marked> {
    let found = candidates(line, doubles);
    let (mut pairs, mut from) = (Vec::new(), 0);
    while let Some(open) = found.get(from).copied() {
        from += 1;
        if !open.opens {
            continue;
        }
        if let Some(close) = closing(line, &found, from, open.region) {
            let Some(mark) = found.get(close) else { break };
            pairs.push(marked(line, open.at, Some(mark.at)));
            from = close + 1;
        } else if open.at == 0 && line.char(0) == Some('‘') {
            pairs.push(marked(line, open.at, None));
        }
    }
    pairs
}

fn marked(line: &Line, open: usize, close: Option<usize>) -> Marked {
    let end = line.offset(line.len());
    let inner = Span::new(line.offset(open + 1), close.map_or(end, |at| line.offset(at)));
    let outer = Span::new(line.offset(open), close.map_or(end, |at| line.offset(at + 1)));
    Marked { outer, inner, style: MarkStyle::Single, is_closed: close.is_some(), parent: None }
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

/// `’90s`, `'em`: the apostrophe stands for what is left out.
fn is_clipped(line: &Line, at: usize) -> bool {
    let word: String = (at..line.len()).map_while(|at| line.char(at)).take_while(|ch| ch.is_alphanumeric()).take(8).collect();
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    (digits == 2 && matches!(word.get(2..), Some("" | "s"))) || lexicon::is_clipped(&word.to_lowercase())
}

/// The closing mark of an opening one: the first that no plural possessive explains, else the first one.
///
/// `‘the voters’ choice’`: *voters’* may be a possessive, so the mark after *choice* closes.
fn closing(line: &Line, found: &[Candidate], from: usize, region: Option<usize>) -> Option<usize> {
    let mut first = None;
    for (place, candidate) in found.iter().enumerate().skip(from).take(LOOK) {
        if candidate.region != region {
            continue;
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
    first
}

//! Cuts text into tokens much as the Penn Treebank does, without changing a character of it.

use unicode_segmentation::UnicodeSegmentation;

use super::chars::{char_at, char_before, is_apostrophe, is_cjk, is_hyphen, is_space, is_word_char};
use super::web;
use crate::lexicon::{self, Abbreviation, abbreviation};
use crate::{Span, Token, TokenKind};

/// Appends the tokens of `span` to `tokens`: every character that is no space belongs to exactly one.
pub(super) fn tokenize(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let Some(text) = text.get(..span.end()) else { return };
    let mut at = span.start();
    while let Some(ch) = char_at(text, at) {
        if is_space(ch) {
            at += ch.len_utf8();
            continue;
        }
        let first = tokens.len();
        if let Some(end) = web::end_of_address(text, at) {
            tokens.push(Token { span: Span::new(at, end), kind: TokenKind::Word });
        } else if is_cjk(ch) {
            tokens.push(Token { span: Span::new(at, end_of_grapheme(text, at)), kind: TokenKind::Word });
        } else if starts_word(text, at, ch) {
            let floor = tokens.last().map_or(span.start(), |token| token.span.end()).max(span.start());
            push_word(text, Span::new(at, end_of_word(text, at)), floor, tokens);
        } else {
            tokens.push(Token { span: Span::new(at, end_of_mark(text, at, ch)), kind: TokenKind::Punctuation });
        }
        at = tokens.last().filter(|_| tokens.len() > first).map_or(at + ch.len_utf8(), |token| token.span.end());
    }
}

/// A word starts at a letter or digit; at an apostrophe that replaces letters (`’90s`, `'em`) or follows an abbreviation (`U.S.’s`); at the stop
/// of `.5`.
fn starts_word(text: &str, at: usize, ch: char) -> bool {
    if ch.is_alphanumeric() || ch == '_' {
        return true;
    }
    let next = char_at(text, at + ch.len_utf8());
    let is_apart = char_before(text, at).is_none_or(|before| !is_word_char(before));
    match ch {
        '.' => is_apart && char_before(text, at) != Some('.') && next.is_some_and(|next| next.is_ascii_digit()),
        _ if is_apostrophe(ch) && is_apart => {
            let rest = text.get(at + ch.len_utf8()..).unwrap_or_default();
            let word_len = rest.find(|ch: char| !ch.is_alphanumeric()).unwrap_or(rest.len());
            let word = rest.get(..word_len.min(8)).unwrap_or_default();
            let is_decade = word.len() == 3 && word.ends_with('s') && word.starts_with(|ch: char| ch.is_ascii_digit());
            // *the U.S.’s plan*: the full stop is the abbreviation's.
            let is_possessive = char_before(text, at) == Some('.') && word.eq_ignore_ascii_case("s");
            is_decade || is_possessive || lexicon::keeps_apostrophe(&word.to_lowercase())
        }
        _ => false,
    }
}

fn end_of_word(text: &str, start: usize) -> usize {
    let mut at = start + char_at(text, start).map_or(0, char::len_utf8);
    let mut piece = start;
    let mut is_numeric = char_at(text, start).is_some_and(|ch| ch.is_numeric() || ch == '.');
    while let Some(ch) = char_at(text, at) {
        let next = at + ch.len_utf8();
        if is_word_char(ch) {
            if is_cjk(ch) {
                break;
            }
            is_numeric &= ch.is_numeric();
        } else if !joins(text, piece, at, ch, is_numeric) {
            break;
        } else if ch == '.' {
            piece = next;
        }
        at = next;
    }
    at
}

/// Whether the mark `ch` at byte `at` stands inside a word whose piece since the last full stop starts at `piece`.
fn joins(text: &str, piece: usize, at: usize, ch: char, is_numeric: bool) -> bool {
    let (Some(before), Some(after)) = (char_before(text, at), char_at(text, at + ch.len_utf8())) else { return false };
    if is_cjk(before) || is_cjk(after) {
        return false;
    }
    match ch {
        '.' => joins_stop(text, piece, at, before, after),
        ',' | ':' | '/' => is_numeric && before.is_numeric() && after.is_numeric(),
        '&' => before.is_uppercase() && after.is_uppercase(),
        _ if is_apostrophe(ch) || ch == '‘' => is_word_char(before) && after.is_alphabetic(),
        _ if is_hyphen(ch) => is_word_char(before) && after.is_alphanumeric(),
        _ => false,
    }
}

/// Joins `3.5`, `U.S`, `a.m`, `Ph.D` and `example.org`, but neither `end.Next` nor `J.Doe`.
fn joins_stop(text: &str, piece: usize, at: usize, before: char, after: char) -> bool {
    if before.is_numeric() && after.is_numeric() {
        return true;
    }
    if before.is_alphanumeric() && after.is_ascii_digit() {
        return is_lineage(text, piece, at);
    }
    if !before.is_alphanumeric() || !after.is_alphabetic() {
        return false;
    }
    let head = text.get(piece..at).unwrap_or_default();
    let rest = text.get(at + 1..).unwrap_or_default();
    let tail_len = rest.find(|ch: char| !ch.is_alphanumeric()).unwrap_or(rest.len()).min(16);
    let tail = rest.get(..tail_len).unwrap_or_default();
    let is_letter = |word: &str| word.chars().nth(1).is_none();
    if is_letter(head) && before.is_alphabetic() {
        return is_letter(tail) || tail.chars().all(char::is_uppercase) && tail.len() < 4;
    }
    matches!((head, tail), ("Ph", "D" | "Ds")) || lexicon::is_domain_ending(tail)
}

/// Whether the stop at byte `at` stands in the name of a kind: `B.1.1.7`, `BA.2.86`, not before the number of a note: `in the EU.4 Then`.
fn is_lineage(text: &str, piece: usize, at: usize) -> bool {
    let head = text.get(piece..at).unwrap_or_default();
    let is_short = head.len() <= 4 && head.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let rest = text.get(at + 1..).unwrap_or_default();
    let behind = rest.trim_start_matches(|ch: char| ch.is_ascii_digit());
    let ends_sentence = behind.trim_start_matches(is_space).starts_with(char::is_uppercase) && behind.starts_with(is_space);
    is_short && head.starts_with(|ch: char| ch.is_ascii_uppercase()) && (!ends_sentence || head.len() == 1)
}

/// Pushes one word, its clitic apart, with the full stop that belongs to an abbreviation.
fn push_word(text: &str, span: Span, floor: usize, tokens: &mut Vec<Token>) {
    let word = text.get(span.range()).unwrap_or_default();
    if takes_stop(text, span, floor) {
        tokens.push(Token { span: Span::new(span.start(), span.end() + 1), kind: TokenKind::Word });
        return;
    }
    let split = span.start() + clitic_start(word).unwrap_or(word.len());
    for part in [Span::new(span.start(), split), Span::new(split, span.end())] {
        if !part.is_empty() {
            let kind = kind_of(text.get(part.range()).unwrap_or_default());
            tokens.push(Token { span: part, kind });
        }
    }
}

fn kind_of(word: &str) -> TokenKind {
    let is_number = word.chars().any(char::is_numeric) && !word.chars().any(|ch| ch.is_alphabetic() || ch == '_');
    if is_number { TokenKind::Number } else { TokenKind::Word }
}

/// Whether the full stop after the word at `span` is part of it; nothing before byte `floor` is looked at.
fn takes_stop(text: &str, span: Span, floor: usize) -> bool {
    if char_at(text, span.end()) != Some('.') || matches!(char_at(text, span.end() + 1), Some('.' | '…')) {
        return false;
    }
    let word = text.get(span.range()).unwrap_or_default();
    let last_part = word.rsplit(is_hyphen).next().unwrap_or(word);
    let rest = text.get(span.end() + 1..).unwrap_or_default();
    let next = rest.trim_start_matches(is_space);
    let next_char = next.chars().next();
    match abbreviation(word).or_else(|| abbreviation(last_part)) {
        None => false,
        Some(Abbreviation::BeforeNumber) => next_char.is_some_and(|ch| ch.is_numeric() || ch == '#'),
        Some(Abbreviation::Region) => {
            let before = text.get(floor.saturating_sub(1)..span.start()).unwrap_or_default();
            // A state named in passing: `a clinic in Wash. state`.
            let is_inside = rest.starts_with(' ') && next_char.is_some_and(char::is_lowercase);
            is_inside || last_part.len() < word.len() || before.contains([',', '(', '/'])
        }
        Some(Abbreviation::Title | Abbreviation::Inner) => next_char.is_some() && !rest.starts_with(['”', '"', '»', '?', '!']),
        Some(Abbreviation::Date) => next_char.is_some_and(|ch| ch.is_numeric() || ch.is_lowercase() || matches!(ch, ',' | '-' | '–')),
        Some(Abbreviation::Initial) => {
            let next_word = next.split(|ch: char| !ch.is_alphanumeric()).next().unwrap_or_default();
            let is_second = text.get(floor.saturating_sub(1)..floor) == Some(".");
            next_char.is_some_and(|ch| {
                ch.is_uppercase() || matches!(ch, ',' | '-') || (ch.is_lowercase() && word != "I") || (is_second && ch.is_numeric())
            }) && (next_word.chars().nth(1).is_none() || !lexicon::starts_sentences(next_word))
        }
        Some(_) => true,
    }
}

/// Where the clitic of `word` starts: `do|n't`, `company|’s`, `we|'ll`.
pub(crate) fn clitic_start(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(3).find(|&(_, ch)| is_apostrophe(ch))?;
    let tail = word.get(at + mark.len_utf8()..)?;
    if tail.eq_ignore_ascii_case("t") {
        let start = at.checked_sub(1)?;
        return word.get(start..at).filter(|&letter| letter.eq_ignore_ascii_case("n") && start > 0).map(|_| start);
    }
    (at > 0 && ["s", "re", "ll", "ve", "d", "m"].iter().any(|clitic| tail.eq_ignore_ascii_case(clitic))).then_some(at)
}

/// The end of a punctuation mark: one grapheme, or a whole ellipsis, dash or pair of quotation ticks.
fn end_of_mark(text: &str, at: usize, ch: char) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let run = |is_part: fn(char) -> bool| rest.find(|ch| !is_part(ch)).unwrap_or(rest.len());
    let len = match ch {
        '.' | '…' => run(|ch| matches!(ch, '.' | '…')),
        '-' => run(|ch| ch == '-'),
        '–' => run(|ch| ch == '–'),
        '—' => run(|ch| ch == '—'),
        '\'' if rest.starts_with("''") => 2,
        '`' if rest.starts_with("``") => 2,
        _ => end_of_grapheme(text, at) - at,
    };
    at + len
}

fn end_of_grapheme(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let grapheme = rest.graphemes(true).next().unwrap_or_default();
    at + grapheme.find(is_space).filter(|&len| len > 0).unwrap_or(grapheme.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, text.len()), &mut tokens);
        tokens.iter().map(|token| text.get(token.span.range()).unwrap()).collect()
    }

    #[test]
    fn cuts_words_marks_and_clitics() {
        for (text, expected) in [
            ("He didn't go.", "He|did|n't|go|."),
            ("We’ll see the company’s co-founders", "We|’ll|see|the|company|’s|co-founders"),
            ("the workers' union", "the|workers|'|union"),
            ("I'd say they're can't", "I|'d|say|they|'re|ca|n't"),
            ("O’Neil o'clock", "O’Neil|o'clock"),
            ("the U.S.’s plan, D.C.'s.", "the|U.S.|’s|plan|,|D.C.|'s|."),
            ("U.S. Gov. Ann J. Lee, D-Calif., at 9 a.m. on Jan. 5", "U.S.|Gov.|Ann|J.|Lee|,|D-Calif.|,|at|9|a.m.|on|Jan.|5"),
            ("So did I. It rained.", "So|did|I|.|It|rained|."),
            ("No. 5 is not No. Then", "No.|5|is|not|No|.|Then"),
            ("$1,200.5 or 10.5%", "$|1,200.5|or|10.5|%"),
            ("3–4 years — maybe -- yes...", "3|–|4|years|—|maybe|--|yes|..."),
            ("``Well'' (he said)…", "``|Well|''|(|he|said|)|…"),
            ("See https://example.org/a_(b), or mail a.b@example.org.", "See|https://example.org/a_(b)|,|or|mail|a.b@example.org|."),
            ("@jane_doe likes #Budget2024!", "@jane_doe|likes|#Budget2024|!"),
            ("习近平 said", "习|近|平|said"),
            ("the end.Next one", "the|end|.|Next|one"),
            ("B.1.1.7, XBB.1.5 and BA.2 in the EU.4 Then", "B.1.1.7|,|XBB.1.5|and|BA.2|in|the|EU|.|4|Then"),
            ("Ph.D. and example.com and J.Doe", "Ph.D.|and|example.com|and|J.|Doe"),
            ("AT&T’s Q&A in the ’90s", "AT&T|’s|Q&A|in|the|’90s"),
            ("e\u{301}tat", "e\u{301}tat"),
            ("“Why?!”", "“|Why|?|!|”"),
        ] {
            assert_eq!(words(text).join("|"), expected);
        }
    }

    #[test]
    fn numbers_are_numbers() {
        let text = "1,200.5 5pm";
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, text.len()), &mut tokens);
        assert_eq!(tokens.iter().map(|token| token.kind).collect::<Vec<_>>(), [TokenKind::Number, TokenKind::Word]);
    }
}

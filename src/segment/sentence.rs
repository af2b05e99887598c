//! Finds where sentences end among the tokens of one paragraph.
//!
//! Rules, no model: a terminal mark with the closing marks attached to it ends a sentence unless what follows says otherwise,
//! as in `“Is it?” he asked.`, `the U.S. Senate` or `wait ... and see`.

use std::ops::Range;

use super::web;
use crate::lexicon::{self, Abbreviation, abbreviation};
use crate::{Token, TokenKind};

/// Splits the tokens of one paragraph: the ranges tile `tokens` and are counted from its first one.
pub(super) fn split(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let splitter = Splitter { text, tokens };
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let end = splitter.end_of_sentence(start, at).or_else(|| splitter.end_before_break(at));
        at = end.unwrap_or(at + 1).max(at + 1);
        if end.is_some() {
            sentences.push(start..at);
            start = at;
        }
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

/// The longest clause, in tokens, that names the speaker after a question or exclamation mark.
const LONGEST_TAG: usize = 12;

/// How many words beside those of names may stand in it before its verb.
const LONGEST_GAP: usize = 3;

/// What may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Full,
    Exclamation,
    Ellipsis,
    Wide,
    Abbreviated(Abbreviation),
}

/// What stands after a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Lower,
    Capital,
    Number,
    Inner,
    Other,
}

#[derive(Debug, Clone, Copy)]
struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Splitter<'a> {
    fn word(self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|token| self.text.get(token.span.range())).unwrap_or_default()
    }

    fn is_attached(self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.tokens.get(before)) else { return false };
        self.tokens.get(at).is_some_and(|token| token.span.start() == before.span.end())
    }

    fn stop(self, at: usize) -> Option<Stop> {
        let token = self.tokens.get(at)?;
        let word = self.word(at);
        if token.kind == TokenKind::Punctuation {
            return match word {
                "." => Some(Stop::Full),
                "?" | "!" | "‽" | "⁇" | "⁈" | "⁉" | "‼" | "؟" => Some(Stop::Exclamation),
                "。" | "！" | "？" | "｡" | "।" => Some(Stop::Wide),
                _ => (word.starts_with('…') || word.starts_with("..")).then_some(Stop::Ellipsis),
            };
        }
        let stem = word.strip_suffix('.')?;
        let last_part = stem.rsplit('-').next().unwrap_or(stem);
        Some(Stop::Abbreviated(abbreviation(stem).or_else(|| abbreviation(last_part)).unwrap_or(Abbreviation::Acronym)))
    }

    /// The end of what stands before a rule of dashes or between two web addresses.
    fn end_before_break(self, at: usize) -> Option<usize> {
        let is_rule = |word: &str| word.len() > 4 && word.bytes().all(|byte| byte == b'-');
        let (word, next) = (self.word(at), self.word(at + 1));
        let is_picture_credit =
            next.starts_with(char::is_uppercase) && lexicon::is_picture(&next.to_lowercase()) && self.word(at + 2) == ":";
        let is_break = is_rule(word) || is_rule(next) || (web::is_url(word) && web::is_url(next)) || is_picture_credit;
        (is_break && !self.is_attached(at + 1)).then_some(at + 1)
    }

    /// The end of the sentence that starts at token `start`, if the stop at token `at` ends it.
    fn end_of_sentence(self, start: usize, at: usize) -> Option<usize> {
        let mut stop = self.stop(at)?;
        let mut end = at + 1;
        let mut is_quoted = false;
        while end < self.tokens.len() {
            let word = self.word(end);
            if let Some(further) = self.stop(end).filter(|_| self.tokens.get(end).is_some_and(|token| token.kind == TokenKind::Punctuation))
            {
                let is_part = self.is_attached(end) || matches!(further, Stop::Full | Stop::Exclamation | Stop::Wide);
                if !is_part {
                    break;
                }
                stop = if further == Stop::Full && stop == Stop::Exclamation { stop } else { further };
            } else if self.is_closing(end, word) {
                is_quoted |= !matches!(word, ")" | "]");
            } else if let Some(after) = self.end_of_note(end) {
                end = after;
                continue;
            } else {
                break;
            }
            end += 1;
        }
        (end == self.tokens.len() || self.ends(start, at, end, stop, is_quoted)).then_some(end)
    }

    /// Whether the mark at `at`, after a stop, closes a quotation or bracket.
    fn is_closing(self, at: usize, word: &str) -> bool {
        match word {
            "”" | "’" | "»" | "」" | "』" | "›" | ")" | "]" | "）" => true,
            "\"" | "'" | "''" if !self.is_attached(at) => !self.is_attached(at + 1),
            "\"" | "'" | "''" => !(self.is_attached(at + 1) && self.next_class(at + 1) == Next::Capital),
            _ => false,
        }
    }

    /// The token after a note in brackets, or its bare number: `… ended. [12] Then`, `… ended. [sic]`, `… ended.4 Then`.
    fn end_of_note(self, at: usize) -> Option<usize> {
        let is_number = |at: usize| self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number && token.span.len() <= 3);
        if is_number(at) && self.is_attached(at) {
            return (!self.is_attached(at + 1) && self.next_word(at + 1).0 == Next::Capital).then_some(at + 1);
        }
        if self.word(at) != "[" {
            return None;
        }
        let close = (at + 1..self.tokens.len()).take(6).find(|&at| self.word(at) == "]")?;
        let is_note = (at + 1..close).all(|at| self.word(at).starts_with(|ch: char| ch.is_lowercase() || ch.is_numeric() || ch == ','));
        (is_note && close > at + 1).then_some(close + 1)
    }

    fn next_class(self, at: usize) -> Next {
        let word = self.word(at);
        let Some(first) = word.chars().next() else { return Next::Other };
        if first.is_lowercase() {
            Next::Lower
        } else if first.is_alphabetic() {
            Next::Capital
        } else if first.is_numeric() {
            Next::Number
        } else if matches!(first, ',' | ';' | ':' | '/' | '%' | '&' | '=' | '+') {
            Next::Inner
        } else {
            Next::Other
        }
    }

    /// The class of the first word at or after `at` behind opening marks, and whether there was such a mark.
    fn next_word(self, at: usize) -> (Next, bool, usize) {
        let is_opening = |word: &str| matches!(word, "“" | "\"" | "‘" | "'" | "(" | "[" | "«" | "‹" | "``" | "„" | "「" | "『" | "¿" | "¡");
        let opened = (at..self.tokens.len()).take(3).take_while(|&at| is_opening(self.word(at))).count();
        (self.next_class(at + opened), opened > 0, at + opened)
    }

    fn ends(self, start: usize, at: usize, next: usize, stop: Stop, is_quoted: bool) -> bool {
        let (class, is_opened, word) = self.next_word(next);
        if stop == Stop::Wide {
            return class != Next::Inner && !(is_quoted && self.is_attached(next));
        }
        if class == Next::Inner || (self.is_attached(next) && (stop == Stop::Ellipsis || !self.is_run_on(at, next, class))) {
            return false;
        }
        if matches!(self.word(next), "—" | "–" | "-" | "--") {
            return stop == Stop::Full && self.next_class(next + 1) != Next::Lower && !is_quoted;
        }
        match stop {
            Stop::Full => self.full_stop_ends(start, at, class, is_quoted, is_opened),
            Stop::Exclamation if is_quoted => is_opened || (class != Next::Lower && !self.is_reporting_clause(word)),
            Stop::Exclamation | Stop::Ellipsis if web::is_url(self.word(next)) => true,
            Stop::Exclamation if class == Next::Number && is_opened => false,
            Stop::Exclamation => class != Next::Lower || is_opened || next > at + 1 || self.word(next) == "i",
            Stop::Ellipsis => matches!(class, Next::Capital) || is_opened,
            Stop::Abbreviated(kind) => self.abbreviation_ends((kind, at), class, word, is_quoted || next > at + 1, is_opened),
            Stop::Wide => true,
        }
    }

    /// A sentence without a space after it: `the end.Next one`.
    fn is_run_on(self, at: usize, next: usize, class: Next) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        let is_stop = self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Punctuation);
        is_stop && class == Next::Capital && (next > at + 1 || before.chars().next_back().is_some_and(char::is_lowercase))
    }

    fn full_stop_ends(self, start: usize, at: usize, class: Next, is_quoted: bool, is_opened: bool) -> bool {
        if self.is_list_mark(start, at) {
            return false;
        }
        match class {
            Next::Lower => is_opened || !is_quoted,
            _ => true,
        }
    }

    /// Whether the stop at token `at` belongs to the number of a list item or section: `2. First`, `* 3.1. Then`.
    fn is_list_mark(self, start: usize, at: usize) -> bool {
        let first = self.word(start);
        let label = match at - start {
            1 => first,
            2 if !first.chars().any(char::is_alphanumeric) => self.word(start + 1),
            _ => return false,
        };
        let is_number =
            label.len() <= 6 && label.chars().all(|ch| ch.is_numeric() || ch == '.') && (label.len() < 4 || label.contains('.'));
        is_number || label.chars().nth(1).is_none()
    }

    fn abbreviation_ends(self, (kind, at): (Abbreviation, usize), class: Next, word: usize, is_closed: bool, is_opened: bool) -> bool {
        if class == Next::Lower && !is_opened {
            return false;
        }
        if is_closed {
            return class == Next::Capital || is_opened;
        }
        let is_starter = class == Next::Capital && self.is_starter(word);
        match kind {
            Abbreviation::Title if self.is_street(at) => is_starter,
            Abbreviation::Title | Abbreviation::Inner | Abbreviation::BeforeNumber | Abbreviation::Date => false,
            Abbreviation::Initial => (is_starter || self.is_named_by_letter(at)) && self.word(word).len() > 1,
            Abbreviation::Final => class == Next::Capital && !lexicon::follows_time(self.word(word)),
            Abbreviation::Region | Abbreviation::AfterName | Abbreviation::Acronym => {
                is_starter || (is_opened && class == Next::Capital && self.word(word.saturating_sub(1)) != "(")
            }
        }
    }

    /// Whether the capital of the word at token `at` is that of a sentence: `the U.S. He left`, `the U.S. Officials said`, `the U.S. Mr. Lee`.
    fn is_starter(self, at: usize) -> bool {
        let word = self.word(at);
        lexicon::starts_sentences(word.trim_end_matches('.')) || self.is_plural_noun_with_verb(at)
    }

    /// Whether several people or bodies, who are named by no name, do something: `Officials said`, `Investors sold`, not `Marines landed`.
    fn is_plural_noun_with_verb(self, at: usize) -> bool {
        let (word, next) = (self.word(at), self.word(at + 1));
        let is_capitalised = word.chars().skip(1).all(char::is_lowercase);
        let is_verb = next.chars().all(char::is_lowercase) && !next.is_empty() && !lexicon::is_preposition(next);
        is_capitalised && is_verb && lexicon::is_plural_of_kind(&word.to_lowercase())
    }

    /// Whether the abbreviation at token `at` is a street's, behind its name: `on Mary St. Drivers must turn`.
    fn is_street(self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        self.word(at) == "St." && before.starts_with(char::is_uppercase) && !before.ends_with('.')
    }

    /// Whether the capital letter at token `at` names the thing before it, so that its full stop is no initial's: `Schedule B. Firms`.
    fn is_named_by_letter(self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| lexicon::is_named_by_letter(&self.word(before).to_lowercase()))
    }

    /// Whether a clause such as `Ann Lee asked`, `Deputy Mayor Ann Lee shouted` or `Ann Lee, the mayor, asked` starts at token `at`.
    fn is_reporting_clause(self, at: usize) -> bool {
        let mut end = at;
        let mut plain = 0;
        while end < at + LONGEST_TAG {
            let word = self.word(end);
            if self.tokens.get(end).is_none_or(|token| token.kind != TokenKind::Word) {
                break;
            }
            if lexicon::reports_after_mark(word) {
                return true;
            }
            // Words of a name or title count for nothing: `Ann Lee of the Vik Harbour Board asked`.
            plain += usize::from(!(word.starts_with(char::is_uppercase) || lexicon::is_passed_over(word)));
            if plain > LONGEST_GAP {
                return false;
            }
            end += 1;
        }
        // What is said of the speaker stands between two commas, right before the verb.
        let Some(close) = (end + 1..end + LONGEST_TAG).find(|&at| self.word(at) == ",").filter(|_| self.word(end) == "," && plain == 0)
        else {
            return false;
        };
        end > at && (end..close).all(|at| self.stop(at).is_none()) && lexicon::reports_after_mark(self.word(close + 1))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Segmenter};

    /// Sentences parted by ` | `.
    fn sentences(text: &str) -> String {
        let doc = Document::from_text(text);
        let seg = Segmenter::new().segment(&doc);
        seg.sentences.iter().map(|sent| doc.slice(sent.span)).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn splits_where_sentences_end() {
        for marked in [
            "Rates rose. | Wages fell! | Why?",
            "Gov. Ann J. Lee met the U.S. envoy at 9 a.m. on Friday. | Nobody spoke.",
            "They live in the U.S. | He does not.",
            "Rents fell in the U.S. | Lenders were glad. | The U.S. Marines landed. | They met U.S. Officials in May.",
            "It was sold to Orr Bros. | Shareholders got nothing. | Orr Bros. Coffee is no more.",
            "He left the U.S. | Mr. Lee stayed. | He met U.S. Sen. Lee.",
            "It ends at Mary St. | Drivers must turn. | St. Mary is far.",
            "It is in Annex C. | Firms must sign it. | Ann C. Waters did.",
            "He runs a mill in Wash. state. | It is old.",
            "It closed at 5 p.m. | Shops stayed open.",
            "It starts at 5 p.m. Eastern on Sept. 3.",
            "Acme Inc. shares rose 3.5 percent. | Acme Inc. | The end.",
            "Ores, coal, etc. were sold. | Tin, zinc, etc. | Copper was not.",
            "She saw No. 5 and Fig. 2 vs. Fig. 3. | No. | It ended.",
            "Sen. Bo Hall, D-Calif., left. | Rep. Lu (R-Fla.) stayed.",
            "See p. 12, i.e. the last one. | Then stop.",
            "Plan B. | It failed.",
            "Wait ... and see. | He paused… | Then he left.",
            "1. Open the door. | 2. Close it.",
            "It grew to 4 percent.[12] | Then it fell. [3] | It rose.4 | It stopped.",
            "She ( at www.example.org ) wrote. | Visit https://example.org/a?b=c. | Then go.",
            "A crowd at the gate | Image: Example Agency.",
        ] {
            assert_eq!(sentences(&marked.replace(" | ", " ")), marked);
        }
    }

    #[test]
    fn splits_where_no_space_stands() {
        assert_eq!(sentences("It is the end.Next came spring."), "It is the end. | Next came spring.");
        assert_eq!(sentences("经济增长。“可以。”他说。再见！"), "经济增长。 | “可以。”他说。 | 再见！");
    }

    #[test]
    fn keeps_a_quotation_with_its_clause() {
        for marked in [
            "“Is it late?” he asked. | Nobody knew.",
            "“Is it late?” Ann Lee asked.",
            "\"Is it late?\" Deputy Harbour Commissioner Ann Lee asked.",
            "“Go home!” Ann Lee of the Vik Harbour Board shouted over the noise.",
            "“Is it late?” Ann Lee, a teacher of 41, asked.",
            "“Is it late?” | Ann Lee, a teacher, left the room in a hurry.",
            "“Is it late?” | The bank on the other side of the road closed, and nobody asked.",
            "“Go!” said Lee. | “Stay.” | “No.”",
            "“It is over,” she said. | “We won.” | Lee left.",
            "\"It is over.\" | Lee left. | \"Why?\" she wondered.",
            "‘We tried.’ | He sighed. | «C’est fini.» | Elle part.",
            "(He had left.) | She stayed (he did not). | All slept.",
            "He called it “a day.” | Then he left.",
            "“Never... ” he began.",
            "He yelled \"stop!\" | Then he ran.",
        ] {
            assert_eq!(sentences(&marked.replace(" | ", " ")), marked);
        }
    }
}

//! Who speaks in a dialogue without tags: its lines alternate, and in an interview the answers are those of the one interviewed.
//!
//! ```text
//! “Did you call?” Lima asked. ⏎ “No.”                    not Lima
//! Five questions for Ana Lima … Q: Will it run? A: Yes.    Lima
//! ```

use std::collections::BTreeMap;
use std::ops::Range;

use super::borrowed::{Borrowed, Borrowing, own_self};
use crate::speakers::referents::{Mention, Referents};
use crate::speakers::word_view::Words;
use crate::{Quote, QuoteKind, Span};

/// Quotations back that the other speaker of a dialogue is looked for in.
const REACH: usize = 4;
/// Fewer questions make no interview.
const FEWEST_QUESTIONS: usize = 2;
/// The longest question of an interviewer, in words.
const LONGEST_QUESTION: usize = 40;

/// A line that is all of its paragraph, without a source, behind such a line or a tagged one: the other one of the two speaks, where one of
/// the lines asks, or they have alternated so far.
pub(super) fn alternates(borrowing: &Borrowing<'_>, quote: usize) -> Option<Borrowed> {
    let Borrowing { words, quotes, speakers, .. } = *borrowing;
    let own = quotes.get(quote).filter(|own| own.source.is_none() && own.cue.is_none() && fills(words, own))?;
    let before = quote.checked_sub(1)?;
    let last = quotes.get(before).filter(|last| last.kind == QuoteKind::Direct && follows(words, last, own))?;
    let speaker = speakers.get(before).copied().flatten()?;
    let earlier = |at: usize| speakers.get(at).copied().flatten().filter(|&other| other != speaker);
    let other = (before.saturating_sub(REACH)..before).rev().find_map(earlier);
    let is_line = last.source.is_none() && last.cue.is_none() && fills(words, last);
    let has_changed = is_line && before.checked_sub(1).and_then(|at| speakers.get(at)).copied().flatten() == other && other.is_some();
    if !(asks(words, last) || asks(words, own) || has_changed) {
        return None;
    }
    let start = words.paragraph_range(words.within(*last.content.first()?).start).start;
    let referent = other.or_else(|| other_of_scene(borrowing, start, speaker))?;
    Some(Borrowed { referent, words: None })
}

/// The second of the two persons whom the paragraph before the dialogue names.
fn other_of_scene(borrowing: &Borrowing<'_>, start: usize, speaker: usize) -> Option<usize> {
    let Borrowing { words, referents, .. } = *borrowing;
    let scene = words.paragraph_range(start.checked_sub(1)?);
    let mut persons: Vec<usize> = scene.filter_map(|at| referents.person_at(at)).map(|person| person.referent).collect();
    persons.sort_unstable();
    persons.dedup();
    match persons[..] {
        [a, b] if a == speaker => Some(b),
        [a, b] if b == speaker => Some(a),
        _ => None,
    }
}

/// Whether a quotation is all of its paragraph.
fn fills(words: &Words<'_>, quote: &Quote) -> bool {
    let [content] = quote.content[..] else { return false };
    let range = words.within(content);
    let paragraph = words.paragraph_range(range.start);
    quote.kind == QuoteKind::Direct && paragraph.clone().all(|at| range.contains(&at) || words.is_punctuation(at))
}

/// Whether a quotation stands in the paragraph behind another one's.
fn follows(words: &Words<'_>, last: &Quote, own: &Quote) -> bool {
    let paragraph = |span: Option<&Span>| span.map(|span| words.paragraph(words.within(*span).start));
    paragraph(last.content.last()).is_some_and(|before| paragraph(own.content.first()) == before.checked_add(1))
}

fn asks(words: &Words<'_>, quote: &Quote) -> bool {
    let Some(range) = quote.content.last().map(|content| words.within(*content)) else { return false };
    range.rev().take(3).find(|&at| !matches!(words.text(at), "”" | "\"" | "’" | "'" | "»")).is_some_and(|at| words.text(at) == "?")
}

/// Who is interviewed, where the article asks and answers: the one person of the title, else the first one of the first paragraph that
/// names anybody.
pub(in crate::speakers) fn interviewed<'r>(
    words: &Words<'_>,
    referents: &'r Referents,
    title: Option<&Range<usize>>,
    sources: &BTreeMap<usize, Range<usize>>,
) -> Option<&'r Mention> {
    let is_answered = sources.values().any(|source| is_answer(words, source));
    if !is_answered && questions(words) < FEWEST_QUESTIONS {
        return None;
    }
    let mut named: Vec<&Mention> = title.into_iter().cloned().flatten().filter_map(|at| referents.person_at(at)).collect();
    named.dedup_by_key(|person| person.referent);
    match named[..] {
        [only] => Some(only),
        [] => (0..words.len()).find_map(|at| referents.person_at(at)),
        _ => None,
    }
}

/// Whether a source is the letter of an answer: `A:`, `A.`, `Answer:`.
pub(in crate::speakers) fn is_answer(words: &Words<'_>, source: &Range<usize>) -> bool {
    let letters: Vec<usize> = source.clone().filter(|&at| !words.is_punctuation(at)).collect();
    let [at] = letters[..] else { return false };
    matches!(words.text(at), "A" | "A." | "ANSWER" | "Answer") && words.paragraph_range(at).start == at
}

/// Paragraphs outside quotation marks that are one question.
fn questions(words: &Words<'_>) -> usize {
    let (mut count, mut start) = (0, 0);
    while start < words.len() {
        let paragraph = words.paragraph_range(start);
        count += usize::from(is_question(words, &paragraph));
        start = paragraph.end.max(start + 1);
    }
    count
}

fn is_question(words: &Words<'_>, paragraph: &Range<usize>) -> bool {
    let last = paragraph.clone().rev().find(|&at| !matches!(words.text(at), "*" | "_"));
    paragraph.len() <= LONGEST_QUESTION && last.is_some_and(|at| words.text(at) == "?") && !paragraph.clone().any(|at| words.is_quoted(at))
}

/// A line in marks behind a question of the interviewer.
pub(super) fn answered(borrowing: &Borrowing<'_>, quote: usize) -> Option<Borrowed> {
    let words = borrowing.words;
    let interviewed = borrowing.interviewed?;
    let own = borrowing.quotes.get(quote).filter(|own| own.source.is_none() && own.kind == QuoteKind::Direct)?;
    let paragraph = words.paragraph_range(words.within(*own.content.first()?).start);
    let before = words.paragraph_range(paragraph.start.checked_sub(1)?);
    is_question(words, &before).then(|| Borrowed::named_by(interviewed))
}

/// An *I* outside quotation marks in an interview.
pub(super) fn own_answer(borrowing: &Borrowing<'_>, quote: usize) -> Option<Borrowed> {
    own_self(borrowing, quote)?;
    borrowing.interviewed.map(Borrowed::named_by)
}

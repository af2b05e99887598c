//! Headlines that say who says what with a colon: `Lind: Ferry will run by May`, `Ferry will run by May: mayor`.
//!
//! `Vik: A harbour in three pictures` names a place and holds no verb; nobody speaks.

use super::changes::{Change, put_over};
use super::draft::{Draft, Link};
use super::labelled_reading::LabelledReading;
use super::labels;
use crate::lexicon::{foretells, is_being};
use crate::{AttributionLabel, EntityLabel, ParagraphKind, Span, Upos};

/// The longest name in a headline, in words.
const LONGEST_NAME: usize = 5;
/// Fewer words say nothing.
const LEAST_WORDS: usize = 3;

/// [`Rule::Headline`](super::Rule::Headline): the headlines that no quotation touches.
pub(super) fn find(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut found = Vec::new();
    for (at, paragraph) in reading.seg.paragraphs.iter().enumerate() {
        let is_headline = matches!(paragraph.kind, ParagraphKind::Title | ParagraphKind::Heading);
        if let Some((content, name)) = is_headline.then(|| read_quoted(reading, paragraph.span)).flatten() {
            let source = name.map(|name| Link::by_layout(name, AttributionLabel::Source, at));
            found.push(Draft::by_layout(&[(content, at)], source, None));
            continue;
        }
        let place = drafts.partition_point(|draft| draft.span().end() <= paragraph.span.start());
        let is_free = drafts.get(place).is_none_or(|draft| draft.span().start() >= paragraph.span.end());
        if let Some((content, name)) = is_headline.then(|| read(reading, paragraph.span)).flatten().filter(|_| is_free) {
            let source = Link::by_layout(name, AttributionLabel::Source, at);
            found.push(Draft::by_layout(&[(content, at)], Some(source), None));
        }
    }
    put_over(drafts, found)
}

/// The content of a headline and the name before or behind it.
fn read(reading: &LabelledReading<'_>, line: Span) -> Option<(Span, Span)> {
    if let Some(heading) = labels::before_colon(reading, line, LONGEST_NAME)
        && let content = reading.trim(Span::new(heading.after, line.end()))
        && speaks(reading, heading.label, content)
    {
        return Some((content, heading.label));
    }
    let text = reading.slice(line);
    let colon = text.rfind(':')?;
    let name = reading.trim(Span::new(line.start() + colon + 1, line.end()));
    let content = reading.trim(Span::new(line.start(), line.start() + colon));
    ((1..=LONGEST_NAME).contains(&reading.words(name)) && speaks(reading, name, content)).then_some((content, name))
}

/// The words in marks that open a headline, with the person who is named first behind the colon or dash after them, if one is.
///
/// `‘We were fools’: Ana Lind on the deal`; `‘Long Water’: a film` is a title.
fn read_quoted(reading: &LabelledReading<'_>, line: Span) -> Option<(Span, Option<Span>)> {
    let pair = reading
        .marks
        .around(Span::new(line.start(), line.start() + 1))
        .filter(|pair| pair.outer.start() == line.start() && pair.is_closed)?;
    let words: Vec<&str> = reading.word_spans(pair.inner).map(|word| reading.slice(word)).collect();
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    let rest = Span::new(pair.outer.end(), line.end().max(pair.outer.end()));
    let is_led = reading.slice(rest).trim_start().starts_with([':', '：', '—', '–', '-']);
    if words.len() < LEAST_WORDS || 2 * small < words.len() || !is_led {
        return None;
    }
    let is_mark = |ch: char| ch.is_whitespace() || matches!(ch, ':' | '：' | '—' | '–' | '-');
    let rest = reading.trim_matches(rest, is_mark, char::is_whitespace);
    let tokens = reading.seg.tokens_in(rest);
    let mut people = reading.encoding.entities.iter().filter(|entity| entity.label == EntityLabel::Person);
    let first = people.find(|entity| entity.tokens.start == tokens.start);
    let surname = || reading.word_spans(rest).next().filter(|&word| labels::is_surname(reading, reading.slice(word)));
    let name = first.and_then(|entity| reading.seg.span_of(entity.tokens.clone())).or_else(surname);
    Some((pair.outer, name))
}

/// Whether every word is written large; the last one may be an office (*Vik mayor*).
fn is_large(reading: &LabelledReading<'_>, name: Span) -> bool {
    let is_name = |word: &str| labels::is_capital(word) || labels::is_office(word);
    reading.word_spans(name).all(|word| is_name(reading.slice(word)))
}

/// Whether `name` is a name alone, and `content` a clause.
fn speaks(reading: &LabelledReading<'_>, name: Span, content: Span) -> bool {
    let words: Vec<String> = reading.word_spans(content).map(|word| reading.slice(word).to_lowercase()).collect();
    let first = reading.word_spans(name).next().map(|word| reading.slice(word));
    if words.len() < LEAST_WORDS || !is_large(reading, name) || first.is_none_or(labels::is_notice) || reading.slice(content).ends_with('?')
    {
        return false;
    }
    let tokens = reading.seg.tokens_in(content);
    let has_verb = || tokens.into_iter().any(|token| matches!(reading.encoding.upos(token), Upos::Verb | Upos::Aux));
    let has = |is_wanted: fn(&str) -> bool| words.iter().skip(1).any(|word| is_wanted(word));
    let holds_office = reading.word_spans(name).last().is_some_and(|word| labels::is_office(reading.slice(word)));
    let is_person = holds_office || labels::holds_name(reading, name, &[EntityLabel::Person]);
    let is_body = labels::holds_name(reading, name, &[EntityLabel::Organization]);
    (is_person && (has(foretells) || has(is_being) || has_verb())) || (is_body && has(foretells))
}

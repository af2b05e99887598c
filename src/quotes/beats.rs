//! What somebody does beside a quotation that nothing attributes: `“Nobody has signed.” Lind shook her head.`
//!
//! Writers put a speaker's gesture into the paragraph of the words. Where the quotation before it in the paragraph has a tag, though, the
//! words go on: `“I lost the house,” says Ana Lind. “Nobody rang.” Her neighbour nods.`

use super::changes::Change;
use super::draft::{Draft, Link};
use super::labelled_reading::LabelledReading;
use super::tags;
use crate::quotation_marks::Marked;
use crate::{AttributionLabel, EntityLabel, Paragraph, ParagraphKind, Span, Upos};

/// The longest phrase up to the end of the name, in words.
const LONGEST: usize = 9;
/// Pronouns that can be the one who acts.
const PRONOUNS: [&str; 2] = ["he", "she"];

/// [`Rule::GoesOn`](super::Rule::GoesOn): the links of the quotation before in the paragraph, where its tag alone stands between the two.
pub(super) fn goes_on(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, pair) in drafts.windows(2).enumerate() {
        let [before, draft] = pair else { continue };
        let (Some(first), Some(second), Some(cue)) = (tags::marked(reading, before), tags::marked(reading, draft), before.cue) else {
            continue;
        };
        let is_between = first.outer.end() <= cue.run.span.start() && cue.run.span.end() <= second.outer.start();
        let starts_sentence = reading.sentence(second.outer.start()).is_some_and(|sentence| sentence.start() == second.outer.start());
        let is_next = starts_sentence
            && reading.sentence(cue.run.span.start()).is_some_and(|tag| {
                let gap = Span::new(tag.end().min(second.outer.start()), second.outer.start());
                reading.words(gap) == 0
            });
        let is_whole = ends_sentence(reading, second);
        let is_later = draft.cue.is_some_and(|own| own.run.span.start() >= second.outer.end());
        if is_between && is_next && is_whole && is_later {
            changes.push(Change::Cue { draft: at + 1, link: before.cue });
            changes.push(Change::Source { draft: at + 1, link: before.source });
        }
    }
    changes
}

/// [`Rule::Beat`](super::Rule::Beat): the one who acts beside a quotation without cue and source.
pub(super) fn find(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let bare = drafts.iter().enumerate().filter(|(_, draft)| draft.cue.is_none() && draft.source.is_none());
    let acted = bare.filter_map(|(at, draft)| {
        let actor = beside(reading, tags::marked(reading, draft)?, draft.paragraph())?;
        Some((at, Link::by_layout(actor, AttributionLabel::Source, draft.paragraph())))
    });
    acted.map(|(draft, link)| Change::Source { draft, link: Some(link) }).collect()
}

/// [`Rule::Scene`](super::Rule::Scene): the one who acts in the paragraph before, for a quotation that is all of its paragraph, or of
/// several, and has neither cue nor source.
pub(super) fn scene(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let bare = drafts.iter().enumerate().filter(|(_, draft)| draft.cue.is_none() && draft.source.is_none());
    let set = bare.filter_map(|(at, draft)| {
        let before = draft.paragraph().checked_sub(1)?;
        let actor = actor_of_scene(reading, draft, before)?;
        Some((at, Link::by_layout(actor, AttributionLabel::Source, before)))
    });
    set.map(|(draft, link)| Change::Source { draft, link: Some(link) }).collect()
}

/// The last one who acts in a paragraph of plain sentences.
fn actor_of_scene(reading: &LabelledReading<'_>, draft: &Draft, before: usize) -> Option<Span> {
    let is_sentence = |scene: &&Paragraph| scene.kind == ParagraphKind::Body || reading.slice(scene.span).ends_with('.');
    let scene = reading.seg.paragraphs.get(before).filter(is_sentence)?;
    let own = reading.paragraph(draft.paragraph());
    let pair = reading.marks.around(Span::new(own.start(), own.start() + 1)).filter(|pair| pair.outer.start() == own.start())?;
    let fills = draft.parts.first().is_some_and(|part| part.span.start() == own.start()) && pair.outer.end() == own.end();
    let is_plain = reading.marks.starting_in(scene.span).is_empty() && !reading.slice(scene.span).ends_with('?');
    let sentences = reading.seg.sentences.get(scene.sentences.clone())?;
    sentences.iter().rev().filter(|_| fills && is_plain).find_map(|sentence| actor(reading, sentence.span))
}

/// Who acts in the sentence before a quotation in its paragraph, or in the one after a quotation that opens its paragraph.
pub(super) fn beside(reading: &LabelledReading<'_>, pair: &Marked, paragraph: usize) -> Option<Span> {
    let is_body = reading.seg.paragraphs.get(paragraph).is_some_and(|paragraph| paragraph.kind == ParagraphKind::Body);
    let bounds = reading.paragraph(paragraph);
    let is_whole = is_body && pair.parent.is_none() && ends_sentence(reading, pair);
    if !is_whole || bounds == pair.outer {
        return None;
    }
    let text = reading.slice(Span::new(bounds.start(), pair.outer.start().max(bounds.start())));
    let last = bounds.start() + text.trim_end().len();
    if last > bounds.start() {
        let sentence = reading.sentence(last.saturating_sub(1)).filter(|sentence| sentence.start() >= bounds.start())?;
        let ends = reading.slice(Span::new(bounds.start(), last)).ends_with(['.', '!', '…']);
        return ends.then(|| actor(reading, Span::new(sentence.start(), last.max(sentence.start())))).flatten();
    }
    let rest = reading.slice(Span::new(pair.outer.end(), bounds.end().max(pair.outer.end())));
    let next = pair.outer.end() + (rest.len() - rest.trim_start().len());
    let sentence = reading.sentence(next)?;
    actor(reading, Span::new(next, sentence.end().min(bounds.end()).max(next)))
}

/// The person or pronoun a sentence begins with, where it holds a verb and neither marks nor labels of its own.
fn actor(reading: &LabelledReading<'_>, sentence: Span) -> Option<Span> {
    let is_plain = reading.marks.starting_in(sentence).is_empty() && !reading.marks.is_inside(sentence.start());
    let first = reading.word_spans(sentence).next()?;
    if !is_plain {
        return None;
    }
    if PRONOUNS.contains(&reading.slice(first).to_lowercase().as_str()) {
        return Some(first);
    }
    let tokens = reading.seg.tokens_in(sentence);
    let people = reading.encoding.entities.iter().filter(|entity| entity.label == EntityLabel::Person);
    let name =
        people.filter(|entity| tokens.contains(&entity.tokens.start)).find_map(|entity| reading.seg.span_of(entity.tokens.clone()))?;
    let head = Span::new(first.start(), name.start().max(first.start()));
    let is_verb = |token: usize| matches!(reading.encoding.upos(token), Upos::Verb | Upos::Aux | Upos::Adp);
    let is_subject = head.is_empty() || !reading.seg.tokens_in(head).any(is_verb);
    // *The minister, Ana Lind, set out the plan*
    let is_apposed = reading.slice(head).trim_end().ends_with(',') && reading.slice(head).matches(',').count() == 1;
    let is_one = is_apposed || !reading.slice(head).contains([',', ';', ':']);
    let is_short = reading.words(Span::new(first.start(), name.end())) <= LONGEST && is_one;
    let is_possessor = reading.slice(Span::new(name.end(), sentence.end().max(name.end()))).starts_with(['’', '\'']);
    let source = if is_possessor { name } else { Span::new(first.start(), name.end()) };
    (is_subject && is_short).then_some(source)
}

/// Whether the words in the marks end as a sentence does.
fn ends_sentence(reading: &LabelledReading<'_>, pair: &Marked) -> bool {
    reading.slice(pair.inner).trim_end().ends_with(['.', '!', '?', '…', '—'])
}

//! What a source and a verb say without anybody speaking: a passive only names who made something, a verb what somebody spoke about.

use super::changes::Change;
use super::draft::{Draft, Link};
use super::labelled_reading::LabelledReading;
use crate::{AttributionLabel, Span, lexicon};

/// A content of so few words before a passive cue is the thing that was made (*the plan was proposed by Ana Lima*).
const THING_WORDS: usize = 8;

/// A link over the border of a sentence that the model is so sure of stands: annotators, too, read some such sentences as reported on.
const SURE: f64 = 0.8;

/// [`Rule::LaterNarrative`](super::Rule::LaterNarrative): *The harbour froze, officials said. Boats were stuck.*: the sentence behind an
/// attributed one is the writer's own, unless a modal verb reports on (*It would thaw by May.*).
pub(super) fn later_narrative(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let is_told = |at: usize, draft: &Draft| {
        let ([part], Some(cue)) = (draft.parts.as_slice(), draft.cue) else { return false };
        let is_later = cue.run.span.end() <= part.span.start() && !reading.share_sentence(cue.run.span.start(), part.span.start());
        let shares = |other: &Draft| {
            let own = |link: Link| link.run.id == cue.run.id && reading.share_sentence(other.span().start(), link.run.span.start());
            other.cue.is_some_and(own)
        };
        let is_plain = reading.marks.starting_in(part.span).is_empty() && reading.marks.around(part.span).is_none();
        let is_doubted = part.score * cue.probability * cue.run.score < SURE;
        let Some(sentence) = reading.sentence(part.span.start()).filter(|_| is_later && is_plain && is_doubted) else { return false };
        let is_labelled = reading.runs_in(sentence).iter().any(|run| run.label != AttributionLabel::Content);
        let reports = reading.word_spans(sentence).any(|word| is_modal(&reading.slice(word).to_lowercase()));
        !is_labelled && !reports && drafts.iter().enumerate().any(|(other, draft)| other != at && shares(draft))
    };
    drafts.iter().enumerate().filter(|&(at, draft)| is_told(at, draft)).map(|(at, _)| Change::Drop(at)).collect()
}

/// Whether a lower-case word shifts a sentence into reported speech.
fn is_modal(word: &str) -> bool {
    matches!(word, "would" | "could" | "should" | "might" | "must" | "wouldn't" | "couldn't" | "shouldn't")
}

/// [`Rule::Topic`](super::Rule::Topic): *Referring to the exercises, she added …*; *the panel discussed child labour*: a topic, not what is
/// said of it.
pub(super) fn is_topic(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    let Some((cue, _, content)) = single(draft) else { return false };
    let is_plain = reading.marks.starting_in(content).is_empty();
    let is_topical = reading.word_spans(cue).any(|word| lexicon::has_topic(&reading.slice(word).to_lowercase()));
    is_plain && is_topical && !opens_clause(reading.slice(content))
}

/// [`Rule::RelativeClause`](super::Rule::RelativeClause): *The proposals Ana Lima submitted*: a relative clause without its *that*.
pub(super) fn is_relative_clause(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    let Some((cue, source, content)) = single(draft) else { return false };
    let follows = |a: Span, b: Span| a.end() <= b.start() && reading.slice(Span::new(a.end(), b.start())).trim().is_empty();
    let is_plain = reading.marks.starting_in(content).is_empty();
    let ends_open = reading.slice(content).ends_with(|ch: char| ch.is_alphanumeric());
    is_plain && ends_open && follows(content, source) && follows(source, cue) && reading.words(content) <= THING_WORDS
}

/// [`Rule::Copula`](super::Rule::Copula): *Trees stand as a sign*: verbs that only say what something is or has gone through.
pub(super) fn is_copula(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    single(draft).is_some_and(|(cue, _, _)| lexicon::stands_as(&reading.slice(cue).to_lowercase()))
}

/// Cue, source and content of a quotation of one content.
fn single(draft: &Draft) -> Option<(Span, Span, Span)> {
    let [part] = draft.parts.as_slice() else { return None };
    Some((draft.cue?.run.span, draft.source?.run.span, part.span))
}

/// Whether a content begins as a clause does.
fn opens_clause(content: &str) -> bool {
    content.split_whitespace().next().is_some_and(|word| lexicon::opens_clause(&word.to_lowercase()))
}

/// [`Rule::MadeThing`](super::Rule::MadeThing): *The plan was first proposed by Ana Lima*: a source behind *by*, a passive cue, and before it
/// a noun phrase. *Was endorsed by* tells of an opinion.
pub(super) fn is_made_thing(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    let Some((cue, source, content)) = single(draft) else { return false };
    if content.end() > cue.start() || cue.end() > source.start() || !reading.marks.starting_in(content).is_empty() {
        return false;
    }
    let between = |from: usize, to: usize| reading.slice(Span::new(from, to)).to_lowercase();
    let is_passive = |text: &str| text.split_whitespace().any(lexicon::is_passive_auxiliary);
    let is_by = between(cue.end(), source.start()).trim() == "by" || between(cue.start(), cue.end()).ends_with(" by");
    let is_stance = reading.word_spans(cue).any(|word| lexicon::tells_stance(&reading.slice(word).to_lowercase()));
    is_by && !is_stance && is_passive(&between(content.end(), cue.end())) && reading.words(content) <= THING_WORDS
}

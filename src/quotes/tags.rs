//! The attribution right behind a quotation in marks, whatever its verb: `“…,” snorts Ana Lind`, `“…!” she fumed`, `‘…’, say farmers`.
//!
//! English lets nothing but its attribution follow a quotation that ends with a comma. Behind an exclamation or question mark a new
//! sentence may begin (*“No!” Ana Lind left*), so that only verbs of saying count there, unless a small letter shows that it goes on
//! (*“No!” spluttered Ana Lind*), and behind a full stop nothing does.

use super::changes::Change;
use super::draft::{Draft, Link, Part};
use super::labelled_reading::{LabelledReading, Run};
use super::{cues, labels};
use crate::lexicon::reports;
use crate::quotation_marks::Marked;
use crate::{AttributionLabel, CueClass, EntityLabel, Span, Upos};

/// The longest speaker's phrase, in words.
const LONGEST_SOURCE: usize = 9;
/// The longest noun phrase of somebody unnamed, in words.
const LONGEST_UNNAMED: usize = 7;
/// The score of labels that the grammar shows.
const SCORE: f64 = 0.8;
/// Pronouns that can be a source.
const PRONOUNS: [&str; 6] = ["he", "she", "they", "we", "i", "it"];

/// The verb and the speaker beside a quotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag {
    pub(super) cue: Span,
    pub(super) source: Span,
}

/// [`Rule::Tag`](super::Rule::Tag): the cue and source right behind a quotation in marks, for one that has its cue elsewhere or none.
pub(super) fn find(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let Some(pair) = head(reading, draft) else {
            changes.extend(unmarked(reading, drafts, at).unwrap_or_default());
            continue;
        };
        let window = window(reading, pair, draft.paragraph());
        let is_whole = pair.outer == draft.span();
        let is_linked = draft.cue.is_some_and(|cue| window.contains(cue.run.span)) && draft.source.is_some();
        if is_linked && is_whole {
            continue;
        }
        let Some(tag) = behind(reading, pair, window) else { continue };
        if !is_whole {
            changes.push(Change::Move { draft: at, from: draft.span(), to: pair.outer });
        }
        changes.extend(clear(reading, drafts, at, tag));
        for (span, label) in [(tag.cue, AttributionLabel::Cue), (tag.source, AttributionLabel::Source)] {
            let known = reading.runs_in(window).iter().find(|run| run.label == label && run.span.overlaps(span)).copied();
            let run = known.unwrap_or_else(|| Run::by_rule(label, span, draft.paragraph(), SCORE));
            changes.extend(known.is_none().then_some(Change::Label(run)));
            let link = Some(Link { run, probability: SCORE });
            changes.push(if label == AttributionLabel::Cue { Change::Cue { draft: at, link } } else { Change::Source { draft: at, link } });
        }
        changes.extend(rest(reading, draft, tag));
    }
    changes
}

/// *Flour was gone by noon, shopkeepers said.*: the end of its sentence, for an indirect content without a cue.
fn unmarked(reading: &LabelledReading<'_>, drafts: &[Draft], at: usize) -> Option<Vec<Change>> {
    let draft = drafts.get(at).filter(|draft| draft.cue.is_none() && draft.source.is_none())?;
    let sentence = reading.sentence(draft.span().end().saturating_sub(1))?;
    let rest = Span::new(draft.span().end(), sentence.end().max(draft.span().end()));
    let words: Vec<Span> = reading.slice(rest).starts_with(',').then(|| reading.word_spans(rest).take(LONGEST_UNNAMED).collect())?;
    let &cue = words.last().filter(|word| reports(&reading.slice(**word).to_lowercase()))?;
    let source = reading.trim(Span::new(words.first()?.start(), cue.start()));
    let ends = reading.words(Span::new(cue.end(), sentence.end().max(cue.end()))) == 0;
    let is_free = reading.runs_in(Span::new(rest.start(), sentence.end().max(rest.start()))).is_empty()
        && !reading.slice(source).contains([',', ';', ':']);
    if !ends || !is_free || source.is_empty() {
        return None;
    }
    let run = |span, label| Run::by_rule(label, span, draft.paragraph(), SCORE);
    let (cue, source) = (run(cue, AttributionLabel::Cue), run(source, AttributionLabel::Source));
    let link = |run| Some(Link { run, probability: SCORE });
    let labels = [cue, source].map(Change::Label);
    Some(labels.into_iter().chain([Change::Cue { draft: at, link: link(cue) }, Change::Source { draft: at, link: link(source) }]).collect())
}

/// The pair of marks that a quotation of one content opens with; what follows it there is a tag that was taken for content.
fn head<'a>(reading: &'a LabelledReading<'_>, draft: &Draft) -> Option<&'a Marked> {
    let [part] = draft.parts.as_slice() else { return None };
    let start = Span::new(part.span.start(), part.span.start() + 1);
    let pair = reading.marks.around(start).filter(|pair| pair.is_closed && pair.outer.start() == start.start())?;
    part.span.contains(pair.outer).then_some(pair)
}

/// The marked stretch behind a tag in the middle of a content: it is a quotation of its own, which the rules that link join by the cue.
fn rest(reading: &LabelledReading<'_>, draft: &Draft, tag: Tag) -> Option<Change> {
    let part = draft.parts.first()?;
    let behind = Span::new(tag.cue.cover(tag.source).end(), part.span.end().max(tag.cue.cover(tag.source).end()));
    let pair = reading.marks.starting_in(behind).first().filter(|pair| behind.contains(pair.outer))?;
    Some(Change::Find(Draft::new(Part { span: pair.outer, ..*part }, None, None)))
}

/// The pair of marks that is all of a quotation.
pub(super) fn marked<'a>(reading: &'a LabelledReading<'_>, draft: &Draft) -> Option<&'a Marked> {
    let [part] = draft.parts.as_slice() else { return None };
    reading.marks.around(part.span).filter(|pair| pair.is_closed && pair.outer == part.span)
}

/// What was labelled as content, or as something else, where the tag stands.
fn clear(reading: &LabelledReading<'_>, drafts: &[Draft], own: usize, tag: Tag) -> Vec<Change> {
    let all = tag.cue.cover(tag.source);
    let is_wrong = |run: &Run| {
        let expected = if run.span.overlaps(tag.cue) { AttributionLabel::Cue } else { AttributionLabel::Source };
        run.span.overlaps(all) && run.label != expected
    };
    let runs = reading.runs.iter().enumerate().filter(|(_, run)| is_wrong(run)).map(|(at, _)| Change::Unlabel(at));
    let inside = |draft: &Draft| draft.parts.iter().all(|part| all.contains(part.span));
    let others = drafts.iter().enumerate().filter(|&(at, draft)| at != own && inside(draft)).map(|(at, _)| Change::Drop(at));
    runs.chain(others).collect()
}

/// From the marks to the end of the sentence or the next mark.
fn window(reading: &LabelledReading<'_>, pair: &Marked, paragraph: usize) -> Span {
    let bounds = reading.paragraph(paragraph);
    let start = pair.outer.end();
    let rest = reading.slice(Span::new(start, bounds.end().max(start)));
    let first = start + (rest.len() - rest.trim_start_matches(|ch: char| ch == ',' || ch.is_whitespace()).len());
    let sentence = reading.sentence(first).map_or(bounds.end(), Span::end);
    let mark = reading.marks.starting_in(Span::new(first, bounds.end().max(first))).first().map_or(sentence, |next| next.outer.start());
    Span::new(first, sentence.min(mark).max(first))
}

/// Whether the sentence that the marks open goes on behind them, as a small letter shows: *“Who asked?” spluttered Jo Marsh*.
fn goes_on_small(reading: &LabelledReading<'_>, pair: &Marked, window: Span) -> bool {
    let is_small = reading.slice(window).starts_with(char::is_lowercase);
    is_small && reading.sentence(window.start()).is_some_and(|sentence| sentence.start() >= pair.outer.start())
}

/// The tag that a window opens with.
fn behind(reading: &LabelledReading<'_>, pair: &Marked, window: Span) -> Option<Tag> {
    let between = reading.slice(Span::new(pair.outer.end(), window.start()));
    let inner = reading.slice(pair.inner).trim_end();
    let is_open = inner.ends_with([',', '，']) || between.trim_start().starts_with(',');
    let is_loud = inner.ends_with(['!', '?', '…', '—', '-']);
    if !is_open && !is_loud {
        return None;
    }
    let words: Vec<Span> = reading.word_spans(window).take(LONGEST_SOURCE + 3).collect();
    let tag = verb_first(reading, &words, window).or_else(|| speaker_first(reading, &words, window));
    let is_sure = is_open || goes_on_small(reading, pair, window);
    let tag = tag.or_else(|| word_first(reading, &words, window).filter(|_| is_sure))?;
    (is_sure || is_saying(reading, tag.cue)).then_some(tag)
}

/// *counsels Ana Lind*: a word that nobody takes for a verb, with nothing but a person's name behind it.
fn word_first(reading: &LabelledReading<'_>, words: &[Span], window: Span) -> Option<Tag> {
    let &cue = words.first().filter(|&&word| reading.slice(word).starts_with(char::is_lowercase))?;
    let source = named(reading, Span::new(words.get(1)?.start(), window.end()))?;
    let is_name = words.get(1).is_some_and(|word| word.start() == source.start() && reading.slice(*word).starts_with(char::is_uppercase));
    let token = reading.seg.tokens_in(cue).start;
    let can_be_verb = matches!(reading.encoding.upos(token), Upos::Noun | Upos::Propn | Upos::Adj | Upos::X);
    let next = words.iter().find(|word| word.start() >= source.end()).map(|word| reading.seg.tokens_in(*word).start);
    let is_alone = next.is_none_or(|next| !is_finite(reading, next));
    (is_name && can_be_verb && is_alone).then_some(Tag { cue, source })
}

/// *snorts Ana Lind*, *say farmers in the north*.
fn verb_first(reading: &LabelledReading<'_>, words: &[Span], window: Span) -> Option<Tag> {
    let &cue = words.first().filter(|&&word| is_verb(reading, word))?;
    let &next = words.get(1)?;
    let room = Span::new(next.start(), window.end());
    let source = if is_pronoun(reading, next) { next } else { named(reading, room).or_else(|| unnamed(reading, cue, words, window))? };
    Some(Tag { cue, source })
}

/// *Ana Lind snorts*, *she fumed*.
fn speaker_first(reading: &LabelledReading<'_>, words: &[Span], window: Span) -> Option<Tag> {
    let &first = words.first()?;
    let source = if is_pronoun(reading, first) { first } else { named(reading, window)? };
    let mut after = words.iter().skip_while(|word| word.start() < source.end());
    let &next = after.next()?;
    let is_adverb = reading.slice(next).ends_with("ly") || reading.slice(next) == "also";
    let &cue = if is_adverb { after.next()? } else { Some(&next)? };
    let gap = reading.slice(Span::new(source.end(), cue.start()));
    (is_verb(reading, cue) && !gap.contains(|ch: char| ch.is_ascii_punctuation())).then_some(Tag { cue, source })
}

/// The person or body that a phrase names, with the role before the name; no verb or comma may stand before the name.
fn named(reading: &LabelledReading<'_>, room: Span) -> Option<Span> {
    let tokens = reading.seg.tokens_in(room);
    let start = reading.seg.tokens.get(tokens.start)?.span.start().max(room.start());
    let can_speak = [EntityLabel::Person, EntityLabel::Organization];
    let entities = &reading.encoding.entities;
    let inside = entities.iter().filter(|entity| can_speak.contains(&entity.label) && tokens.contains(&entity.tokens.start));
    let spans =
        |label| inside.clone().filter(move |entity| entity.label == label).find_map(|entity| reading.seg.span_of(entity.tokens.clone()));
    let fits = |name: &Span| {
        let before = Span::new(start, name.start().max(start));
        let text = reading.slice(before);
        let is_plain = !text.contains([',', ';', ':', '(', '“', '"']) && reading.words(Span::new(start, name.end())) <= LONGEST_SOURCE;
        let is_role = reading.seg.tokens_in(before).all(|token| before.is_empty() || !is_finite(reading, token));
        is_plain && is_role
    };
    let name = spans(EntityLabel::Person).filter(fits).or_else(|| spans(EntityLabel::Organization).filter(fits))?;
    Some(Span::new(start, name.end()))
}

/// *farmers in the north* behind a verb of saying, up to a comma or the next verb.
fn unnamed(reading: &LabelledReading<'_>, cue: Span, words: &[Span], window: Span) -> Option<Span> {
    if !reports(&reading.slice(cue).to_lowercase()) {
        return None;
    }
    let first = words.get(1)?;
    let text = reading.slice(Span::new(first.start(), window.end()));
    let cut = text.find([',', ';', ':', '.', '!', '?', '—', '–']).unwrap_or(text.len());
    let room = Span::new(first.start(), first.start() + cut);
    let mut end = first.end();
    for &word in words.iter().skip(1).filter(|word| room.contains(**word)) {
        let token = reading.seg.tokens_in(word).start;
        if is_finite(reading, token) || matches!(reading.slice(word), "who" | "which" | "that" | "as" | "when" | "after" | "before" | "to")
        {
            break;
        }
        end = word.end();
    }
    let span = reading.trim(Span::new(first.start(), end));
    let has_noun = reading.seg.tokens_in(span).any(|token| matches!(reading.encoding.upos(token), Upos::Noun | Upos::Propn));
    (has_noun && reading.words(span) <= LONGEST_UNNAMED).then_some(span)
}

fn is_pronoun(reading: &LabelledReading<'_>, word: Span) -> bool {
    PRONOUNS.contains(&reading.slice(word).to_lowercase().as_str())
}

/// Whether a word is a small one that the tagger, the vocabulary or the model's labels take for a verb.
fn is_verb(reading: &LabelledReading<'_>, word: Span) -> bool {
    let is_small = reading.slice(word).starts_with(char::is_lowercase) && !reading.slice(word).ends_with("ing");
    let token = reading.seg.tokens_in(word).start;
    let labelled = || reading.runs_in(word).iter().any(|run| run.label == AttributionLabel::Cue);
    is_small && (reading.encoding.upos(token) == Upos::Verb || is_saying(reading, word) || labelled())
}

fn is_finite(reading: &LabelledReading<'_>, token: usize) -> bool {
    let word = reading.token_text(token);
    let is_small = word.starts_with(char::is_lowercase);
    is_small && matches!(reading.encoding.upos(token), Upos::Verb | Upos::Aux) && !labels::is_office(word)
}

/// Whether a word is one of speech or writing.
fn is_saying(reading: &LabelledReading<'_>, word: Span) -> bool {
    let text = reading.slice(word);
    reports(&text.to_lowercase()) || matches!(cues::classify(text), CueClass::Speech | CueClass::Writing)
}

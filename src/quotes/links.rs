//! Which cue and which source belong to a content where the model names none.
//!
//! The model's link stands where it names a run of the right label within a paragraph. These rules only fill what is missing.

use std::collections::BTreeSet;

use super::assembly::Draft;
use super::pieces::{Link, Piece};
use super::scene::{Run, Scene};
use crate::{AttributionLabel, Span};

/// Unlabelled words that may stand between a content and the cue a rule gives it.
const CUE_GAP: usize = 4;
/// Unlabelled words that may stand between a cue and the source a rule gives it.
const SOURCE_GAP: usize = 3;
/// The probability of a link that a rule made.
const BY_RULE: f64 = 0.5;

/// Gives pieces without a cue the nearest free one, or the cue that interrupts their quotation.
pub(super) fn fill_cues(scene: &Scene<'_>, pieces: &mut [Piece]) {
    let mut claimed: BTreeSet<usize> = pieces.iter().filter_map(|piece| piece.cue).map(|cue| cue.run.index).collect();
    for at in 0..pieces.len() {
        let Some(piece) = pieces.get(at).filter(|piece| piece.cue.is_none()) else { continue };
        let before = at.checked_sub(1).and_then(|at| pieces.get(at));
        let after = pieces.get(at + 1);
        let led = || lead_in(scene, piece).filter(|run| !claimed.contains(&run.index));
        let Some(run) = nearest_cue(scene, piece, [before, after], &claimed).or_else(led) else { continue };
        claimed.insert(run.index);
        if let Some(piece) = pieces.get_mut(at) {
            piece.cue = Some(Link { run, probability: BY_RULE });
        }
    }
}

/// The nearest cue between a piece's neighbours that is free or interrupts the piece's quotation.
fn nearest_cue(scene: &Scene<'_>, piece: &Piece, neighbours: [Option<&Piece>; 2], claimed: &BTreeSet<usize>) -> Option<Run> {
    let [before, after] = neighbours;
    let from = before.map_or(0, |piece| piece.span.end());
    let to = after.map_or(usize::MAX, |piece| piece.span.start());
    let interrupts =
        |run: &Run| neighbours.into_iter().flatten().any(|other| continues(scene, other, piece, run) || embraces(scene, other, piece, run));
    let cues = scene.runs_near(piece.span, piece.paragraph).filter(|run| run.label == AttributionLabel::Cue);
    let between = cues.filter(|run| from <= run.span.start() && run.span.end() <= to);
    let near = between.filter_map(|run| Some((claimed.contains(&run.index), distance(scene, piece.span, run)?, run)));
    let usable = near.filter(|(is_claimed, _, run)| !is_claimed || interrupts(run));
    usable.min_by_key(|&(is_claimed, distance, run)| (is_claimed, distance, run.index)).map(|(_, _, run)| *run)
}

/// Gives a content whose cue stands in another sentence, and is that of a nearer content as well, the cue of its own sentence: right
/// beside it and free, as in *“A,” she said. B, she added.*, or interrupting it, as in *A, she said, B*.
pub(super) fn relink_strays(scene: &Scene<'_>, pieces: &mut [Piece]) {
    let mut claimed: BTreeSet<usize> = pieces.iter().filter_map(|piece| piece.cue).map(|cue| cue.run.index).collect();
    for at in 0..pieces.len() {
        let Some(piece) = pieces.get(at) else { continue };
        let Some(link) = piece.cue.filter(|cue| is_stray(scene, piece, &cue.run)) else { continue };
        let shares = pieces.iter().enumerate().any(|(other, piece)| {
            other != at && piece.cue.is_some_and(|cue| cue.run.index == link.run.index) && !is_stray(scene, piece, &link.run)
        });
        let cues = scene.runs_near(piece.span, piece.paragraph).filter(|run| run.label == AttributionLabel::Cue);
        let own = cues.filter(|run| !is_stray(scene, piece, run) && !claimed.contains(&run.index));
        let near = own.filter_map(|run| Some((distance(scene, piece.span, run)?, run)));
        let found = near.filter(|(gap, _)| *gap <= 1 && shares).min_by_key(|(gap, run)| (*gap, run.index)).map(|(_, run)| *run);
        if let (Some(run), Some(piece)) = (found, pieces.get_mut(at)) {
            claimed.insert(run.index);
            piece.cue = Some(Link { run, probability: BY_RULE });
            piece.source = None;
        }
    }
}

/// Whether no sentence of the content is that of the cue.
fn is_stray(scene: &Scene<'_>, piece: &Piece, cue: &Run) -> bool {
    let ends = [piece.span.start(), piece.span.end().saturating_sub(1)];
    !ends.into_iter().any(|end| scene.share_sentence(end, cue.span.start()))
}

/// The last cue of a paragraph that ends with a colon, for the content that begins the next one.
pub(super) fn lead_in(scene: &Scene<'_>, piece: &Piece) -> Option<Run> {
    let led = led_by_colon(scene, piece.span, piece.paragraph)?;
    scene.runs_in(led).last().filter(|run| run.label == AttributionLabel::Cue || run.label == AttributionLabel::Source)?;
    scene.runs_in(led).iter().rfind(|run| run.label == AttributionLabel::Cue).copied()
}

/// The paragraph before a span that begins its own paragraph, where it ends with a colon.
pub(super) fn led_by_colon(scene: &Scene<'_>, span: Span, paragraph: usize) -> Option<Span> {
    let lead = scene.paragraph(paragraph.checked_sub(1)?);
    (scene.paragraph(paragraph).start() == span.start() && scene.slice(lead).ends_with([':', '：'])).then_some(lead)
}

/// Unlabelled words between a content and a cue; `None` where they stand too far apart.
pub(super) fn distance(scene: &Scene<'_>, piece: Span, cue: &Run) -> Option<usize> {
    let gap = between(piece, cue.span);
    let labelled: usize = scene.runs_in(gap).iter().filter(|run| !piece.contains(run.span)).map(|run| scene.words(run.span)).sum();
    let words = scene.words(gap).saturating_sub(labelled);
    (words <= CUE_GAP).then_some(words)
}

/// `“A,” she said, “B”`: the cue of one part is that of the other.
fn continues(scene: &Scene<'_>, other: &Piece, piece: &Piece, cue: &Run) -> bool {
    let is_marked = |piece: &Piece| scene.marks.starting_in(piece.span).first().is_some_and(|pair| pair.outer.contains(piece.span));
    other.cue.is_some_and(|link| link.run.index == cue.index) && is_marked(other) && is_marked(piece)
}

/// *A, she said, B*: both parts stand right beside the cue, in its sentence, on either side.
fn embraces(scene: &Scene<'_>, other: &Piece, piece: &Piece, cue: &Run) -> bool {
    let is_beside = |piece: &Piece| !is_stray(scene, piece, cue) && distance(scene, piece.span, cue) == Some(0);
    let is_between = between(other.span, piece.span).contains(cue.span);
    is_between && other.cue.is_some_and(|link| link.run.index == cue.index) && is_beside(other) && is_beside(piece)
}

/// The bytes between two spans; empty where they touch or overlap.
pub(super) fn between(a: Span, b: Span) -> Span {
    let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
    Span::new(first.end(), second.start())
}

/// Gives drafts without a source one by rule: the only free source of the sentence, the main clause's source for a participial cue
/// (*adding that …*), or the source right beside the cue.
pub(super) fn fill_sources(scene: &Scene<'_>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut() {
        let (Some(cue), Some(source)) = (draft.cue, draft.source) else { continue };
        if is_elsewhere(scene, draft, cue.run.span, source.run.span) || is_addressee(scene, cue.run.span, source.run.span) {
            draft.source = None;
        } else if let Some(run) = closest(scene, cue.run, source.run) {
            draft.source = Some(Link { run, probability: BY_RULE });
        }
    }
    let mut claimed: BTreeSet<usize> = drafts.iter().filter_map(|draft| draft.source).map(|source| source.run.index).collect();
    for at in 0..drafts.len() {
        let Some(draft) = drafts.get(at).filter(|draft| draft.source.is_none()) else { continue };
        let main = at.checked_sub(1).and_then(|at| drafts.get(at));
        let found = beside_cue(scene, draft)
            .filter(|run| !claimed.contains(&run.index))
            .or_else(|| only_free(scene, draft, &claimed))
            .or_else(|| of_main_clause(scene, draft, main))
            .or_else(|| beside_cue(scene, draft));
        let Some(run) = found else { continue };
        claimed.insert(run.index);
        if let Some(draft) = drafts.get_mut(at) {
            draft.source = Some(Link { run, probability: BY_RULE });
        }
    }
}

/// A source in a later sentence than the cue's speaks in its own.
fn is_elsewhere(scene: &Scene<'_>, draft: &Draft, cue: Span, source: Span) -> bool {
    source.start() > cue.end() && source.start() > draft.span().end() && !scene.share_sentence(cue.start(), source.start())
}

/// *He shouted to the crowd*: whom somebody speaks to; *according to the crowd* names who speaks.
fn is_addressee(scene: &Scene<'_>, cue: Span, source: Span) -> bool {
    let is_to = cue.end() <= source.start() && scene.slice(Span::new(cue.end(), source.start())).trim() == "to";
    is_to && !["according", "owing"].iter().any(|word| scene.slice(cue).to_lowercase().ends_with(word))
}

/// The source right beside a cue, where the one it is linked to stands further off.
fn closest(scene: &Scene<'_>, cue: Run, linked: Run) -> Option<Run> {
    let is_beside = |run: &Run| {
        let gap = between(run.span, cue.span);
        run.paragraph == cue.paragraph && scene.words(gap) <= 1 && scene.share_sentence(run.span.start(), cue.span.start())
    };
    let place = scene.runs.partition_point(|run| run.span.start() < cue.span.start());
    let before = place.checked_sub(1).and_then(|at| scene.runs.get(at));
    let near = [before, scene.runs.get(place + 1)].into_iter().flatten();
    let mut beside = near.filter(|run| run.label == AttributionLabel::Source && is_beside(run));
    beside.next().filter(|_| !is_beside(&linked)).copied()
}

fn only_free(scene: &Scene<'_>, draft: &Draft, claimed: &BTreeSet<usize>) -> Option<Run> {
    let anchor = draft.cue.map_or_else(|| draft.span(), |cue| cue.run.span);
    let paragraph = scene.reading.seg.paragraph_at(anchor.start())?;
    let is_free = |run: &&Run| {
        run.label == AttributionLabel::Source
            && !claimed.contains(&run.index)
            && scene.share_sentence(run.span.start(), anchor.start())
            && !is_addressee(scene, anchor, run.span)
            && !crosses_cue(scene, between(run.span, anchor))
    };
    let mut free = scene.runs_near(anchor, paragraph).filter(is_free);
    let first = free.next()?;
    free.next().is_none().then_some(*first)
}

fn crosses_cue(scene: &Scene<'_>, gap: Span) -> bool {
    scene.runs_in(gap).iter().any(|run| run.label == AttributionLabel::Cue)
}

fn of_main_clause(scene: &Scene<'_>, draft: &Draft, main: Option<&Draft>) -> Option<Run> {
    let cue = draft.cue?;
    let main = main.filter(|main| main.cue.is_some_and(|other| scene.share_sentence(other.run.span.start(), cue.run.span.start())))?;
    let is_participle = scene.slice(cue.run.span).split_whitespace().next().is_some_and(|word| word.ends_with("ing"));
    main.source.filter(|_| is_participle).map(|source| source.run)
}

fn beside_cue(scene: &Scene<'_>, draft: &Draft) -> Option<Run> {
    let cue = draft.cue?.run;
    let place = scene.runs.partition_point(|run| run.span.start() < cue.span.start());
    let before = place.checked_sub(1).and_then(|at| scene.runs.get(at));
    let near = [before, scene.runs.get(place + 1)].into_iter().flatten().filter(|run| {
        let gap = between(run.span, cue.span);
        run.label == AttributionLabel::Source
            && run.paragraph == cue.paragraph
            && !is_addressee(scene, cue.span, run.span)
            && scene.words(gap) <= SOURCE_GAP
            && !scene.slice(gap).contains(['.', '”', '"', ';'])
    });
    near.min_by_key(|run| (between(run.span, cue.span).len(), run.index)).copied()
}

//! Indirect contents that their attribution interrupts: *The bridge, she said, would close in May.*
//!
//! The model often labels the second part alone. Both are one quotation with two spans.

use super::links;
use super::pieces::Piece;
use super::scene::Scene;
use crate::Span;

/// More words before the attribution are seldom all content.
const LONGEST: usize = 25;

/// A longer phrase with *in* is a setting, in words.
const LONGEST_PLACE: usize = 3;

/// Adds to `pieces` the first parts that nothing labels.
pub(super) fn complete(scene: &Scene<'_>, pieces: &mut Vec<Piece>) {
    let first_parts: Vec<Piece> = pieces.iter().filter_map(|piece| first_part(scene, piece)).collect();
    for part in first_parts {
        let place = pieces.partition_point(|piece| piece.span.start() < part.span.start());
        let is_free = |at: Option<usize>| at.and_then(|at| pieces.get(at)).is_none_or(|piece| !piece.span.overlaps(part.span));
        if is_free(place.checked_sub(1)) && is_free(Some(place)) {
            pieces.insert(place, part);
        }
    }
}

/// What stands before the source and cue between two commas, from the start of their sentence.
fn first_part(scene: &Scene<'_>, piece: &Piece) -> Option<Piece> {
    let (cue, source) = (piece.cue?.run, piece.source?.run);
    let attribution = cue.span.cover(source.span);
    let is_tight = scene.words(links::between(cue.span, source.span)) == 0 && cue.paragraph == piece.paragraph;
    if !is_tight || attribution.end() > piece.span.start() || scene.marks.around(piece.span).is_some() {
        return None;
    }
    let sentence = scene.sentence(attribution.start())?;
    let before = Span::new(sentence.start(), attribution.start().max(sentence.start()));
    let is_between_commas =
        scene.slice(Span::new(attribution.end(), piece.span.start())).trim() == "," && scene.slice(before).trim_end().ends_with(',');
    let part = scene.trim_matches(before, char::is_whitespace, |ch: char| ch == ',' || ch.is_whitespace());
    let is_plain = scene.runs_in(before).is_empty() && scene.marks.starting_in(before).is_empty() && scene.marks.around(before).is_none();
    let is_near = scene.share_sentence(attribution.start(), piece.span.start());
    let is_whole = is_between_commas && is_plain && is_near && (1..=LONGEST).contains(&scene.words(part)) && !is_setting(scene, part);
    is_whole.then(|| Piece { span: part, is_recovered: true, ..piece.clone() })
}

/// *At a session in January, he said, …*: where or when somebody speaks; *However, he said, …*: how the sentence goes on. *In winter, he said, …* most likely is what he says.
fn is_setting(scene: &Scene<'_>, part: Span) -> bool {
    const SETTINGS: [&str; 20] = [
        "after",
        "asked",
        "at",
        "before",
        "during",
        "earlier",
        "following",
        "furthermore",
        "however",
        "last",
        "later",
        "meanwhile",
        "moreover",
        "nevertheless",
        "nonetheless",
        "on",
        "speaking",
        "this",
        "today",
        "yesterday",
    ];
    let first = scene.word_spans(part).next().map(|word| scene.slice(word).to_lowercase()).unwrap_or_default();
    SETTINGS.contains(&first.as_str()) || matches!(first.as_str(), "in" | "by" | "for") && scene.words(part) > LONGEST_PLACE
}

//! Quoted terms, scare quotes, titles and nicknames: words in marks that nobody is said to say.
//!
//! ```text
//! a so-called “green zone”     she sang “When the Ferry Comes Home”     Note: “The timetable may change.”
//! ```

use super::labels;
use super::pieces::Piece;
use super::scene::Scene;
use crate::Span;

/// A marked stretch of so few words without a cue is a term, a title or a nickname.
const TERM_WORDS: usize = 4;
/// Words that name somebody or a work, or make one heard: the cue of a name or title, not of a quotation.
#[rustfmt::skip]
const OF_WORKS: [&str; 22] = [
    "known", "nicknamed", "sang", "sing", "sings", "sung", "singing", "played", "plays", "playing", "performed", "performs", "performing", "titled", "entitled",
    "named", "dubbed", "directed", "published", "released", "recorded", "composed",
];

/// Whether a content is a term, a title or a notice, and no quotation.
pub(super) fn is_none(scene: &Scene<'_>, piece: &Piece) -> bool {
    is_lone_term(scene, piece) || is_theme(scene, piece) || is_title_of_work(scene, piece) || is_under_notice(scene, piece)
}

/// Whether a content is nothing but a few words in marks that no cue introduces.
fn is_lone_term(scene: &Scene<'_>, piece: &Piece) -> bool {
    if piece.cue.is_some() {
        return false;
    }
    let is_marked = scene.marks.around(piece.span).is_some();
    let is_led = scene.slice(scene.paragraph(piece.paragraph)).trim_start().starts_with(scene.slice(piece.span));
    is_marked && !is_led && scene.words(piece.span) <= TERM_WORDS && piece.source.is_none()
}

/// Whether a content is the theme, motto or title that the word before its marks announces: *on the theme “Water for All”*.
fn is_theme(scene: &Scene<'_>, piece: &Piece) -> bool {
    const ANNOUNCING: [&str; 10] =
        ["theme", "themed", "titled", "entitled", "dubbed", "headlined", "motto", "slogan", "topic", "programme"];
    if piece.cue.is_some() || piece.source.is_some() || scene.marks.around(piece.span).is_none() {
        return false;
    }
    let before = Span::new(scene.paragraph(piece.paragraph).start().min(piece.span.start()), piece.span.start());
    scene.word_spans(before).last().is_some_and(|word| ANNOUNCING.contains(&scene.slice(word).to_lowercase().as_str()))
}

/// Whether a content is a title that somebody sang, played or published: every word but the small ones is written large.
fn is_title_of_work(scene: &Scene<'_>, piece: &Piece) -> bool {
    let Some(cue) = piece.cue.map(|cue| cue.run.span) else { return false };
    let of_work = scene.word_spans(cue).any(|word| OF_WORKS.contains(&scene.slice(word).to_lowercase().as_str()));
    let is_marked = scene.marks.around(piece.span).is_some_and(|pair| pair.outer == piece.span);
    of_work && is_marked && scene.word_spans(piece.span).all(|word| labels::is_capital(scene.slice(word)) || scene.slice(word).len() <= 3)
}

/// Whether the cue of a content is a notice at the head of its paragraph: `Note: “…”`.
fn is_under_notice(scene: &Scene<'_>, piece: &Piece) -> bool {
    let Some(run) = piece.cue.map(|cue| cue.run) else { return false };
    let cue = run.span;
    let bounds = labels::without_bullet(scene, scene.paragraph(piece.paragraph));
    let mut words = scene.word_spans(cue);
    let opens = words.next().is_some_and(|word| word.start() == bounds.start() && labels::is_notice(scene.slice(word)));
    let rest = scene.slice(Span::new(cue.end(), scene.paragraph(run.paragraph).end()));
    let is_label = rest.starts_with([':', '：']) || scene.slice(cue).ends_with([':', '：']);
    opens && is_label && words.next().is_none()
}

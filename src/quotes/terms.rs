//! Quoted terms, scare quotes, titles and nicknames: words in marks that nobody is said to say.

use super::pieces::Piece;
use super::scene::Scene;

/// A marked stretch of so few words without a cue is a term, a title or a nickname.
const TERM_WORDS: usize = 4;

/// Whether a content is nothing but a few words in marks that no cue introduces.
pub(super) fn is_lone_term(scene: &Scene<'_>, piece: &Piece) -> bool {
    if piece.cue.is_some() {
        return false;
    }
    let is_marked = scene.marks.around(piece.span).is_some();
    let is_led = scene.slice(scene.paragraph(piece.paragraph)).trim_start().starts_with(scene.slice(piece.span));
    is_marked && !is_led && scene.words(piece.span) <= TERM_WORDS && piece.source.is_none()
}

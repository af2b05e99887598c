//! What is too little to be a quotation: nobody speaks and the model doubts it, or a passive only names who made something.

use super::assembly::Draft;
use super::scene::Scene;
use crate::{CueClass, Quote, QuoteKind, Span};

/// Below this confidence an indirect content that nobody is said to say is dropped.
const LOWEST_UNSAID: f64 = 0.4;
/// Below this confidence an indirect content is dropped whose cue is no known word of saying, writing or thinking.
const LOWEST_UNKNOWN_CUE: f64 = 0.6;
/// Verbs whose passive says what somebody holds of a thing, not that somebody made it.
#[rustfmt::skip]
const STANCES: [&str; 18] = [
    "accepted", "backed", "condemned", "confirmed", "contested", "criticised", "criticized", "denied", "disputed", "echoed", "endorsed",
    "opposed", "praised", "questioned", "rejected", "reported", "supported", "welcomed",
];
/// Verbs whose noun phrase is a topic.
const TOPICAL: [&str; 4] = ["referring", "discuss", "discussed", "discussing"];
/// A content of so few words before a passive cue is the thing that was made (*the plan was proposed by Ana Lima*).
const THING_WORDS: usize = 8;

/// Whether the model's doubts are enough to drop an indirect content: nobody speaks, or the cue is no word of saying (*the agency has
/// implemented an audit*).
pub(super) fn is_doubtful(quote: &Quote) -> bool {
    let least = match (quote.source, quote.cue_class) {
        (_, Some(CueClass::Other)) => LOWEST_UNKNOWN_CUE,
        (None, _) => LOWEST_UNSAID,
        _ => return false,
    };
    quote.kind == QuoteKind::Indirect && quote.confidence < least
}

/// *The proposals Ana Lima submitted*, *trees stand as a sign*: a relative clause without its *that*, and verbs that only say what
/// something is or has gone through.
pub(super) fn is_no_attribution(scene: &Scene<'_>, draft: &Draft) -> bool {
    #[rustfmt::skip]
    const COPULAS: [&str; 9] =
        ["stand as", "stands as", "stood as", "serve as", "serves as", "served as", "has seen", "have seen", "had seen"];
    let (Some(cue), Some(source), [piece]) = (draft.cue, draft.source, draft.pieces.as_slice()) else { return false };
    let (cue, source, content) = (cue.run.span, source.run.span, piece.span);
    let follows = |a: Span, b: Span| a.end() <= b.start() && scene.slice(Span::new(a.end(), b.start())).trim().is_empty();
    let is_plain = scene.marks.starting_in(content).is_empty();
    let ends_open = scene.slice(content).ends_with(|ch: char| ch.is_alphanumeric());
    // *Referring to the exercises, she added …*; *the panel discussed child labour*: a topic, not what is said of it.
    let is_topic = is_plain && scene.word_spans(cue).any(|word| TOPICAL.contains(&scene.slice(word).to_lowercase().as_str()));
    if is_topic && !opens_clause(scene.slice(content)) {
        return true;
    }
    let is_relative = is_plain && ends_open && follows(content, source) && follows(source, cue) && scene.words(content) <= THING_WORDS;
    is_relative || COPULAS.contains(&scene.slice(cue).to_lowercase().as_str())
}

/// Whether a content begins as a clause does.
fn opens_clause(content: &str) -> bool {
    const OPENERS: [&str; 8] = ["that", "how", "why", "whether", "what", "when", "where", "who"];
    content.split_whitespace().next().is_some_and(|word| OPENERS.contains(&word.to_lowercase().as_str()))
}

/// *The plan was first proposed by Ana Lima*: a source behind *by*, a passive cue, and before it a noun phrase. *Was endorsed by* tells
/// of an opinion.
pub(super) fn is_made_thing(scene: &Scene<'_>, draft: &Draft) -> bool {
    let (Some(cue), Some(source), [piece]) = (draft.cue, draft.source, draft.pieces.as_slice()) else { return false };
    let (cue, source) = (cue.run.span, source.run.span);
    if piece.span.end() > cue.start() || cue.end() > source.start() || !scene.marks.starting_in(piece.span).is_empty() {
        return false;
    }
    let between = |from: usize, to: usize| scene.slice(Span::new(from, to)).to_lowercase();
    let is_passive = |text: &str| text.split_whitespace().any(|word| matches!(word, "was" | "were" | "is" | "are" | "been" | "being"));
    let is_by = between(cue.end(), source.start()).trim() == "by" || between(cue.start(), cue.end()).ends_with(" by");
    let is_stance = scene.word_spans(cue).any(|word| STANCES.contains(&scene.slice(word).to_lowercase().as_str()));
    is_by && !is_stance && is_passive(&between(piece.span.end(), cue.end())) && scene.words(piece.span) <= THING_WORDS
}

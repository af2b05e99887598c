//! Quotations with their speaker before a colon or a dash, or behind a dash, and no word of saying.
//!
//! ```text
//! - Ana Lind, Minister of Ports: “The new ferry is a promise kept.”
//! “The new ferry is a promise kept.” — Ana Lind, Minister of Ports
//! ```

use super::assembly::{self, Draft};
use super::labels;
use super::recovery;
use super::scene::Scene;
use super::signatures;
use crate::quotation_marks::Marked;
use crate::{AttributionLabel, ParagraphKind, Span};

/// Fewer words in marks may be a title or a name.
const LEAST_WORDS: usize = 3;
/// The longest label, in words.
const LONGEST_LABEL: usize = 25;

/// Adds the quotations that a name before or behind them introduces, and gives those the model found without a source that name.
pub(super) fn add(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let mut found = Vec::new();
    for (at, paragraph) in scene.reading.seg.paragraphs.iter().enumerate() {
        if paragraph.kind != ParagraphKind::Body {
            continue;
        }
        let Some((pairs, source)) = after_label(scene, paragraph.span).or_else(|| before_signature(scene, at)) else { continue };
        let Some(first) = pairs.first() else { continue };
        let link = assembly::link_by_layout(source, AttributionLabel::Source, at);
        let place = drafts.partition_point(|draft| draft.span().start() < first.start());
        match drafts.get_mut(place).filter(|draft| draft.span().start() == first.start()) {
            Some(draft) if draft.cue.is_none() && draft.source.is_none() => draft.source = Some(link),
            Some(_) => {}
            None => {
                let contents: Vec<(Span, usize)> = pairs.iter().map(|&pair| (pair, at)).collect();
                found.push(Draft::by_layout(&contents, Some(link), None));
            }
        }
    }
    assembly::supersede(drafts, found);
}

/// `Name, Title: “…” “…”`, `Name, Title – “…”`: the marked stretches and the name.
fn after_label(scene: &Scene<'_>, bounds: Span) -> Option<(Vec<Span>, Span)> {
    let first = scene.marks.starting_in(bounds).iter().find(|pair| is_said(scene, pair))?;
    let head = Span::new(bounds.start(), first.outer.start());
    let label = match labels::before_colon(scene, head, LONGEST_LABEL) {
        Some(heading) if scene.words(Span::new(heading.after, head.end())) == 0 => heading.label,
        Some(_) => return None,
        None => {
            let text = scene.slice(head).trim_end();
            let dash = ["—", "–", " -", "--"].iter().find_map(|dash| text.strip_suffix(dash))?;
            labels::without_bullet(scene, Span::new(head.start(), head.start() + dash.len()))
        }
    };
    labels::names_speaker(scene, label).then(|| (run_of_pairs(scene, first, bounds), label))
}

/// A pair and those that follow it with nothing between.
fn run_of_pairs(scene: &Scene<'_>, first: &Marked, bounds: Span) -> Vec<Span> {
    let mut found = vec![scene.trim(first.outer)];
    let mut end = first.outer.end();
    for pair in scene.marks.starting_in(Span::new(end, bounds.end())) {
        if pair.outer.start() < end {
            continue;
        }
        if scene.words(pair.outer) > 0 && scene.slice(Span::new(end, pair.outer.start())).trim().is_empty() {
            found.push(scene.trim(pair.outer));
            end = pair.outer.end();
        } else {
            break;
        }
    }
    found
}

/// `“…” — Name, Title`, on one line or on two: the marked stretch and the name.
fn before_signature(scene: &Scene<'_>, at: usize) -> Option<(Vec<Span>, Span)> {
    let bounds = labels::without_bullet(scene, scene.paragraph(at));
    let pair = scene.marks.outermost(bounds.start()).filter(|pair| pair.outer.start() == bounds.start() && pair.is_closed)?;
    let rest = scene.trim(Span::new(pair.outer.end(), bounds.end()));
    let source = if rest.is_empty() { signatures::after(scene, at)? } else { signatures::signature(scene, rest)? };
    is_said(scene, pair).then(|| (vec![pair.outer], source))
}

/// A sentence in marks, or one whose marks the next paragraph closes.
fn is_said(scene: &Scene<'_>, pair: &Marked) -> bool {
    pair.parent.is_none() && recovery::is_sentence(scene, pair, LEAST_WORDS)
}
